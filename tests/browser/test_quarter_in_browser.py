"""A whole quarter, played in a real browser by everybody who has a part in it."""

from __future__ import annotations

import re
import shutil
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from browser_fixtures import enter, page_of, serving, settled
from demo_fixtures import PLAN
from looks_fixtures import PAIRS, STAFF, staffs_screen_fits
from returns_fixtures import fill, put

from demo.filings import unfiled
from demo.workbooks import answers

pytestmark = pytest.mark.browser
FILER, REVIEWER, LEADER = "demo-210421", "demo-planning", "demo-leader"
SITES, TOO_MANY = "E7", 40  # 学前教育: number of kindergartens, 13 the quarter before


@pytest.fixture(scope="module")
def house(demo_data, tmp_path_factory):
    """A server of this chapter's own: it is written to."""
    folder = tmp_path_factory.mktemp("quarter") / "var"
    shutil.copytree(demo_data, folder)
    with serving(folder) as address:
        yield address


@contextmanager
def desk(browser, house, account, path, text, width=1440):
    with page_of(browser, width=width) as (page, outside, errors):
        enter(page, house, account)
        page.goto(f"{house}/{path}")
        settled(page, text)
        yield page
        assert outside == [] and errors == []


def taken(page, name: str) -> tuple[str, bytes]:
    """A click on a button that gives a file: its name and content."""
    with page.expect_download() as download:
        page.get_by_role("button", name=name).first.click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def filled(template: bytes, *edits) -> bytes:
    """As a person types into the template that was downloaded."""
    book = openpyxl.load_workbook(BytesIO(template))
    given = {
        key: f"{answer}" if hasattr(answer, "isoformat") else answer for key, answer in answers(PLAN, unfiled()).items()
    }
    fill(book, given, "county", "210421")
    for edit in edits:
        edit(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def drop(page, name: str, content: bytes, text: str) -> None:
    page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    settled(page, text)


def click(page, key: str, text: str) -> None:
    page.locator(f".st-key-{key} button").click()
    settled(page, text)


def test_a_quarter_from_template_to_the_leaders_screen(browser, house):
    with desk(browser, house, LEADER, "overview", "项承诺中") as page:
        before = page.get_by_test_id("stMainBlockContainer").inner_text()
        assert "已报23份（已审核16份）" in before and "未报1份" in before

    with desk(browser, house, FILER, "filing", "抚顺县 2021年第三季度") as page:
        assert page.get_by_text("截止2021年10月11日，已逾期4天").count() == 1
        name, template = taken(page, "下载本期模板")
        assert name == "抚顺市_抚顺县_2021年第三季度_教育工作要点县区季度报表.xlsx"

        drop(
            page,
            "填好.xlsx",
            filled(template, put("学前教育", SITES, TOO_MANY), put("学前教育", "E9", "约八百")),
            "必须改正",
        )
        name, marked = taken(page, "下载标注")
        assert name == "填好（核查结果）.xlsx"
        book = openpyxl.load_workbook(BytesIO(marked))
        assert "强制" in book["学前教育"]["E9"].comment.text and book.sheetnames[0] == "核查结果"

        page.reload()
        settled(page, "草稿")  # nothing is lost
        book["学前教育"]["E9"] = 792
        row = next(row for row in book["核查结果"].iter_rows() if any("学前教育!E7" in str(cell.value) for cell in row))
        reason = next(cell for cell in row if cell.fill.start_color.rgb and cell.protection.locked is False)
        reason.value = "新认定二十七所民办园"
        out = BytesIO()
        book.save(out)
        drop(page, name, out.getvalue(), "可以提交")
        click(page, "submit", "提交后")
        click(page, "yes-submit", "回执号")
        number = re.search(r"2021Q3-210421-county-\d+", page.get_by_test_id("stMainBlockContainer").inner_text())[0]
        _, receipt = taken(page, "下载回执")
        assert number in receipt.decode()

    with desk(
        browser, house, REVIEWER, "review?form=county&reporter=210421&period=2021Q3", "抚顺县 2021年第三季度报表"
    ) as page:
        assert page.get_by_text(number).count() >= 1
        page.locator("textarea").first.fill("幼儿园总数与批复不符，请核对。")
        page.keyboard.press("Control+Enter")
        page.locator(".st-key-send-back button:enabled").click()
        click(page, "yes-send-back", "抚顺县的报表已退回")

    with desk(browser, house, FILER, "filing", "幼儿园总数与批复不符，请核对。") as page:
        drop(page, "改好.xlsx", filled(template), "可以提交")
        click(page, "submit", "提交后")
        click(page, "yes-submit", "回执号2021Q3-210421-county-02")

    with desk(
        browser, house, REVIEWER, "review?form=county&reporter=210421&period=2021Q3", "抚顺县 2021年第三季度报表"
    ) as page:
        click(page, "approve", "确认通过")
        click(page, "yes-approve", "抚顺县的报表已审核通过")

    with desk(browser, house, LEADER, "overview", "项承诺中") as page:
        after = page.get_by_test_id("stMainBlockContainer").inner_text()
        assert "已报24份（已审核17份）" in after and "未报0份" in after
        page.goto(f"{house}/county?unit=210421&period=2021Q3")
        settled(page, "抚顺县：可比指标")


def test_a_department_the_administrator_and_the_auditor_do_their_parts(browser, house):
    with desk(browser, house, "demo-vocational", "filing", "职教科 2021年第三季度") as page:
        assert page.get_by_text("可计数事项G12填3项").count() >= 1  # why it was sent back
        _, content = taken(page, "下载已报文件")
        book = openpyxl.load_workbook(BytesIO(content))
        tasks = book["任务进展"]
        row = next(
            row
            for row in tasks.iter_rows(min_row=6)
            if any(isinstance(cell.value, str) and len(cell.value) > 12 for cell in row)
        )
        text = next(
            cell
            for cell in row
            if isinstance(cell.value, str) and len(cell.value) > 12 and cell.protection.locked is False
        )
        text.value += "文明风采大赛已于9月提前举办。"
        out = BytesIO()
        book.save(out)
        drop(page, "职教科改.xlsx", out.getvalue(), "可以提交")
        click(page, "submit", "提交后")
        click(page, "yes-submit", "回执号2021Q3-vocational-department")

    with desk(
        browser,
        house,
        "demo-office",
        "review?form=department&reporter=vocational&period=2021Q3",
        "职教科 2021年第三季度报表",
    ) as page:
        click(page, "approve", "确认通过")
        click(page, "yes-approve", "职教科的报表已审核通过")

    with desk(browser, house, "demo-admin", "versions", "为会议定格一个版本") as page:
        page.get_by_label("用途（会议名称）").fill("三季度调度会")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="定格", exact=True).click()
        settled(page, "三季度调度会")

    with desk(browser, house, "demo-auditor", "log", "日志") as page:
        page.get_by_text("核对日志").first.click()
        name, content = taken(page, "导出查询结果")
        assert name.endswith(".csv") and content.startswith(b"\xef\xbb\xbf")
        exported = content.decode("utf-8-sig")
        for event in ("提交", "通过", "定格"):
            assert event in exported, event


@pytest.mark.parametrize(("account", "path"), STAFF)
def test_the_staffs_screens_fit_and_ask_nobody_outside(browser, house, account, path):
    staffs_screen_fits(browser, house, account, path, PAIRS)
