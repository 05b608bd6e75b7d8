"""A return whose cells show something else than they hold: read as shown, or named with the cell."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from plan_fixtures import plan_2021
from returns_fixtures import (
    A03,
    CHILDREN,
    HEADER_ROW,
    PRESCHOOL,
    PUBLIC,
    county,
    edited,
    filled,
    findings,
    put,
    read,
    spoken,
    told,
    values_only,
)
from workbook_fixtures import rewritten

from etl.cells import read_cells
from etl.errors import OneTab
from etl.messages import mend, sentence
from etl.model import Cells, EntryState, SheetCells
from etl.reading.forms import recognise
from etl.reading.returns import read_return

PROSE = "E9"  # of 任务进展: what was done
RATIO = "E13"  # a percentage, which is only a cross-check


def struck(sheet: str, cell: str) -> Callable:
    def edit(book) -> None:
        book[sheet][cell].font = Font(strike=True)

    return edit


def shown(sheet: str, cell: str, number_format: str) -> Callable:
    def edit(book) -> None:
        book[sheet][cell].number_format = number_format

    return edit


STRUCK, RAISED = InlineFont(strike=True), InlineFont(vertAlign="superscript")
CASES = {
    "struck_out": [put(PRESCHOOL, A03, CellRichText(TextBlock(STRUCK, "12"), "15"))],
    "raised_figure": [put(PRESCHOOL, A03, CellRichText("12", TextBlock(RAISED, "3")))],
    "several_numbers": [put(PRESCHOOL, A03, "12\n8")],
    "backwards": [put(PRESCHOOL, A03, "\u202e21\u202c")],
    "other_unit": [put(PRESCHOOL, A03, 0.5), shown(PRESCHOOL, A03, "0%")],
}


@pytest.mark.parametrize("rule", CASES)
def test_what_is_no_plain_number_blocks_and_names_its_cell(rule):
    ret = read(county(*CASES[rule]))
    assert (ret.entry(PUBLIC).state, ret.value(PUBLIC)) == (EntryState.BAD, None)
    assert spoken(ret) == [(rule, "blocks", f"{PRESCHOOL}!{A03}")]
    assert_worded(ret)


def assert_worded(ret) -> None:
    for finding in findings(ret):
        for language in ("zh", "en"):
            assert "{" not in sentence(finding, plan_2021(), language) + mend(finding, plan_2021(), language)


def test_a_cell_struck_out_as_a_whole_is_no_answer():
    ret = read(county(struck(PRESCHOOL, A03)))
    assert ret.entry(PUBLIC).state is EntryState.BAD
    assert [(f.rule, f.fields["struck"]) for f in findings(ret)] == [("struck_out", ret.entry(PUBLIC).raw)]


def test_a_text_keeps_what_is_not_struck_out():
    rich = CellRichText("已", TextBlock(STRUCK, "印发"), TextBlock(InlineFont(), "召开"))
    ret = read(edited(values_only(filled("department", "compulsory")), put("任务进展", PROSE, rich)))
    [finding] = findings(ret)
    assert (finding.rule, str(finding.at), ret.entries[finding.slot].text) == (
        "struck_left_out",
        f"任务进展!{PROSE}",
        "已召开",
    )
    assert_worded(ret)


def test_a_reason_struck_out_is_none():
    reason = put(PRESCHOOL, f"F{A03[1:]}", "秋季新生入学")
    assert read(county(reason)).entry(PUBLIC).reason == "秋季新生入学"
    assert read(county(reason, struck(PRESCHOOL, f"F{A03[1:]}"))).entry(PUBLIC).reason == ""


def test_a_percentage_is_quoted_as_it_shows():
    ret = read(county(put(PRESCHOOL, RATIO, 0.781), shown(PRESCHOOL, RATIO, "0.0%")))
    entry = ret.entry("kindergarten.public_ratio")
    assert (entry.value, entry.raw) == (Decimal("78.1"), "78.1%")


def test_labels_are_read_without_what_nobody_sees_and_a_note_says_so():
    def mark(book) -> None:
        for page in book:
            for row in page.iter_rows(max_row=HEADER_ROW + 2):
                for cell in row:
                    if isinstance(cell.value, str):
                        cell.value = f"\u202d{cell.value[:1]}\u2060{cell.value[1:]}\u202c"
        for row in (8, 9):
            book[PRESCHOOL][f"A{row}"].value += "\ufe0f"
            book[PRESCHOOL][f"B{row}"].value = "\u200b" + book[PRESCHOOL][f"B{row}"].value

    plain = read(county())
    ret = read(county(mark))
    assert told(ret) == told(plain)
    assert (ret.reporter, ret.period) == (plain.reporter, plain.period)
    assert {rule for rule, _, _ in spoken(ret)} == {"unseen_in_labels"}
    assert len(findings(ret)) == len(ret.layout.sheets)
    assert findings(ret)[0].fields["marks"] == "U+202D、U+2060、U+202C、U+FE0F、U+200B"
    assert_worded(ret)


def test_a_unit_and_a_period_in_words_are_read_without_what_nobody_sees():
    def no_identity(book) -> None:
        for page in book:
            for row in page.iter_rows(max_row=3):
                for cell in row:
                    if isinstance(cell.value, str) and re.fullmatch(r"county/.*", cell.value):
                        cell.value = None
                    elif isinstance(cell.value, str) and cell.value.startswith("填报"):
                        cell.value = "\u202d" + "\u00ad".join(cell.value) + "\u202c"

    found = recognise(read_cells(county(no_identity)), plan_2021())
    assert (found.reporter, str(found.period)) == ("210402", "2021Q4")


def test_a_damaged_cell_is_named_and_the_rest_is_read():
    def break_index(name: str, data: bytes) -> bytes:
        return re.sub(rb'<c r="E9"([^>]*?) t="n">.*?</c>', rb'<c r="E9"\1 t="s"><v>99999</v></c>', data, count=1)

    content = values_only(filled())
    sheet = "xl/worksheets/sheet1.xml"
    assert b'<c r="E9"' in read_part(content, sheet)
    ret = read(rewritten(content, lambda name, data: break_index(name, data) if name == sheet else data))
    assert [(rule, severity) for rule, severity, _ in spoken(ret)] == [("broken_cell", "blocks")]
    assert [entry.state for entry in ret.entries.values()].count(EntryState.BAD) == 1
    assert_worded(ret)


def read_part(content: bytes, name: str) -> bytes:
    found = {}

    def keep(part: str, data: bytes) -> bytes:
        found[part] = data
        return data

    rewritten(content, keep)
    return found[name]


STARTED = "I8"  # of 项目进度: when works began


@pytest.mark.parametrize(
    ("value", "number_format", "text", "rules"),
    [
        (date(2021, 3, 15), "yyyy-mm-dd", "2021-03-15", []),
        (datetime(2021, 3, 14, 23, 59, 17), "yyyy-mm-dd", "2021-03-15", ["date_rounded"]),
        (44270, "General", "2021-03-15", ["date_serial"]),
        (datetime(2021, 3, 14, 16), "yyyy-mm-dd", "2021-03-14", ["date_with_time"]),
    ],
)
@pytest.mark.parametrize("since_1904", [False, True])
def test_a_day_is_the_right_one_or_named(value, number_format, text, rules, since_1904):
    def edit(book) -> None:
        if since_1904:
            book.epoch = CALENDAR_MAC_1904
        book["项目进度"][STARTED].value = value
        book["项目进度"][STARTED].number_format = number_format

    ret = read(edited(values_only(filled("project", "planning")), edit))
    [entry] = [entry for entry in ret.entries.values() if str(entry.at) == f"项目进度!{STARTED}"]
    if since_1904 and rules == ["date_serial"]:
        text, rules = None, ["date_serial_1904"]
    assert (entry.text, [f.rule for f in findings(ret) if f.slot == entry.slot]) == (text, rules)
    assert_worded(ret)


def test_a_csv_of_one_tab_is_told_to_come_as_the_workbook():
    cells = read_cells(county())
    with pytest.raises(OneTab) as refused:
        read_return(
            Cells("csv", (SheetCells("CSV", cells.sheet(PRESCHOOL).cells),)),
            recognise(cells, plan_2021()),
            plan_2021(),
        )
    assert refused.value.fields == {"found": PRESCHOOL, "sheets": 6}
    assert "CSV" in str(refused.value) and "xlsx" in refused.value.mend()


def test_thousands_written_with_a_space_are_noted():
    ret = read(county(put(PRESCHOOL, "E8", "12 345")))
    assert ret.value(CHILDREN) == 12345
    assert spoken(ret) == [("thousands_joined", "note", f"{PRESCHOOL}!E8")]
    assert_worded(ret)
