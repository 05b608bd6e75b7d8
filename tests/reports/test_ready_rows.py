"""Rows put into a workbook as ready XML: three other programs read in each cell what was to stand there, and nothing else."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from math import inf, nan

import openpyxl
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st
from libreoffice import LO
from workbook_fixtures import by_libreoffice
from xlsxwriter.workbook import Workbook

from reports.workbook.cells import writable
from reports.workbook.ready_rows import ReadyRows, filled

PLAIN, COUNT, SHARE, DAY, QUOTED = range(5)
FORMATS = (
    {},
    {"num_format": "#,##0"},
    {"num_format": "0.00%"},
    {"num_format": "yyyy-mm-dd"},
    {"quote_prefix": True, "bold": True},
)
ROWS = (
    ("甲", (COUNT, 1968, "", False), None, (SHARE, 0.87156775908, "A1/B1", True)),
    ("乙", (COUNT, 1968, "", False), "x & <y>", (SHARE, 0.1, "", False)),
    ("甲", (QUOTED, "=1+1"), (DAY, 44474, "", False)),
    (None, None, None, (QUOTED, "")),
    ("  a\nb  ", "_x0041_", 'said "so"', "乙"),
)
SHOWN = [
    ["甲", 1968, None, 0.87156775908],
    ["乙", 1968, "x & <y>", 0.1],
    ["甲", "=1+1", datetime(2021, 10, 5), None],
    [None, None, None, None],
    ["  a\nb  ", "_x0041_", 'said "so"', "乙"],
]


def made(*tables: tuple[int, tuple], head: str = "表头", height: int | None = None) -> bytes:
    """Tables at their rows on the second of two sheets, whose first row says `head`. height: of the first table's first row."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    looks = [book.add_format(one) for one in FORMATS]
    book.add_worksheet("前").write_string(0, 0, "前", looks[COUNT])
    sheet = book.add_worksheet("表")
    sheet.write_string(0, 0, head)
    ready = []
    for top, rows in tables:
        table = ReadyRows(top, looks, PLAIN)
        table.rows = list(rows)
        table.sample(sheet)
        ready.append(table)
    if height:
        sheet.set_row(tables[0][0], height)
    book.close()
    return filled(out.getvalue(), {2: ready})


