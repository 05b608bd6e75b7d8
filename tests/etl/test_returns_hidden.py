"""What a workbook does not show: a second tab of the same meaning, rows, columns, and what a filter leaves out."""

from __future__ import annotations

import struct

import pytest
from binary_fixtures import PLAIN, biff, number, styled_xls, styled_xlsb
from cells_fixtures import archive, ods, record, worksheet, xlsx, xlsx_parts
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font as OpenpyxlFont
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.filters import FilterColumn, Filters
from plan_fixtures import plan_2021
from returns_fixtures import A03, A04, CHILDREN, PRESCHOOL, PUBLIC, answers, county, findings, put, read, spoken, told

from etl.cells import read_cells
from etl.cells.hidden_xml import areas
from etl.cells.limits import LIMITS
from etl.cells.styles_xml import styles
from etl.messages import mend, sentence
from etl.model import EntryState, SheetCells

COPY = "旧表"


def second(state: str, *, first: bool = False, named: str = COPY, other: str = "visible", **changes):
    """A copy of 学前教育 in that state, with those cells changed. first: it stands before the other. other: its state."""

    def edit(book):
        copy = book.copy_worksheet(book[PRESCHOOL])
        copy.sheet_state, book[PRESCHOOL].sheet_state = state, other
        if named == PRESCHOOL:
            book[PRESCHOOL].title = COPY
        copy.title = named
        for at, value in changes.items():
            copy[at] = value
        if first:
            book.move_sheet(copy, -len(book.sheetnames) + 1)

    return edit


def one(ret, rule: str) -> str:
    [finding] = findings(ret, rule)
    for language in ("zh", "en"):
        assert "{" not in sentence(finding, plan_2021(), language) + mend(finding, plan_2021(), language)
    return sentence(finding, plan_2021(), "zh")


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_of_two_tabs_the_visible_one_is_read_and_a_difference_is_asked_about(state, first):
    ret = read(county(second(state, first=first, **{A03: 5, A04: 6})))
    assert told(ret) == answers()
    assert spoken(ret) == [("hidden_tab_differs", "blocks", f"{PRESCHOOL}!{A03}")]
    shown = ret.entry(PUBLIC).raw
    assert one(ret, "hidden_tab_differs") == (
        f"学前教育!E9 公办园在园幼儿：读取的是工作表“学前教育”（此处为{shown}）；隐藏的工作表“旧表”是同一张表，"
        "填报值不同（旧表!E9为5）。"
    )


def test_the_visible_one_is_read_even_where_the_hidden_one_bears_the_name():
    ret = read(county(second("visible", named=COPY, other="hidden", **{A03: 5})))
    assert (ret.value(PUBLIC), ret.entry(PUBLIC).at.sheet) == (5, COPY)
    assert [(rule, at) for rule, _, at in spoken(ret) if rule != "total_equals_parts"] == [
        ("hidden_tab_differs", f"{COPY}!{A03}")
    ]


def test_a_hidden_tab_that_answers_what_the_visible_one_leaves_blank_is_asked_about():
    ret = read(county(second("hidden"), put(PRESCHOOL, A03, None)))
    assert ret.entry(PUBLIC).state is EntryState.BLANK
    assert "此处为—" in one(ret, "hidden_tab_differs")


def test_a_hidden_tab_that_says_the_same_or_nothing_is_only_noted():
    for changes in ({}, {A03: None, A04: None}):
        ret = read(county(second("hidden", **changes)))
        assert [rule for rule, _, _ in spoken(ret)] == ["extra_sheet"]


def test_two_tabs_that_can_be_seen_and_differ_are_asked_about_too():
    ret = read(county(second("visible", **{A03: 5})))
    assert told(ret) == answers()
    assert spoken(ret) == [("tabs_differ", "blocks", f"{PRESCHOOL}!{A03}")]
    assert "旧表!E9为5" in one(ret, "tabs_differ")


