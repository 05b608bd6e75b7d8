"""What each kind of workbook can hold that the others cannot."""

from __future__ import annotations

import pytest
from cells_fixtures import (
    archive,
    cells_of,
    ods,
    states_of,
    values_of,
    worksheet,
    written,
    xlsb,
    xlsx,
    xlsx_parts,
)
from openpyxl.formula.translate import Translator

from etl.cells import read_cells
from etl.cells.addresses import address, moved
from etl.model import Cell, CellState

FORMULA = '<table:table-cell table:formula="of:=1"/>'
NUMBER = '<table:table-cell office:value-type="float" office:value="{0}"><text:p>{0}</text:p></table:table-cell>'


def test_formulas_of_a_program_that_computes_nothing_are_named_in_ods():
    file = ods(f"<table:table-row>{NUMBER.format(1)}{FORMULA}</table:table-row>")
    assert cells_of(file) == {"A1": Cell(1.0), "B1": Cell(None, CellState.UNCACHED, "1")}


def test_ods_repetitions_headers_groups_and_notes_keep_addresses_true():
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    file = ods(
        f"<table:table-header-rows><table:table-row>{NUMBER.format(1)}</table:table-row></table:table-header-rows>"
        f'<table:table-row-group><table:table-row table:number-rows-repeated="2"><table:table-cell>{note}</table:table-cell>'
        f'<table:table-cell table:number-columns-repeated="2"/>{NUMBER.format(2)}</table:table-row></table:table-row-group>'
        '<table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert values_of(file) == {"A1": 1, "D2": 2, "D3": 2}


def test_xlsb_values_errors_and_hidden_sheets():
    file = xlsb()
    assert read_cells(file).kind == "xlsb"
    assert values_of(file) == {"A1": "文字", "B1": 12.5, "B2": "#DIV/0!", "C2": 25, "A3": "#N/A", "A5": "题"}
    assert states_of(file, CellState.ERROR) == {"B2": "#DIV/0!", "A3": "#N/A"}
    assert [(sheet.name, sheet.hidden) for sheet in read_cells(file).sheets] == [("数据", False), ("藏", True)]


def test_a_value_under_a_merge_is_not_read():
    merge = '<mergeCells><mergeCell ref="B2:C3"/></mergeCells>'
    rows = '<row r="2"><c r="B2"><v>1</v></c><c r="C2"><v>2</v></c></row><row r="3"><c r="C3"><v>3</v></c><c r="D3"><v>4</v></c></row>'
    assert values_of(xlsx(rows, merge)) == {"B2": 1, "D3": 4}
    span = NUMBER.format(1).replace("<table:table-cell", '<table:table-cell table:number-columns-spanned="2"', 1)
    covered = NUMBER.format(9).replace("table-cell", "covered-table-cell")
    assert values_of(ods(f"<table:table-row>{span}{covered}{NUMBER.format(3)}</table:table-row>")) == {"A1": 1, "C1": 3}


XLSX_CELLS = [
    ("a result of no letters is a text", '<c r="A1" t="str"><f>""</f><v></v></c>', Cell("", CellState.BLANK, '""')),
    ("an empty result is none", '<c r="A1"><f>B1</f><v/></c>', Cell(None, CellState.UNCACHED, "B1")),
    ("an error calamine knows", '<c r="A1" t="e"><v>#REF!</v></c>', Cell("#REF!", CellState.ERROR)),
    (
        "an error it does not know",
        '<c r="A1" t="e"><f>C:C</f><v>#SPILL!</v></c>',
        Cell("#SPILL!", CellState.ERROR, "C:C"),
    ),
    ("a text that looks like an error", '<c r="A1" t="str"><v>#SPILL!</v></c>', Cell("#SPILL!")),
    ("a number that is none", '<c r="A1"><v>1e999</v></c>', Cell("#NUM!", CellState.ERROR)),
    ("leading zeros of a text", '<c r="A1" t="inlineStr"><is><t>007</t></is></c>', Cell("007")),
    ("an address left out", "<c><v>3</v></c>", Cell(3.0)),
    ("a whole number stays as the file has it", '<c r="A1"><v>3</v></c>', Cell(3.0)),
]


@pytest.mark.parametrize(("cell", "expected"), [case[1:] for case in XLSX_CELLS], ids=[case[0] for case in XLSX_CELLS])
def test_xlsx_cell(cell, expected):
    assert cells_of(xlsx(f'<row r="1">{cell}</row>'))["A1"] == expected


def test_two_unknown_errors_leave_their_neighbours_alone():
    file = xlsx(
        '<row r="1"><c r="A1" t="e"><v>#CALC!</v></c><c r="B1"><v>1</v></c><c r="C1" t="e"><v>#GETTING_DATA</v></c><c r="D1"><v>2</v></c></row>'
    )
    assert values_of(file) == {"A1": "#CALC!", "B1": 1, "C1": "#GETTING_DATA", "D1": 2}


def test_a_prefixed_sheet_reads_like_any_other():
    sheet = worksheet('<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1"><f>1</f></c></row>')
    for tag in ("worksheet", "sheetData", "row", "c", "v", "f"):
        sheet = sheet.replace(f"<{tag}", f"<x:{tag}").replace(f"</{tag}", f"</x:{tag}")
    file = archive(xlsx_parts(sheet.replace("xmlns=", "xmlns:x=")))
    assert [cell.state for cell in cells_of(file).values()] == [CellState.ERROR, CellState.UNCACHED]


def test_styled_blanks_far_out_are_no_cells():
    assert values_of(
        xlsx('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>')
    ) == {"A1": 1}


def test_a_formula_filled_down_is_told_for_each_cell():
    file = xlsx(
        '<row r="3"><c r="D3"><f t="shared" ref="D3:D5" si="0">B3+$C$3</f><v>1</v></c></row>'
        '<row r="5"><c r="D5"><f t="shared" si="0"/><v>2</v></c></row>'
    )
    assert {at: cell.formula for at, cell in cells_of(file).items()} == {"D3": "B3+$C$3", "D5": "B5+$C$3"}


@pytest.mark.parametrize(
    "formula",
    ["SUM(B3:C9)/$D$4", 'IF(A1="B2","B3",LOG10(C4))', "'B2 表'!C3+Sheet1!D4", "SUM(B:C)+SUM(3:4)", "SUM($B:C,2:$3)",
     'IF(COUNT(D7,D8)>0,SUM(D7,D8),"")', "表1!A1&B2", "ROUND(1E5*A1,2)", "A1"],
)  # fmt: skip
@pytest.mark.parametrize("by", [(2, 1), (0, 3), (17, 0)])
def test_moving_a_formula_agrees_with_openpyxl(formula, by):
    there = address(10 + by[0], 10 + by[1])
    assert f"={moved(formula, *by)}" == Translator(f"={formula}", "J10").translate_formula(there)


def test_a_reference_moved_off_the_sheet_is_an_error():
    assert moved("A1+B3+A:A", -2, -1) == "#REF!+A1+#REF!"
    assert moved("XFD1+A1048576", 1, 1) == "#REF!+#REF!"


@pytest.mark.parametrize("target", ["./worksheets/", "/xl/worksheets/", "../xl/worksheets/", "worksheets\\"])
def test_a_sheet_is_found_where_the_workbook_says(target):
    parts = xlsx_parts(worksheet('<row r="1"><c r="A1"><v>1</v></c></row>'))
    rels = "xl/_rels/workbook.xml.rels"
    assert values_of(archive({**parts, rels: parts[rels].replace("worksheets/", target)})) == {"A1": 1}


def test_a_workbook_without_a_list_of_relations_at_the_root_is_read_all_the_same():
    parts = xlsx_parts(worksheet('<row r="1"><c r="A1"><v>1</v></c></row>'))
    del parts["_rels/.rels"]
    assert values_of(archive(parts)) == {"A1": 1}


def test_chart_sheets_are_passed_over():
    def fill(book):
        sheet = book.add_worksheet("数据")
        sheet.write("A1", 1)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=数据!$A$1:$A$1"})
        book.add_chartsheet("图").set_chart(chart)
        book.add_worksheet("后页").write("B2", 2)

    assert [sheet.name for sheet in read_cells(written(fill)).sheets] == ["数据", "后页"]


def test_a_workbook_with_macros_is_xlsm():
    parts = xlsx_parts(worksheet('<row r="1"><c r="A1"><v>1</v></c></row>'))
    assert read_cells(archive({**parts, "xl/vbaProject.bin": b"\0"})).kind == "xlsm"
