"""The quick sheet writes what XlsxWriter's own writes: the same cells, the same looks, read by a program that is not ours."""

from __future__ import annotations

import io
import random
from datetime import datetime
from itertools import pairwise

import openpyxl
import pytest
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.workbook.pages import LEAST, MOST, parts
from reports.workbook.quick import QuickSheet


def written(kind: type[Worksheet]) -> openpyxl.Workbook:
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        bold, framed = book.add_format({"bold": True}), book.add_format({"border": 1, "num_format": "0.00"})
        sheet = book.add_worksheet("甲", kind)
        sheet.write_string(0, 0, "题 <&> “引”", bold)
        sheet.write_string(1, 3, " 两端有空格 ")
        sheet.set_row(0, 30)
        sheet.set_row(4, 40)  # nothing in it
        rows = [(2, [(0, "文", bold), (1, 0.1 + 0.2, framed), (2, -1e-9, framed), (27, 123456789012.25, framed)])]
        rows.append((3, [(0, "文", framed), (2, "=1", bold)]))
        for row, told in rows:
            if isinstance(sheet, QuickSheet):
                sheet.write_told(row, told)
            else:
                for column, value, look in told:
                    (sheet.write_string if isinstance(value, str) else sheet.write_number)(row, column, value, look)
        sheet.write_blank(2, 5, None, framed)
        sheet.write_formula(2, 4, "=B3*2", framed, 0.6)
        sheet.write_datetime(5, 0, datetime(2021, 9, 30), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_boolean(5, 1, True)
        sheet.write_url(5, 2, "internal:'甲'!A1", bold, "回")
        book.add_worksheet("空", kind)
    return openpyxl.load_workbook(io.BytesIO(out.getvalue()))


def test_it_is_the_ordinary_sheet_cell_by_cell():
    quick, ordinary = (
        {
            (page.title, cell.coordinate): (
                cell.value,
                cell.data_type,
                cell.number_format,
                cell.font.b,
                cell.border.top.style,
            )
            for page in written(kind)
            for row in page.iter_rows()
            for cell in row
        }
        for kind in (QuickSheet, Worksheet)
    )
    assert quick == ordinary and len(quick) > 100
    assert written(QuickSheet)["甲"].row_dimensions[5].height == written(Worksheet)["甲"].row_dimensions[5].height > 39


def test_a_row_of_nothing_is_no_row():
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("甲", QuickSheet).write_told(7, [])
    assert openpyxl.load_workbook(io.BytesIO(out.getvalue()))["甲"].dimensions == "A1:A1"


# Pages beside each other


def test_a_sheet_that_fits_one_page_large_enough_stays_on_one():
    assert parts([100.0] * 11, 1, (), 820) is None  # 74 percent


def test_a_wide_one_takes_as_few_pages_as_can_be_read_and_no_column_is_cut():
    found = parts([100.0] * 20, 1, (), 820)
    assert found is not None and LEAST <= found.scale <= MOST and len(found.begins) == 1
    room = 820 * 100 / found.scale
    first = found.begins[0]
    assert 100 * first <= room and 100 * (1 + 20 - first) <= room


@pytest.mark.parametrize("seed", range(20))
def test_what_belongs_together_stands_on_one_page(seed):
    choice = random.Random(seed)
    widths = [float(choice.randint(40, 140)) for _ in range(choice.randint(18, 60))]
    inner = {n for n in range(2, len(widths)) if n % 3}
    found = parts(widths, 1, inner, 820)
    assert found is not None and not inner & set(found.begins)
    edges = [1, *found.begins, len(widths)]
    room = 820 * 100 / found.scale
    assert all(widths[0] + sum(widths[a:b]) <= room + 1e-6 for a, b in pairwise(edges))


def test_columns_that_stand_on_every_page_leave_room_for_others():
    assert parts([900.0, *[100.0] * 9], 1, (), 820) is not None
    found = parts([400.0, 2000.0, 100.0], 1, (), 820)
    assert found is not None and found.scale < LEAST  # a column as wide as that is printed smaller, never cut
