"""Reading a workbook: every kind gives the same cells, and nothing that stands there is taken for blank."""

from __future__ import annotations

from datetime import date, datetime, time

import openpyxl
import pytest
from cells_fixtures import cells_of, kept, office_workbook, saved, states_of, typical, values_of, written

from etl.cells import read_cells
from etl.model import Cell, CellState

OFFICE = [("office.xlsx", "xlsx"), ("office.xls", "xls"), ("office.ods", "ods")]
OFFICE_FILES = [name for name, _ in OFFICE]


@pytest.mark.parametrize(("name", "kind"), OFFICE)
def test_the_kind_is_told_from_the_bytes(name, kind):
    assert read_cells(kept(name)).kind == kind


@pytest.mark.parametrize("name", OFFICE_FILES)
def test_every_kind_gives_the_same_values_at_their_true_addresses(name):
    values = values_of(kept(name))
    expected = {
        "A1": "学前教育情况表", "A3": "在园", "B3": 100, "C3": 90.5, "D3": 190.5, "E3": date(2021, 9, 30),
        "A4": "0012", "B4": date(2021, 9, 30), "C4": datetime(2021, 9, 30, 8, 5, 1),
        "B5": time(8, 30), "C5": True, "B6": 0.46, "C6": "文字", "D9": 381, "F12": "远处",
        "A15": " 前后空格 ", "A16": "两\n行", "B17": 210402,
    }  # fmt: skip
    assert {at: values[at] for at in expected} == expected


@pytest.mark.parametrize(
    ("name", "value_error"), [("office.xlsx", "#VALUE!"), ("office.xls", "#VALUE!"), ("office.ods", "Err:502")]
)
def test_an_error_is_a_cell_with_its_name_and_not_a_blank(name, value_error):
    assert states_of(kept(name), CellState.ERROR) == {"D4": "#DIV/0!", "D5": "#N/A", "D6": "#NAME?", "D8": value_error}


@pytest.mark.parametrize("name", OFFICE_FILES)
def test_a_formula_that_shows_an_empty_text_is_blank_and_not_uncomputed(name):
    assert states_of(kept(name), CellState.BLANK) == {"D7": ""}
    assert states_of(kept(name), CellState.UNCACHED) == {}


@pytest.mark.parametrize("name", OFFICE_FILES)
def test_blank_cells_are_left_out_and_cells_come_row_by_row(name):
    cells = read_cells(kept(name)).sheets[0].cells
    assert len(cells) == 23
    assert list(cells) == sorted(cells)


@pytest.mark.parametrize("name", OFFICE_FILES)
def test_hidden_sheets_are_read_and_flagged(name):
    shown, hidden = read_cells(kept(name)).sheets
    assert (shown.name, shown.hidden, hidden.name, hidden.hidden) == ("学前教育", False, "隐藏页", True)
    assert hidden.cells[2, 2].raw == "看不见"


def test_formulas_keep_their_text():
    formulas = {at: cell.formula for at, cell in cells_of(kept("office.xlsx")).items() if cell.formula}
    assert formulas["D3"] == "B3+C3"
    assert formulas["C6"] == '"文"&"字"'
    assert formulas["D4"] == "1/0"
    assert formulas["D7"] == 'IF(B3>0,"","x")'


def test_formulas_without_a_stored_result_are_named_in_xlsx():
    uncached = [at for at, cell in cells_of(office_workbook()).items() if cell.state is CellState.UNCACHED]
    assert uncached == ["D3", "E3", "D4", "D5", "C6", "D6", "D7", "D8", "D9"]
    assert cells_of(office_workbook())["D3"] == Cell(None, CellState.UNCACHED, "B3+C3")


def test_formulas_of_a_program_that_computes_nothing_are_named_in_xls():
    assert states_of(kept("not_computed.xls"), CellState.UNCACHED) == {"C1": None, "C2": None}
    assert values_of(kept("not_computed.xls"))["A1"] == 1


def test_openpyxl_and_xlsxwriter_files_read_alike():
    book = openpyxl.Workbook()
    book.active.append(["指标", 1.5, date(2021, 3, 31), None, "/"])
    expected = {"A1": "指标", "B1": 1.5, "C1": date(2021, 3, 31), "E1": "/"}
    assert values_of(saved(book)) == expected

    def fill(other):
        sheet = other.add_worksheet()
        sheet.write_row("A1", ["指标", 1.5])
        sheet.write_datetime("C1", date(2021, 3, 31), other.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write("E1", "/")

    assert values_of(written(fill)) == expected


def test_a_typical_return_is_read_whole():
    cells = read_cells(typical())
    assert [sheet.last_row for sheet in cells.sheets] == [14] * 6
    assert cells.sheets[5].cells[14, 7] == Cell(13.0, CellState.VALUE, "E14-D14")


CSV_ROWS = {"A1": "代码", "B1": "本期", "A2": "0012", "B2": "1,240", "A4": "尾", "C4": "x\ny"}
COMMA = '代码,本期\r\n0012,"1,240"\r\n\r\n尾,,"x\ny"\r\n'


@pytest.mark.parametrize(
    "content",
    [COMMA.encode(), COMMA.encode("utf-8-sig"), COMMA.encode("gb18030"), COMMA.encode("utf-16"),
     '代码\t本期\n0012\t1,240\n\n尾\t\t"x\ny"'.encode(), '代码;本期\r0012;1,240\r\r尾;;"x\ny"'.encode("gbk")],
    ids=["utf-8", "utf-8 with mark", "gb18030", "utf-16", "tab", "semicolon in gbk"],
)  # fmt: skip
def test_csv_is_one_sheet_of_texts(content):
    cells = read_cells(content)
    assert (cells.kind, [sheet.name for sheet in cells.sheets]) == ("csv", ["CSV"])
    assert values_of(content) == CSV_ROWS
