"""What can be read in a sheet, as one digest: its values, not its looks, so that a file that was opened and saved is the same."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from operator import getitem, itemgetter
from typing import Any

from openpyxl.utils.cell import get_column_letter
from openpyxl.utils.datetime import to_excel
from xlsxwriter.workbook import Workbook

from reports.proof import Text
from reports.workbook.ready_rows import Ready, ReadyRows

_DIGITS = 12  # of a number: programs keep fifteen
_DAYS, _NUMBERS = (date, datetime, time, timedelta), (int, float)


def digest(
    cells: Iterable[tuple[int, int, Any]], named: Collection[tuple[int, int]] = (), loose: Collection[str] = ()
) -> str:
    """cells: row, column, value; rows and columns from 1. named: places whose numbers are held one by one. loose: cells that
    are left out."""
    return _sealed(line for _, line in _lines(cells, named, loose))


def _sealed(lines: Iterable[str]) -> str:
    return hashlib.sha256("".join(lines).encode("utf-8", "replace")).hexdigest()[:16]


def _lines(
    cells: Iterable[tuple[int, int, Any]], named: Collection[tuple[int, int]], loose: Collection[str] = ()
) -> Iterator[tuple[int, str]]:
    """Row and what is told of each cell, in their order."""
    kept = dict[str, str]()
    for row, column, value in sorted(cells, key=itemgetter(0, 1)):
        plain = kept.get(value) if type(value) is str else _plain(value)
        if plain is None:
            plain = kept[value] = _plain(value)
        if not plain or ((row, column) in named and not isinstance(value, str)):
            continue
        if loose and f"{get_column_letter(column)}{row}" in loose:
            continue
        yield row, f"{row} {column} {plain}\n"


def _plain(value: Any) -> str:
    """A day is the number it is kept as; gaps and new lines of a text do not matter."""
    if value is None:
        return ""
    if isinstance(value, _DAYS):
        value = to_excel(value)
    if isinstance(value, _NUMBERS) and not isinstance(value, bool):
        return _figure(value)
    return " ".join(str(value).split())


def _figure(value: float) -> str:
    return f"{value + 0:.{_DIGITS}g}"


def texts_of(
    file: Workbook, named: Mapping[str, Collection[tuple[int, int]]], tables: Mapping[str, Sequence[ReadyRows]]
) -> list[Text]:
    """Of a workbook that is being written, before it is closed. By sheet: named: rows and columns, from 0; tables: rows that
    XlsxWriter does not have yet."""
    words = {number: text for text, number in file.str_table.string_table.items()}
    found = []
    for sheet in file.worksheets():
        mine = {(row + 1, column + 1) for row, column in named.get(sheet.name, ())}
        ready = [row for table in tables.get(sheet.name, ()) for row in _ready(table)]
        rows = {row for row, _ in ready}
        loose = (cell for cell in _written(sheet, words) if cell[0] not in rows)
        lines = sorted([*ready, *_lines(loose, mine)], key=itemgetter(0))
        found.append(Text(sheet.name, _sealed(line for _, line in lines)))
    return found


def _ready(table: ReadyRows) -> Iterator[tuple[int, str]]:
    """As `_lines`, all cells of a row at once."""
    columns = [_Column(n) for n in range(1, 1 + max(map(len, table.rows), default=0))]
    for row, cells in enumerate(table.rows, start=table.top + 1):
        told, begin = list(filter(None, map(getitem, columns, cells))), str(row)
        yield row, begin + begin.join(told) if told else ""


class _Column(dict[Ready, str]):
    """What is told of each cell behind its row, worked out once; nothing of a number that the proof lists by its place."""

    def __init__(self, number: int) -> None:
        self._begin = f" {number} "

    def __missing__(self, cell: Ready) -> str:
        if cell is None:
            words = ""
        elif isinstance(cell, str):
            words = _plain(cell)
        elif len(cell) == 2:
            words = _plain(cell[1])
        else:
            words = "" if cell[3] else _figure(cell[1])
        found = self[cell] = f"{self._begin}{words}\n" if words else ""
        return found


def _written(sheet: Any, words: dict[int, str]) -> Iterator[tuple[int, int, Any]]:
    for row, cells in sheet.table.items():
        for column, cell in cells.items():
            match type(cell).__name__:
                case "String":
                    yield row + 1, column + 1, words[cell.string]
                case "Number" | "Datetime":
                    yield row + 1, column + 1, cell.number
                case "Formula":
                    yield row + 1, column + 1, cell.value
