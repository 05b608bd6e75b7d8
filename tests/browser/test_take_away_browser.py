"""Every kind of file, clicked in a real browser and opened again by other people's programs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from browser_fixtures import enter, page_of, settled
from command_line import run_etl
from pictures_fixtures import inked, opened
from PIL import Image
from workbook_fixtures import said as said_by

from reports.briefing.proof import places, read_proof
from reports.pictures import picture, png_text
from reports.proof import read_json

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore:.*extension is not supported")]
SCREEN = "takeaway?basis=filed&unit=210404&indicator=public-share"
GET = {
    "summary": "下载季度汇总表（Excel）",
    "poster": "下载总览长图（PNG）",
    "county_workbook": "下载本单位数据表（Excel）",
    "county_card": "下载县区卡片（PNG）",
    "indicator_workbook": "下载本指标数据表（Excel）",
    "project_sheet": "下载项目情况（PNG）",
    "layout": "下载按表样填好的表（Excel）",
    "briefing": "下载督查通报（Word）",
}
NAMES = {
    "summary": "抚顺市_2021年第三季度_季度汇总表.xlsx",
    "county_workbook": "抚顺市_望花区_2021年第三季度_数据表.xlsx",
    "indicator_workbook": "抚顺市_公办幼儿园在园幼儿占比_2021年第三季度_指标表.xlsx",
    "briefing": "抚顺市_2021年第三季度_督查通报.docx",
    "poster": "抚顺市_2021年第三季度_总览长图.png",
    "county_card": "抚顺市_望花区_2021年第三季度_县区卡片.png",
    "layout": "抚顺市_季度快报_2021年第三季度_自有表样.xlsx",
}
WRITTEN = ("summary", "county_workbook", "indicator_workbook", "layout", "briefing")  # what LibreOffice opens


@pytest.fixture(scope="module")
def taken(browser, address, tmp_path_factory) -> dict[str, Path]:
    """Kind -> the file, under the name the browser was told."""
    folder, found = tmp_path_factory.mktemp("taken"), {}
    with page_of(browser) as (page, outside, errors):
        enter(page, address)
        page.goto(f"{address}/{SCREEN}&lang=zh")
        settled(page, "核对收到的文件")
        for kind, label in GET.items():
            if picture.available() and kind in ("poster", "county_card", "project_sheet"):
                continue
            with page.expect_download(timeout=90_000) as download:
                page.get_by_role("button", name=label).click()
            found[kind] = folder / download.value.suggested_filename
            download.value.save_as(found[kind])
        assert (outside, errors) == ([], [])
    return found


@pytest.fixture(scope="module")
def said(demo_data) -> dict[tuple[str, str | None], float | None]:
    """What `python -m etl values` prints, by indicator and unit; None for the city."""
    rows = json.loads(run_etl(demo_data, "values", "--period", "2021Q3", "--basis", "filed", "--json").stdout)
    return {(row["indicator"], row["reporting_unit"]): row["value"] for row in rows}


def test_files_are_called_by_what_they_are_about(taken):
    assert {kind: path.name for kind, path in taken.items() if kind in NAMES} == {
        kind: NAMES[kind] for kind in NAMES if kind in taken
    }


def test_every_number_of_the_summary_is_what_the_command_line_says(taken, said):
    sheet = openpyxl.load_workbook(taken["summary"], data_only=True)["指标数值"]
    heads = [cell.value for cell in sheet[4]]
    rows = [dict(zip(heads, map(said_by, row), strict=True)) for row in sheet.iter_rows(min_row=5)]
    told = {(row["指标代码"], row["对象代码"]): row["本期"] for row in rows if row["期别"] == "2021Q3"}
    assert told.keys() == said.keys()
    assert {key for key, value in told.items() if not isinstance(value, int | float)} == {
        key for key, value in said.items() if value is None
    }
    assert all(told[key] == pytest.approx(value, abs=1e-4) for key, value in said.items() if value is not None)


def test_every_number_of_the_briefing_is_what_the_command_line_says(taken, said):
    """Each value it prints has a bookmark; the words inside it are read back as a number."""
    content = taken["briefing"].read_bytes()
    proof, printed = read_proof(content), places(content)
    now = [one for one in proof.numbers if one.what == "value" and one.period == "2021Q3"]
    assert len(now) > 15
    for one in now:
        assert one.value == pytest.approx(said[one.indicator, one.subject], abs=1e-4)
        number = float(re.search(r"-?[\d,]*\.?\d+", printed[one.place])[0].replace(",", ""))
        assert number == pytest.approx(one.value, abs=0.006), printed[one.place]


@pytest.mark.parametrize("kind", ["summary", "county_workbook", "indicator_workbook", "layout"])
def test_workbooks_open_and_hold_numbers(taken, kind):
    book = openpyxl.load_workbook(taken[kind], data_only=True)
    numbers = [
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int | float)
    ]
    assert len(numbers) > 20
    texts = [
        cell.value
        for sheet in book
        if sheet.title != "图表数据"
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]
    # Under the charts, #N/A is a gap in a line.
    assert not [text for text in texts if text.startswith(("#REF", "#DIV", "#NAME", "#VALUE", "#N/A"))]


def test_the_briefing_opens_as_a_document(taken):
    document = docx.Document(str(taken["briefing"]))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "2021年第三季度" in text and "演示数据" in text
    assert document.tables and (picture.available() or document.inline_shapes)


@pytest.mark.parametrize("kind", ["poster", "county_card", "project_sheet"])
def test_pictures_open_whole(taken, kind):
    if kind not in taken:
        pytest.skip(picture.available())
    content = taken[kind].read_bytes()
    image = opened(content)
    assert image.width >= 1080 and inked(image) > 0.03
    assert read_json(png_text.get(content)).period == "2021Q3"


@pytest.fixture(scope="module")
def printed(taken, tmp_path_factory) -> Path:
    """A folder with each of WRITTEN as PDF: LibreOffice is begun once for all of them."""
    if not shutil.which("soffice") or not shutil.which("pdftoppm"):
        pytest.skip("no LibreOffice on this machine")
    folder = tmp_path_factory.mktemp("printed")
    home = f"-env:UserInstallation=file://{folder}/office"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", folder, *(taken[kind] for kind in WRITTEN)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return folder


@pytest.mark.parametrize("kind", WRITTEN)
def test_libreoffice_opens_them_without_repair(taken, printed, kind, tmp_path):
    subprocess.run(
        ["pdftoppm", "-r", "40", "-png", printed / f"{taken[kind].stem}.pdf", tmp_path / "page"],
        check=True,
        timeout=120,
    )
    pages = sorted(tmp_path.glob("page*.png"))
    assert pages
    with Image.open(pages[0]) as first:
        assert inked(first.convert("RGB")) > 0.01


def test_what_came_back_is_checked_on_the_screen(browser, address, taken, tmp_path):
    changed = tmp_path / "改过.xlsx"
    book = openpyxl.load_workbook(taken["layout"])
    proof = read_json(
        "".join(cell.value for row in book["_proof"].iter_rows() for cell in row if isinstance(cell.value, str))
    )
    sheet, _, cell = proof.numbers[0].place.rpartition("!")
    book[sheet.strip("'")][cell] = 99.5
    book.save(changed)
    with page_of(browser) as (page, _, _):
        enter(page, address)
        page.goto(f"{address}/{SCREEN}&lang=zh")
        settled(page, "核对收到的文件")
        page.locator(".st-key-check-file input[type=file]").set_input_files(taken["summary"])
        page.get_by_text("一致（").first.wait_for()
        page.locator(".st-key-check-file input[type=file]").set_input_files(changed)
        page.get_by_text("与导出时不同").first.wait_for()
        assert "99.5" in page.locator("[data-testid=stAlert]").first.inner_text()


def test_tables_on_a_screen_are_taken_from_its_head(browser, address, tmp_path):
    with page_of(browser) as (page, _, errors):
        enter(page, address)
        page.goto(f"{address}/county?unit=210404&basis=filed&lang=zh")
        settled(page, "望花区：可比指标")
        page.get_by_role("button", name="导出", exact=False).last.click()
        with page.expect_download() as download:
            page.get_by_role("button", name="张表（Excel）").click()
        book = openpyxl.load_workbook(BytesIO(download.value.path().read_bytes()))
        assert any(isinstance(cell.value, float) for sheet in book for row in sheet.iter_rows() for cell in row)
        with page.expect_download() as download:
            page.get_by_role("button", name="（CSV）").first.click()
        assert download.value.path().read_bytes().startswith(b"\xef\xbb\xbf")
        assert errors == []


def charts_taken(page, address, path: str, *names: str) -> list[tuple[str, bytes]]:
    """Charts of a screen, from its head: the name and content of each."""
    enter(page, address)
    page.goto(f"{address}/{path}{'&' if '?' in path else '?'}period=2021Q3&basis=filed&lang=zh")
    settled(page, "抚顺市教育工作要点监测平台")
    page.get_by_role("button", name="导出", exact=False).last.click()
    found = []
    for name in names:
        with page.expect_download(timeout=60_000) as download:
            page.get_by_role("button", name=f"{name}（PNG）").click()
        found.append((download.value.suggested_filename, download.value.path().read_bytes()))
    return found


def test_charts_of_a_dark_screen_are_taken_on_white_with_their_proof(browser, address):
    if picture.available():
        pytest.skip(picture.available())
    with page_of(browser, theme="dark") as (page, _, errors):
        [(name, content)] = charts_taken(page, address, "indicator?indicator=public-share", "县区比较")
        assert name == "公办幼儿园在园幼儿占比_2021年第三季度_县区比较.png"
        assert opened(content).getpixel((2, 2)) == (255, 255, 255)
        told = read_json(png_text.get(content))
        assert (told.kind, told.period, len(told.numbers)) == ("chart:county_bars:public-share", "2021Q3", 8)
        assert errors == []


def test_charts_of_works_are_drawn_on_the_server_too(browser, address):
    """The two kinds that the small city of `test_pack_in_browser` has not."""
    if picture.available():
        pytest.skip(picture.available())
    names = {"三项投资及合计": "chart:investment", "项目进度": "chart:timeline"}
    with page_of(browser) as (page, _, errors):
        taken = charts_taken(page, address, "works", *names)
        for (name, content), kind in zip(taken, names.values(), strict=True):
            image = opened(content)
            assert image.width == 1440 and inked(image) > 0.01, name
            assert read_json(png_text.get(content)).kind == kind, name
        assert errors == []


@pytest.mark.parametrize(
    ("path", "chart"),
    [
        ("indicator?indicator=public-share", "trend"),
        ("indicator?indicator=public-share", "bars"),
        ("works", "investment"),
        ("overview?matrix=1", "matrix"),
    ],
)
def test_the_camera_saves_a_dark_screen_on_white(browser, address, path, chart):
    """Opened as the browser saved it: white ground, dark words, nothing of the dark screen; the screen stays dark."""
    with page_of(browser, theme="dark") as (page, _, errors):
        enter(page, address)
        page.goto(f"{address}/{path}{'&' if '?' in path else '?'}period=2021Q3&basis=filed&lang=zh")
        plot = page.locator(f".st-key-{chart} .js-plotly-plot").first
        plot.wait_for(timeout=30_000)
        plot.hover()
        with page.expect_download() as download:
            page.locator(f".st-key-{chart} .modebar-btn").first.click()
        saved = opened(download.value.path().read_bytes()).convert("RGB")
        counts = {colour: count for count, colour in saved.getcolors(2**24)}
        whole = saved.width * saved.height
        assert saved.getpixel((2, 2)) == (255, 255, 255)
        assert counts[255, 255, 255] > 0.4 * whole
        assert counts.get((0x1C, 0x27, 0x33), 0) > 200  # words in the ink of white pages
        assert counts.get((0x0E, 0x11, 0x17), 0) < 0.002 * whole  # the dark ground, but for a stray edge
        assert "rgb(14, 17, 23)" in plot.locator(".main-svg").first.get_attribute("style")
        assert errors == []
