"""Each role takes away what each of its screens offers, in a real browser, and opens it with somebody else's program."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest
from browser_fixtures import enter, page_of, settled
from playwright.sync_api import TimeoutError

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore:.*extension is not supported")]

LEADER, FILER, REVIEWER = "demo-leader", "demo-210404", "demo-planning"
# account, address, file of the screen's own (None: it has tables only), a word that stands in it
TAKEN = [
    (LEADER, "overview", "下载季度汇总表（Excel）", "总表"),
    (LEADER, "indicator?indicator=public-share", "下载本指标数据表（Excel）", "公办幼儿园在园幼儿占比"),
    (LEADER, "county?unit=210403", "下载本单位数据表（Excel）", "东洲区"),
    (LEADER, "tasks", None, "普惠"),
    (LEADER, "tasks?task=20", None, "改善办学条件"),
    (LEADER, "works", None, "食堂"),
    (LEADER, "returns", None, "望花"),
    (LEADER, "compare", None, "公办"),
    (FILER, "county", "下载本单位数据表（Excel）", "望花区"),
    (FILER, "filing", None, "望花区"),
    (REVIEWER, "review", None, "东洲区"),
    (REVIEWER, "overview", "下载季度汇总表（Excel）", "任务台账"),
    (REVIEWER, "returns", None, "望花"),
]


def opened(page, label: str) -> None:
    """The piece at the head of the screen; a click while charts still come in may be lost to a rerun."""
    for patience in (5_000, 5_000, 30_000):
        page.locator("[class*=st-key-take-] button").first.click()
        try:
            page.get_by_role("button", name=label).first.wait_for(timeout=patience)
            return
        except TimeoutError:
            continue


@pytest.mark.parametrize(("account", "path", "own", "word"), TAKEN)
def test_what_a_screen_offers_can_be_taken_and_opened(browser, address, account, path, own, word):
    with page_of(browser) as (page, outside, errors):
        enter(page, address, account)
        joiner = "&" if "?" in path else "?"
        of_quarter = "" if path == "filing" else "&period=2021Q3&basis=filed"
        page.goto(f"{address}/{path}{joiner}lang=zh{of_quarter}")
        settled(page, "抚顺市教育工作要点监测平台")
        label = own or "张表（Excel）"
        opened(page, label)
        with page.expect_download(timeout=60_000) as download:
            page.get_by_role("button", name=label).first.click()
        assert download.value.suggested_filename.endswith(".xlsx")
        book = openpyxl.load_workbook(BytesIO(download.value.path().read_bytes()))
        said = [
            str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
        ]
        assert any(word in each for each in (*said, *book.sheetnames))
        assert not any(each.startswith("#") for each in said if each.isupper())  # no #REF!, no ####
        if account == FILER:
            names = {"新抚区", "东洲区", "顺城区", "抚顺县", "新宾县", "清原县"}
            assert not names & set(said), "another unit's figures"
        if own is None:
            with page.expect_download() as download:
                page.get_by_role("button", name="（CSV）").first.click()
            content = download.value.path().read_bytes()
            assert content.startswith(b"\xef\xbb\xbf")
            assert len(list(csv.reader(StringIO(content.decode("utf-8-sig"))))) > 1
        assert (outside, errors) == ([], [])
