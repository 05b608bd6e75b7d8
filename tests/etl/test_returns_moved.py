"""Rows, columns and sheets that were moved, renamed, doubled or taken out."""

from __future__ import annotations

import pytest
from plan_fixtures import plan_2021
from returns_fixtures import (
    AID,
    PRESCHOOL,
    PRIVATE,
    PUBLIC,
    SCHOOLS,
    answers,
    county,
    edited,
    filled,
    findings,
    put,
    read,
    spoken,
    told,
)

from etl.messages import sentence
from etl.model import EntryState, Severity

# What staff do to a sheet without meaning harm: the answers stay the same, and nothing stands in the way.


def rows_above(book):
    for sheet in book:
        sheet.insert_rows(1, 3)
        sheet["A1"] = "附件1"


def a_column_in_front(book):
    for sheet in book:
        sheet.insert_cols(1)
        sheet["A8"] = "序号"


def a_column_between(book):
    for sheet in book.worksheets[:-1]:
        sheet.insert_cols(5)
        sheet.cell(5, 5).value, sheet.cell(8, 5).value = "去年同期", 77


def a_row_between(book):
    book[PRESCHOOL].insert_rows(9)


def shuffled(book):
    """The rows of a sheet the other way round."""
    sheet = book[PRESCHOOL]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=7, max_row=17)]
    for n, row in enumerate(reversed(rows), start=7):
        for column, value in enumerate(row, start=1):
            sheet.cell(n, column).value = value


def hidden(book):
    book[SCHOOLS].sheet_state = "hidden"


def renamed(book):
    book[PRESCHOOL].title, book[SCHOOLS].title = "Sheet1", "学前教育 (2)"


def swapped_tabs(book):
    book[PRESCHOOL].title = "x"
    book[SCHOOLS].title = PRESCHOOL
    book["x"].title = SCHOOLS


def codes_retyped(book):
    for sheet in book:
        for cell in sheet["A"]:
            if isinstance(cell.value, str) and len(cell.value) == 3:
                cell.value = f" {cell.value[0].lower()}{chr(ord(cell.value[1]) + 0xFEE0)} {cell.value[2]}"


def titles_retyped(book):
    for sheet in book.worksheets[:-1]:
        for cell in sheet[5]:
            if cell.value == "本期":
                cell.value = "本 期\n（累计数）"


def unmerged_titles(book):
    for sheet in book:
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))


@pytest.mark.parametrize(
    "change",
    [
        rows_above, a_column_in_front, a_column_between, a_row_between, shuffled, hidden, renamed, swapped_tabs,
        codes_retyped, titles_retyped, unmerged_titles,
    ],
)  # fmt: skip
def test_the_answers_are_found_by_code_and_title_after(change):
    ret = read(county(change))
    assert told(ret) == answers()
    assert spoken(ret) == []


def test_numbers_for_unit_codes_are_codes():
    def numeric(book):
        for sheet in book.worksheets[:-1]:
            for cell in sheet["A"]:
                if isinstance(cell.value, str) and cell.value.isdigit():
                    cell.value = int(cell.value)

    assert told(read(edited(filled("backfill", "city"), numeric))) == answers("backfill", "city")


def test_a_row_without_code_is_found_by_its_name():
    ret = read(county(put(PRESCHOOL, "A9", None)))
    assert told(ret) == answers()
    assert spoken(ret) == [("found_by_name", "note", "学前教育!B9")]


def test_of_two_rows_with_one_name_the_one_without_code_is_still_told_apart():
    """E02 and E04 are both 其中：已安装一键报警."""
    assert told(read(county(put("校园安全与保障", "A8", None)))) == answers()


def test_two_rows_with_one_name_and_no_codes_are_missing():
    ret = read(county(put("校园安全与保障", "A8", None), put("校园安全与保障", "A10", None)))
    assert [f.fields["code"] for f in findings(ret, "row_missing")] == ["E02", "E04"]


def test_a_sheet_without_any_code_is_read_by_its_names():
    def no_codes(book):
        for row in range(7, 18):
            book[AID].cell(row, 1).value = None

    ret = read(county(no_codes))
    assert told(ret) == answers()
    assert {f.rule for f in findings(ret)} == {"found_by_name"}


def test_a_row_taken_out_is_absent_and_named():
    ret = read(county(lambda book: book[PRESCHOOL].delete_rows(9)))
    assert ret.entry(PUBLIC).state is EntryState.ABSENT
    [finding] = findings(ret, "row_missing")
    assert finding.severity is Severity.BLOCKS
    assert sentence(finding, plan_2021()) == "学前教育：缺少代码为A03的行（其中：公办园在园幼儿）。"
    assert ret.value(PRIVATE) == answers()[PRIVATE, "210402"]


def test_a_column_taken_out_is_absent_and_named_once():
    ret = read(county(lambda book: book[AID].delete_cols(5)))
    assert ret.entry("aid.amount").state is EntryState.ABSENT
    assert spoken(ret) == [("column_missing", "blocks", "学生资助!A6")]
    assert sentence(findings(ret)[0], plan_2021()) == "学生资助：缺少“本期”列。"


def test_without_the_reason_column_the_numbers_are_still_read():
    ret = read(county(lambda book: book[AID].delete_cols(6)))
    assert told(ret) == answers()
    assert [(f.rule, f.severity) for f in findings(ret)] == [("column_missing", Severity.NOTE)]


def test_a_sheet_taken_out_is_named_once_and_its_entries_absent():
    ret = read(county(lambda book: book.remove(book[AID])))
    assert {entry.state for slot, entry in ret.entries.items() if slot.element.startswith("aid.")} == {
        EntryState.ABSENT
    }
    assert spoken(ret) == [("sheet_missing", "blocks", "学生资助!A1")]


def test_a_code_that_stands_twice_is_read_from_neither_row():
    ret = read(county(put(PRESCHOOL, "A10", "A03")))
    assert ret.entry(PUBLIC).state is EntryState.BAD
    [finding] = findings(ret, "duplicate_row")
    assert sentence(finding, plan_2021()) == "学前教育：代码A03（其中：公办园在园幼儿）出现多次（A9、A10）。"
    assert ret.entry(PRIVATE).state is EntryState.ABSENT  # its name stands beside a code that is not its own


def test_a_title_that_stands_twice_is_read_from_neither_column():
    ret = read(county(put(AID, "H5", "本期")))
    assert ret.entry("aid.amount").state is EntryState.BAD
    assert [(f.rule, f.severity, f.fields["cells"]) for f in findings(ret)] == [
        ("duplicate_column", Severity.BLOCKS, "E、H")
    ]


def test_names_sorted_away_from_their_codes_stop_the_return():
    ret = read(county(put(PRESCHOOL, "B9", "其中：民办园在园幼儿"), put(PRESCHOOL, "B10", "其中：公办园在园幼儿")))
    assert spoken(ret) == [("name_misplaced", "blocks", "学前教育!B9"), ("name_misplaced", "blocks", "学前教育!B10")]


def test_a_row_nobody_asked_for_is_noted_and_not_read():
    def one_more(book):
        book[PRESCHOOL].insert_rows(10)
        book[PRESCHOOL]["B10"], book[PRESCHOOL]["E10"] = "其中：某园", 55

    ret = read(county(one_more))
    assert told(ret) == answers()
    assert spoken(ret) == [("extra_row", "note", "学前教育!E10")]


def test_a_second_copy_of_a_sheet_is_noted_and_not_read():
    ret = read(county(lambda book: book.copy_worksheet(book[PRESCHOOL])))
    assert told(ret) == answers()
    assert [f.rule for f in findings(ret)] == ["extra_sheet"]
