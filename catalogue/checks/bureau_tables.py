"""The bureau's own tables under reports: every placeholder can be filled, or is named with its sheet and cell.

Read without the warehouse. What only filling shows (no room below a table) is told by `python -m reports layouts`.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from catalogue.checks.refer import is_follow_on
from catalogue.entries import Mistake
from catalogue.load import examine
from catalogue.model import Plan
from catalogue.placeholders import SLOT, Wrong, wrong_in_row

FOLDER = "reports"
# What a name that is not found may be missing from
REFERS = {
    "unknown": (("indicators.toml", ""), ("commitments.toml", "")),
    "unknown_near": (("indicators.toml", ""), ("commitments.toml", "")),
    "unknown_unit": (("units.toml", ""),),
}


def files(plan_folder: Path) -> list[Path]:
    """By name; but not those that an open Excel or a file manager leaves beside them."""
    found = (plan_folder / FOLDER).glob("*")
    return sorted(path for path in found if path.is_file() and not path.name.startswith(("~$", ".")))


def examine_whole(plan_folder: Path) -> tuple[Plan | None, list[Mistake]]:
    """As `examine`, with what is wrong in the bureau's own tables."""
    plan, mistakes = examine(plan_folder)
    if plan is None:
        return plan, mistakes
    of_tables = [problem for problem in bureau_tables(plan_folder, plan) if not is_follow_on(problem, mistakes)]
    return plan, [*mistakes, *of_tables]


def bureau_tables(plan_folder: Path, plan: Plan) -> list[Mistake]:
    return sorted(problem for path in files(plan_folder) for problem in _of_file(path, plan))


def _of_file(path: Path, plan: Plan) -> Iterator[Mistake]:
    if path.suffix.lower() != ".xlsx":
        yield _mistake(path, "", Wrong("other_format"))
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what it does not read
            book = load_workbook(path)
    except Exception:  # whatever openpyxl stumbles over in a file of somebody else's
        yield _mistake(path, "", Wrong("unreadable", name=path.name))
        return
    for sheet in book.worksheets:
        yield from _of_sheet(path, sheet, plan)


def _of_sheet(path: Path, sheet: Worksheet, plan: Plan) -> Iterator[Mistake]:
    for row in sheet.iter_rows():
        for cell in row:
            if _is_formula(cell) and SLOT.search(str(cell.value)):
                yield _mistake(path, f"{sheet.title}!{cell.coordinate}", Wrong("in_formula"))
        texts = {cell.coordinate: cell.value for cell in row if isinstance(cell.value, str) and not _is_formula(cell)}
        for place, problem in wrong_in_row(texts, plan):
            yield _mistake(path, f"{sheet.title}!{place or row[0].row}", problem)


def _is_formula(cell: Cell) -> bool:
    return bool(cell.data_type == "f")


def _mistake(path: Path, place: str, problem: Wrong) -> Mistake:
    refers = REFERS.get(problem.key, ())
    return Mistake(f"{FOLDER}/{path.name}", place, "", problem.told("en"), problem.told("zh"), refers)
