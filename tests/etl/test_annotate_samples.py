"""Every finding about every sample return is marked at the cell it speaks of."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from annotate_fixtures import (
    AT,
    PLAN,
    filed,
    opened,
)
from demo_fixtures import FOLDER
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

from etl.annotate import Remark, annotate
from etl.annotate.rows import result_rows
from etl.cells import read_many
from etl.model import Cell, Cells, History
from etl.submission import check_return

FILES = sorted(path for path in FOLDER.rglob("*.*") if path.suffix in (".xlsx", ".xls", ".ods"))
CHOICES = {label for element in PLAN.elements.values() for _, label in element.choices}


def nothing_before(*_) -> History:
    return History()


def spoiled(cells: Cells) -> Cells:
    """Every number below zero, every choice a word that is none."""

    def worse(cell: Cell) -> Cell:
        if isinstance(cell.raw, int | float) and not isinstance(cell.raw, bool):
            return replace(cell, raw=-1 - abs(cell.raw))
        return replace(cell, raw="某状态") if cell.raw in CHOICES else cell

    sheets = [replace(sheet, cells={at: worse(cell) for at, cell in sheet.cells.items()}) for sheet in cells.sheets]
    return replace(cells, sheets=tuple(sheets))


def test_every_finding_of_every_sample_return_names_the_cell_of_its_data_item():
    seen: Counter[str] = Counter()
    for path, cells in zip(FILES, read_many(path.read_bytes() for path in FILES), strict=True):
        bad = spoiled(cells)
        found = check_return(path.read_bytes(), path.name, plan=PLAN, cells=bad, remember=nothing_before)
        where = found.ret.layout.slots()
        for row in result_rows(found, PLAN, History()):
            if row.slot is None or row.at is None:
                continue
            sheet, line, _ = where[row.slot]
            at_row, at_column = coordinate_to_tuple(row.at.address)
            held = bad.sheet(row.at.sheet).cells
            assert (row.at.sheet, held[at_row, 1].raw) == (sheet.name, line.code), path.name
            if row.problem.startswith("“某状态”"):
                assert held[at_row, at_column].raw == "某状态"
            seen[found.ret.form] += 1
    assert all(seen[form] > 50 for form in ("county", "project", "department", "backfill")), seen


@pytest.mark.parametrize(
    "quarter_and_unit", [("2021Q3", "新抚区"), ("2021Q2", "清原满族自治县"), ("2021Q3", "规划科"), ("2021Q1", "义教科")]
)
def test_the_marked_cell_stands_in_the_row_of_its_code(quarter_and_unit):
    content = filed(*quarter_and_unit)
    ret = check_return(content, "x", plan=PLAN, remember=nothing_before).ret
    slots = list(ret.entries)[::7]
    remarks = [Remark(slot.subject, slot.element, "", "", f"意见{n}。") for n, slot in enumerate(slots)]
    found = annotate(content, checked_alone(content), PLAN, remarks=remarks, at=AT).content
    where, book = ret.layout.slots(), opened(found)
    for n, slot in enumerate(slots):
        sheet, line, _ = where[slot]
        at = ret.entries[slot].at
        assert at.sheet == sheet.name
        assert code_beside(book[at.sheet], at.address) == line.code
        assert f"意见{n}。" in book[at.sheet][at.address].comment.text


def checked_alone(content: bytes):
    return check_return(content, "x.xlsx", plan=PLAN, remember=nothing_before)


def code_beside(sheet: Worksheet, address: str) -> object:
    return sheet.cell(sheet[address].row, 1).value