def test_a_hidden_tab_is_read_where_there_is_no_other():
    ret = read(county(lambda book: setattr(book[PRESCHOOL], "sheet_state", "hidden")))
    assert told(ret) == answers() and spoken(ret) == []


def hide(rows=(), columns=(), filtered=False):
    def edit(book):
        sheet = book[PRESCHOOL]
        for row in rows:
            sheet.row_dimensions[row].hidden = True
        for column in columns:
            sheet.column_dimensions[column].hidden = True
        if filtered:
            sheet.auto_filter.ref = "A6:G20"
            sheet.auto_filter.filterColumn.append(FilterColumn(colId=0, filters=Filters(filter=["A01"])))

    return edit


def test_answers_in_hidden_rows_are_read_and_noted():
    ret = read(county(hide(rows=(8, 9, 12))))
    assert told(ret) == answers()
    assert spoken(ret) == [("hidden_rows", "note", f"{PRESCHOOL}!E8")]
    assert one(ret, "hidden_rows") == "学前教育!E8：工作表“学前教育”的隐藏行中（第8、9、12行）有3格已填，已照常读取。"


def test_rows_left_out_by_a_filter_are_said_to_be():
    ret = read(county(hide(rows=(8,), filtered=True)))
    assert told(ret) == answers()
    assert spoken(ret) == [("filtered_rows", "note", f"{PRESCHOOL}!E8")]
    assert "正在筛选" in one(ret, "filtered_rows")


def test_answers_in_a_hidden_column_are_noted_and_a_hidden_column_of_names_is_not():
    ret = read(county(hide(columns="E")))
    assert told(ret) == answers()
    assert spoken(ret) == [("hidden_columns", "note", f"{PRESCHOOL}!E7")]
    assert "（E列）有11格" in one(ret, "hidden_columns")
    assert spoken(read(county(hide(columns="B")))) == []


def test_hidden_rows_without_an_answer_and_a_filter_that_hides_none_are_of_no_account():
    assert spoken(read(county(hide(rows=(3, 8), filtered=True), put(PRESCHOOL, "E8", None)))) == []
    assert read(county(hide(rows=(8,)), put(PRESCHOOL, "E8", None))).entry(CHILDREN).state is EntryState.BLANK


def test_a_reason_in_a_hidden_column_is_noted():
    ret = read(county(hide(columns="F"), put(PRESCHOOL, f"F{A03[1:]}", "秋季新生入学")))
    assert spoken(ret) == [("hidden_columns", "note", f"{PRESCHOOL}!F9")]


# What each kind of file tells


def unseen(sheet: SheetCells) -> tuple[list[int], list[int], bool]:
    return sorted(sheet.hidden_rows), sorted(sheet.hidden_columns), sheet.filtered


def test_in_an_xlsx():
    cells = "".join(
        f'<row r="{n}" {more}><c r="A{n}"><v>1</v></c><c r="C{n}"><v>2</v></c></row>'
        for n, more in (
            (1, ""),
            (2, 'hidden="1"'),
            (3, 'hidden="true"'),
            (4, 'ht="0" customHeight="1"'),
            (5, 'hidden="0"'),
        )
    )
    columns = '<cols><col min="2" max="16384" width="9" hidden="1"/></cols>'
    part = worksheet(cells, '<autoFilter ref="A1:C9"><filterColumn colId="0"/></autoFilter>')
    part = part.replace("<sheetData>", columns + "<sheetData>")
    assert unseen(read_cells(archive(xlsx_parts(part))).sheets[0]) == ([2, 3, 4], [3], True)
    assert unseen(read_cells(xlsx(cells, '<autoFilter ref="A1:C9"/>')).sheets[0]) == ([2, 3, 4], [], False)
    part = worksheet(cells).replace("<sheetData>", '<sheetPr filterMode="1"/><sheetData>')
    assert read_cells(archive(xlsx_parts(part))).sheets[0].filtered


