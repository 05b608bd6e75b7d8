"""What tables of a screen carry to be checked by: a digest of their cells in the place of named numbers.

A screen's table may show anything, also what is no value of the marts. So its file can be told to be as it was taken away,
or not; it is not held against the warehouse number by number.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from reports.proof import PLACES, Proof, prove, read_json
from reports.snapshot import Snapshot
from reports.table_cells import Table, day_and_time, figure, moment
from reports.workbook.cells import writable

KIND = "table:"
_BARE = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d{1,3})?")  # as a .csv has a number that is no text
LARGEST = 64 * 2**20  # bytes of a .csv
_ABOVE = 3  # rows of a sheet over the heads


def prove_tables(tables: Sequence[Table], snapshot: Snapshot) -> Proof:
    return prove(KIND + _digest([[table.heads, *table.rows] for table in tables]), snapshot, ())


def is_of_tables(proof: Proof) -> bool:
    return proof.kind.startswith(KIND)


def same(proof: Proof, sheets: list[list[tuple[Any, ...]]]) -> bool:
    """Whether the sheets of a workbook hold the cells that were written. Titles, looks and widths do not matter."""
    return proof.kind == KIND + _digest([sheet[_ABOVE:] for sheet in sheets])


def read_csv(content: bytes) -> tuple[Proof, bool] | None:
    """The proof, and whether cells were changed; None for what is no table of ours."""
    if len(content) > LARGEST or b"\0" in content:
        return None
    try:
        rows = [row for row in csv.reader(io.StringIO(_decoded(content), newline="")) if any(row)]
        told = next(cell for cell in reversed(rows[-1]) if cell.startswith("{"))
        proof = read_json(told)
    except (ValueError, csv.Error, IndexError, StopIteration):
        return None
    if not is_of_tables(proof):
        return None
    return proof, proof.kind != KIND + _digest([rows[:-1]])


def _decoded(content: bytes) -> str:
    """Excel in Chinese may save a .csv in the old code page. Raises ValueError for neither."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _digest(tables: Sequence[Sequence[Sequence[Any]]]) -> str:
    """Heads and rows of every table, blank rows and what is blank at the end of a row left out."""
    told = [[line for row in table if (line := _line(row))] for table in tables]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()[:16]


def _line(row: Sequence[Any]) -> list[str]:
    cells = [_plain(cell) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _plain(cell: Any) -> str:
    """The same for a cell of the screen, of the .xlsx and of the .csv: a figure without its unit, a text without an
    apostrophe before it."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return day_and_time(cell)
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return str(cell)
    if isinstance(cell, str):
        text = " ".join(writable(cell).removeprefix("'").split())
        if when := moment(text):
            return day_and_time(when)
        told = (float(text), "") if _BARE.fullmatch(text) else figure(text)
        if told is None:
            return text
        cell = told[0]
    return f"{cell + 0:.{PLACES}f}"