def part_of(content: bytes, name: str = "xl/worksheets/sheet2.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name).decode()


def by_openpyxl(content: bytes, **how: bool) -> list[list]:
    sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True, **how)["表"]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def by_calamine(content: bytes) -> list[list]:
    """A blank cell is "" there; a day is a date."""
    sheet = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_name("表")
    return [[None if cell == "" else cell for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def test_every_program_reads_each_cell_in_its_place():
    content = made((3, ROWS))
    above = [["表头", None, None, None], [None] * 4, [None] * 4]
    assert by_openpyxl(content) == above + SHOWN
    assert by_openpyxl(content, read_only=True)[3:] == SHOWN
    day = SHOWN[2][2]
    expected = [[cell.date() if cell == day else cell for cell in row] for row in above + SHOWN]
    assert by_calamine(content) == expected


@pytest.mark.skipif(LO is None, reason="LibreOffice (soffice) is not installed here")
def test_libreoffice_reads_each_cell_in_its_place(tmp_path):
    rows = [tuple(cell for cell in row if not isinstance(cell, tuple) or len(cell) < 3 or not cell[2]) for row in ROWS]
    saved = by_openpyxl(by_libreoffice(made((3, rows)), tmp_path, "xlsx"))
    assert [row[:3] for row in saved[3:]] == [row[:3] for row in SHOWN]


def test_looks_go_with_their_cells_and_a_formula_stays_one():
    sheet = openpyxl.load_workbook(io.BytesIO(made((3, ROWS))))["表"]
    assert sheet["D4"].value == "=A1/B1" and sheet["D4"].number_format == "0.00%"
    assert sheet["B5"].number_format == "#,##0" and sheet["C6"].is_date
    assert sheet["B6"].quotePrefix and sheet["B6"].data_type == "s" and sheet["B6"].font.b and not sheet["A6"].font.b
    assert sheet["D7"].font.b and sheet["D7"].value is None


def test_a_table_of_one_cell_spills_over_nothing():
    """What is written as a sample stays within the table: a number has a look, a text that stands once has one too."""
    for cell, shown in (((COUNT, 7, "", False), 7), ("甲", "甲"), ("a b", "a b"), ((QUOTED, "@"), "@")):
        content = made((1, ((cell,),)), (2, (("尾",),)))
        assert by_openpyxl(content) == by_calamine(content) == [["表头"], [shown], ["尾"]]


def test_several_tables_stand_on_one_sheet_with_gaps_between():
    content = made((2, ROWS[:1]), (6, ROWS[:1]), (9, ()))
    for read in (by_openpyxl, by_calamine):
        assert [n for n, row in enumerate(read(content)) if row[0] == "甲"] == [2, 6]


def test_a_row_keeps_its_height_and_the_sheet_says_how_large_it_is():
    content = made((4, ROWS[:2]), height=33)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["表"]
    assert sheet.row_dimensions[5].height == 33 and sheet.row_dimensions[6].height is None
    assert '<dimension ref="A1:D6"/>' in part_of(content)


def test_rows_and_cells_that_follow_the_one_before_do_not_say_where_they_stand():
    part = part_of(made((3, ROWS)))
    assert re.findall(r'<row r="(\d+)"', part) == ["4"] and "<c r=" not in part and "spans" not in part


def test_cells_beside_a_gap_keep_their_place():
    out = io.BytesIO()
    with Workbook(out) as book:
        sheet = book.add_worksheet("表")
        sheet.write_string(0, 2, "丙")
        sheet.write_row(1, 0, ["a", "b"])
    content = filled(out.getvalue(), {})
    assert by_openpyxl(content) == by_calamine(content) == [[None, None, "丙"], ["a", "b", None]]


def test_a_text_that_comes_again_is_kept_once():
    content = made((1, tuple((text,) for text in ("again", "once", "again"))))
    shared = part_of(content, "xl/sharedStrings.xml")
    assert shared.count("again") == 1 and "once" not in shared and part_of(content).count("once") == 1


@pytest.mark.parametrize(
    "value", [0.1, 1 / 3, 49.859313449634215, 1968, 1968.0, -0.5, 0.0, 1e-7, 1e15, 123456789.123456]
)
def test_a_number_is_read_back_to_the_last_bit(value):
    [_, [found]] = by_openpyxl(made((1, (((COUNT, value, "", False),),))))
    assert found == value


def test_a_whole_number_has_no_decimals_and_no_number_more_digits_than_it_needs():
    part = part_of(made((1, (((COUNT, 1968.0, "", False), (SHARE, 0.87156775908, "", False)),))))
    assert "<v>1968</v>" in part and "<v>0.87156775908</v>" in part


@pytest.mark.parametrize("value", [nan, inf, -inf])
def test_what_is_no_number_is_refused_and_not_written(value):
    with pytest.raises(ValueError, match="cannot stand in a cell"):
        made((1, (((COUNT, value, "", False),),)))


TEXTS = st.text(st.characters(exclude_characters="\r"), max_size=12).map(
    writable
)  # which no program reads back as it was
CELLS = (
    st.none()
    | TEXTS.filter(bool)
    | st.tuples(st.just(QUOTED), TEXTS)
    | st.tuples(st.sampled_from((COUNT, SHARE)), st.floats(-1e9, 1e9), st.just(""), st.booleans())
)


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=6))
def test_whatever_stands_in_a_table_is_read_as_it_was(rows):
    read = by_openpyxl(made((1, tuple(map(tuple, rows)))))[1:]
    for n, row in enumerate(rows):
        for column, cell in enumerate(row):
            value = cell[1] if isinstance(cell, tuple) else cell
            found = read[n][column] if n < len(read) and column < len(read[n]) else None
            assert found == (value if value != "" else None), (n, column)
