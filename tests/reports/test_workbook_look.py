"""How a workbook of ours looks on the screen and on paper: frozen heads, filters, pages, formats, lights that are words, both languages."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise

import pytest
from openpyxl.utils import get_column_letter, range_boundaries
from workbook_fixtures import ALL, INDICATOR, SUMMARY, UNIT, column, sheet, table, told

from catalogue.load import current_plan
from catalogue.wording import pick, say, use_language
from reports.verify import verify
from reports.workbook.book import HEAD
from reports.workbook.cells import Lamp
from sentences.lights import LIGHTS

LISTS = ("scorecard", "tasks", "reports", "milestones", "works", "returns", "definitions", "values", "data", "files")
OF = {
    SUMMARY: LISTS,
    UNIT: ("standing", "trends", "own_returns", "receipts", "definitions", "values", "data", "files"),
    INDICATOR: ("series", "values", "data", "files"),
}
EVERY = [(kind, name) for kind, names in OF.items() for name in names]
PIXELS = 820 / 0.95  # px of a landscape A4 page between our margins


def visible(book):
    return [page for page in book if page.sheet_state == "visible"]


# On the screen


@pytest.mark.parametrize(("kind", "name"), EVERY)
def test_heads_stay_in_sight_and_every_list_can_be_filtered(books, kind, name):
    page = sheet(books.opened(kind, values=True), name)
    row, at = re.fullmatch(r"([A-Z]+)(\d+)", page.freeze_panes).groups()[::-1]
    assert int(row) == HEAD + 2 and at >= "A"
    left, top, right, bottom = range_boundaries(page.auto_filter.ref)
    heads = [cell.value for cell in page[HEAD + 1] if cell.value is not None]
    assert (left, top, right) == (1, HEAD + 1, len(heads))
    if name not in ("works", "series", "trends"):  # under these stand sums and other tables, which no filter may hide
        assert bottom == HEAD + 1 + len(table(page))


def test_filters_of_a_theme_end_above_the_city(books):
    page = books.opened(SUMMARY, values=True)[pick(current_plan().themes["compulsory"], "title")]
    bottom = range_boundaries(page.auto_filter.ref)[3]
    assert page.cell(bottom, 1).value == "市直" and page.cell(bottom + 1, 1).value == "抚顺市"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ALL)
def test_names_and_links_fit_their_columns_or_are_wrapped(books, kind, language):
    """A link is not wrapped by every program, so it has to fit; a text in a frame is wrapped and its row is high enough."""
    for page in visible(books.opened(kind, language, values=True)):
        for row in page.iter_rows():
            for cell in row:
                width = page.column_dimensions[get_column_letter(cell.column)].width
                if cell.hyperlink and cell.row > HEAD:
                    assert sum(1 + (sign > "\u2e7f") for sign in cell.value) <= width, (page.title, cell.coordinate)
                elif (
                    isinstance(cell.value, str) and cell.border.left.style and cell.row > HEAD and cell.data_type == "s"
                ):
                    assert cell.alignment.wrap_text or cell.font.b, (page.title, cell.coordinate)


# On paper


@pytest.mark.parametrize("kind", ALL)
def test_every_sheet_is_printed_on_a4_and_no_column_is_cut(books, kind):
    """In the width of one page, or on pages beside each other on which the first columns stand again."""
    for page in visible(books.opened(kind)):
        setup = page.page_setup
        assert int(setup.paperSize) == 9
        assert setup.orientation == ("portrait" if page.title == say("workbook.sheet.cover") else "landscape")
        if page.sheet_properties.pageSetUpPr and page.sheet_properties.pageSetUpPr.fitToPage:
            assert (int(setup.fitToWidth or 1), int(setup.fitToHeight)) == (1, 0)
        else:  # a program that fits pages takes no breaks between them
            begins = [one.id for one in page.col_breaks.brk]
            assert page.row_breaks.brk or begins
            area = range_boundaries(page.print_area.partition("!")[2]) if page.print_area else ()
            edges = [0, *begins, area[2] if area else page.max_column]
            again = range_boundaries(page.print_title_cols)[2] if begins else 0
            for first, last in pairwise(edges):
                columns = [*(range(1, again + 1) if first else ()), *range(first + 1, last + 1)]
                wide = sum(7 * page.column_dimensions[get_column_letter(n)].width for n in columns)
                assert wide * int(setup.scale) / 100 <= PIXELS, page.title


@pytest.mark.parametrize("kind", ALL)
def test_only_the_long_lists_are_printed_small(books, kind):
    lists = {say(f"workbook.sheet.{name}") for name in ("values", "data", "files")}
    for page in visible(books.opened(kind)):
        wide = sum(7 * page.column_dimensions[get_column_letter(n)].width + 5 for n in range(1, page.max_column + 1))
        fits = page.sheet_properties.pageSetUpPr and page.sheet_properties.pageSetUpPr.fitToPage
        if page.title not in lists:
            assert (wide * 0.69 <= 820) if fits else int(page.page_setup.scale) >= 70, page.title


def test_an_indicator_is_not_torn_from_what_it_is_divided_by(books):
    page = books.opened(SUMMARY)[pick(current_plan().themes["compulsory"], "title")]
    [begins] = [one.id for one in page.col_breaks.brk]
    assert page.print_title_cols == "$A:$A" and page.cell(HEAD + 1, begins + 1).value.startswith("分子")


@pytest.mark.parametrize(("kind", "name"), EVERY)
def test_heads_are_printed_on_every_page_but_never_over_another_table(books, kind, name):
    page = sheet(books.opened(kind), name)
    row = 1 if name in ("works", "series", "trends") else HEAD + 1
    assert page.print_title_rows == f"${row}:${row}"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ALL)
def test_every_printed_page_says_what_it_stands_on(books, kind, language):
    book = books.opened(kind, language)
    [checked] = [
        code
        for code in (cell.value for cell in book.worksheets[0]["B"])
        if re.fullmatch(r"(?:[0-9A-F]{4}-){3}[0-9A-F]{4}", str(code))
    ]
    for page in visible(book):
        left, right = page.oddFooter.left.text, page.oddFooter.right.text
        assert checked in left and "&P" in right.replace("&[Page]", "&P") and ("&N" in right or "&[Pages]" in right)
        assert len(left) + len(right) < 255
        assert ("演示数据" if language == "zh" else "demo data") in left


def test_the_numerator_begins_a_page_and_so_do_the_charts(books):
    page = sheet(books.opened(INDICATOR, values=True), "series")
    breaks = [one.id for one in page.row_breaks.brk]
    assert page.cell(breaks[0] + 1, 1).value == "分子（人）"
    assert [
        len(books.opened(SUMMARY)[pick(theme, "title")].row_breaks.brk) for theme in current_plan().themes.values()
    ] == [1, 2, 1, 1, 2, 2, 1, 0]


# Numbers


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ALL)
def test_numbers_are_numbers_and_have_a_format(books, kind, language):
    numeric, seen = re.compile(r"[+−-]?[\d,]+(\.\d+)?\s?%?"), 0
    for page in visible(books.opened(kind, language, values=True)):
        for row in page.iter_rows():
            for cell in row:
                if isinstance(cell.value, int | float | datetime):
                    assert cell.number_format != "General", (page.title, cell.coordinate)
                    seen += 1
                elif isinstance(cell.value, str) and numeric.fullmatch(cell.value):
                    assert cell.value in current_plan().units, (page.title, cell.coordinate)
    assert seen > 150


@pytest.mark.parametrize(("measure", "form"), [("%", "0.00%"), ("人", "#,##0"), ("万元", "#,##0.00"), ("所", "#,##0")])
def test_a_format_goes_with_the_measure(books, measure, form):
    page = sheet(books.opened(SUMMARY, values=True), "values")
    at, of = column(page, "value"), column(page, "measure")
    found = {
        page.cell(row, at).number_format
        for row in range(HEAD + 2, page.max_row + 1)
        if page.cell(row, of).value == measure and page.cell(row, at).value is not None
    }
    assert found == {form}


def test_a_change_of_a_percentage_is_told_in_points(books):
    page = sheet(books.opened(SUMMARY, values=True), "scorecard")
    assert page.cell(HEAD + 2, column(page, "change")).number_format == '+0.00"个百分点";-0.00"个百分点";0.00"个百分点"'


def test_days_are_days(books):
    page = sheet(books.opened(SUMMARY, values=True), "returns")
    found = [page.cell(row, column(page, "due")).value for row in range(HEAD + 2, HEAD + 27)]
    assert set(found) == {datetime(2021, 10, 11)}


# Lights


@pytest.mark.parametrize(
    ("kind", "name", "language"),
    [
        (SUMMARY, "scorecard", "zh"),
        (SUMMARY, "scorecard", "en"),
        (SUMMARY, "values", "zh"),
        (SUMMARY, "tasks", "zh"),
        (SUMMARY, "works", "zh"),
        (UNIT, "standing", "zh"),
        (UNIT, "standing", "en"),
    ],
)
def test_a_light_is_a_word_and_the_word_decides_its_ground(books, kind, name, language):
    book = books.opened(kind, language, values=True)
    use_language(language)
    page = sheet(book, name)
    at, rows = column(page, "light"), len(table(page))
    words = {light: Lamp(light).words for light in LIGHTS}
    rules = {}
    for covered in page.conditional_formatting:
        left, top, right, bottom = range_boundaries(str(covered.sqref))
        if left <= at <= right and top <= HEAD + 2 and bottom >= HEAD + 1 + rows:
            rules |= {rule.text: rule.dxf.fill.bgColor.rgb for rule in covered.rules if rule.type == "containsText"}
    assert set(rules) == set(words.values()) and len(set(rules.values())) == 4
    found = [page.cell(row, at).value for row in range(HEAD + 2, HEAD + 2 + rows)]
    known = set(words.values()) | {say(f"light.{light}") for light in LIGHTS} | {None, say("tasks.no_number")}
    assert set(found) <= known and sum(value is not None for value in found) > 2


def test_the_cover_counts_the_lights_of_the_scorecard(books):
    book = books.opened(SUMMARY, values=True)
    scores = [told(row, "light") for row in table(sheet(book, "scorecard"))]
    counted = {row[0]: row[1] for row in book.worksheets[0].iter_rows(max_col=2, values_only=True)}
    for light in LIGHTS:
        assert counted[Lamp(light).words] == scores.count(Lamp(light).words)
    assert sum(counted[Lamp(light).words] for light in LIGHTS) == len(scores)


def test_where_each_must_keep_a_promise_the_mark_stands_before_the_number(books):
    page = books.opened(SUMMARY, values=True)[pick(current_plan().themes["compulsory"], "title")]
    [at] = [cell.column for cell in page[HEAD + 1] if str(cell.value).startswith("德育")]  # the ratio, not its parts
    formats = [page.cell(row, at).number_format for row in range(HEAD + 2, HEAD + 10)]
    assert sorted(set(formats) - {"General"}) == ['"▲ "0.00%', '"● "0.00%']
    assert page.cell(HEAD + 6, at).value == "未报"


# The other language


@pytest.mark.parametrize("kind", ALL)
def test_the_english_file_has_chinese_only_where_the_data_or_the_plan_speak(books, kind):
    """Their own words: what returns say, names of files and sheets, the clause, the document's number."""
    use_language("en")
    theirs = {
        say(f"workbook.column.{name}")
        for name in (
            "done",
            "entry",
            "problem",
            "next",
            "evidence",
            "file",
            "sheet",
            "clause",
            "where",
            "cells",
            "sent_back",
            "correction",
        )
    }
    document = current_plan().document
    for page in visible(books.opened(kind, "en", values=True)):
        heads: dict[int, str] = {}
        for row in page.iter_rows():
            for cell in row:
                text = str(cell.value or "").replace(document, "")
                heads |= {cell.column: str(cell.value)} if cell.row == HEAD + 1 or str(cell.value) in theirs else {}
                if re.search(r"[\u2e80-\u9fff]", re.sub(r"\S*_\S*\.(xlsx?|ods)", "", text)):
                    assert heads.get(cell.column) in theirs or page.cell(cell.row, 1).value in theirs, (
                        page.title,
                        cell.coordinate,
                        text,
                    )


def test_an_english_file_is_checked_like_any_other(books, demo, monkeypatch):
    monkeypatch.setenv("DASHBOARD_TODAY", "2021-10-15")
    for kind in ALL:
        [checked] = verify("file.xlsx", books.content(kind, "en"))
        assert checked.holds and len(checked.proof.numbers) > 50
