"""Reads back what a workbook of ours says of itself, and the numbers that stand in it now."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.utils.exceptions import CellCoordinatesException

from reports.layout_looks import in_percent
from reports.proof import Proof, read_json
from reports.workbook.book import PROOF_SHEET

Cells = Callable[[], list[list[tuple[Any, ...]]]]  # sheet by sheet, row by row


def read_proof(content: bytes) -> tuple[Proof, dict[str, Any], Cells]:
    """The proof; for each place it names what stands there now: a number, a text, None for nothing or for a sheet that is
    gone; and all cells of the sheets to be seen.

    A formula speaks by its kept result, a cell shown in percent by what it shows: 0.796 there is 79.6. Raises ValueError for
    a file that carries no proof of ours.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what it would lose if it were to write the file
            book = load_workbook(BytesIO(content), read_only=True, data_only=True)
            if PROOF_SHEET not in book.sheetnames:
                raise ValueError("not a workbook of ours: no proof in it")
            chunks = [row[0] for row in book[PROOF_SHEET].iter_rows(max_col=1, values_only=True)]
            proof = read_json("".join(str(chunk) for chunk in chunks if chunk is not None))
            return proof, _now(book, [number.place for number in proof.numbers if number.place]), lambda: _cells(book)
    except ValueError:
        raise
    except Exception as problem:  # a damaged workbook brings openpyxl to raise whatever its parts stumble over
        raise ValueError(f"not a workbook: {problem}") from problem


def _cells(book: Any) -> list[list[tuple[Any, ...]]]:
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets if sheet.title != PROOF_SHEET]


def _now(book: Any, places: list[str]) -> dict[str, Any]:
    """Each sheet is read once."""
    wanted: dict[str, set[tuple[int, int]]] = {}
    found: dict[str, Any] = dict.fromkeys(places)
    for place in places:
        sheet, row, column = _parsed(place)
        wanted.setdefault(sheet, set()).add((row, column))
    for sheet in wanted.keys() & set(book.sheetnames):
        for row in book[sheet].iter_rows():
            for cell in row:
                if cell.value is not None and (cell.row, cell.column) in wanted[sheet]:
                    found[f"{sheet}!{cell.coordinate}"] = _shown(cell)
    return found


def _parsed(place: str) -> tuple[str, int, int]:
    sheet, _, cell = place.rpartition("!")
    try:
        column, row = coordinate_from_string(cell)
        return sheet, row, column_index_from_string(column)
    except (CellCoordinatesException, ValueError) as problem:
        raise ValueError(f"not a proof: no such place {place!r}") from problem


def _shown(cell: Any) -> Any:
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool) and in_percent(cell.number_format or ""):
        return value * 100
    return value