def test_in_an_xls():
    def row(n: int, hidden: bool) -> bytes:
        return biff(0x0208, struct.pack("<HHHHHHI", n, 0, 3, 300, 0, 0, 0x100 | (0x20 if hidden else 0)))

    cells = b"".join(number(n, 0, PLAIN, 1) + number(n, 2, PLAIN, 2) for n in range(3))
    columns = biff(0x007D, struct.pack("<HHHHHH", 1, 255, 2000, 0, 1, 0))
    content = styled_xls(biff(0x009B) + columns + row(0, False) + row(1, True) + cells)
    assert unseen(read_cells(content).sheets[0]) == ([2], [3], True)
    content = styled_xls(biff(0x007D, struct.pack("<HHHHHH", 1, 255, 2000, 0, 0, 0)) + row(1, False) + cells)
    assert unseen(read_cells(content).sheets[0]) == ([], [], False)


def test_in_an_xlsb():
    def cell(column: int) -> bytes:
        return record(5, struct.pack("<IId", column, 0, 1))

    hidden = record(0, struct.pack("<IIHBBBI", 1, 0, 0, 0, 0x10, 0, 0))
    columns = record(60, struct.pack("<IIIIH", 1, 16383, 2000, 0, 1))
    content = styled_xlsb(columns + cell(0) + cell(2) + hidden + cell(0) + record(163, struct.pack("<IH", 0, 0)))
    assert unseen(read_cells(content).sheets[0]) == ([2], [3], True)
    assert unseen(read_cells(styled_xlsb(cell(0) + cell(2))).sheets[0]) == ([], [], False)


@pytest.mark.parametrize(("word", "filtered"), [("collapse", False), ("filter", True)])
def test_in_an_ods(word, filtered):
    columns = '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    row = (
        "<table:table-row {}>"
        + '<table:table-cell office:value-type="float" office:value="1"/>' * 4
        + "</table:table-row>"
    )
    more = f'table:visibility="{word}" table:number-rows-repeated="2"'
    content = ods(columns + row.format("") + row.format(more) + row.format(""))
    assert unseen(read_cells(content).sheets[0]) == ([2, 3], [2, 3], filtered)


def test_a_sheet_that_hides_a_million_blank_rows_is_read():
    row = '<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
    rest = '<table:table-row table:visibility="collapse" table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
    assert LIMITS.rows < 1048575
    assert unseen(read_cells(ods(row + rest)).sheets[0]) == ([], [], False)


# What a condition may strike out


def striking(*areas: str, struck: bool = True):
    def edit(book):
        for area in areas:
            look = DifferentialStyle(font=OpenpyxlFont(strike=struck, color="999999"))
            rule = Rule(type="expression", dxf=look, formula=["$E8>99999"])
            book[PRESCHOOL].conditional_formatting.add(area, rule)

    return edit


def test_answers_that_a_condition_may_strike_out_are_read_and_noted_once_a_sheet():
    ret = read(county(striking(f"{A03}:{A04}", f"A1:B2 {A03}")))
    assert told(ret) == answers() and spoken(ret) == [("maybe_struck", "note", f"{PRESCHOOL}!{A03}")]
    assert "条件格式可能把填报格划去（范围内有2格已填）" in one(ret, "maybe_struck")


@pytest.mark.parametrize("edit", [striking("A1:B3"), striking(f"{A03}:{A04}", struck=False), striking("IV900:IV901")])
def test_a_condition_that_strikes_out_no_answer_is_nothing_to_note(edit):
    assert spoken(read(county(edit))) == []


def test_areas_are_read_as_they_may_be_written():
    dxfs = '<dxfs count="2"><dxf><font/></dxf><dxf><font><strike/></font></dxf></dxfs>'
    looks = f'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{dxfs}</styleSheet>'
    assert styles(looks.encode()).strikes == {"1"}
    assert areas("B3:C9 D4 A:A 3:7 $B$3 #REF! b2") == [(3, 2, 9, 3), (4, 4, 4, 4)]
