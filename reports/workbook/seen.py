"""What can be read in a sheet, as one digest: its values, not its looks, so that a file that was opened and saved is the same."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from typing import Any

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, get_column_letter
from openpyxl.utils.datetime import to_excel
from xlsxwriter.workbook import Workbook

from reports.proof import Text

_DIGITS = 12  # of a number: programs keep fifteen


def digest(
    cells: Iterable[tuple[int, int, Any]], named: Collection[tuple[int, int]] = (), loose: Collection[str] = ()
) -> str:
    """cells: row, column, value; rows and columns from 1. named: places whose numbers are held one by one. loose: cells that
    are left out."""
    told, kept = hashlib.sha256(), dict[str, str]()
    lines: list[str] = []
    for row, column, value in sorted(cells, key=itemgetter(0, 1)):
        if type(value) is str:
            plain = kept.get(value)
            if plain is None:
                plain = kept[value] = _plain(value)
            if not plain:
                continue
        else:
            plain = _plain(value)
            if not plain or ((row, column) in named and not isinstance(value, str)):
                continue
        if loose and f"{get_column_letter(column)}{row}" in loose:
            continue
        lines.append(f"{row} {column} {plain}\n")
    told.update("".join(lines).encode("utf-8", "replace"))
    return told.hexdigest()[:16]


def _plain(value: Any) -> str:
    """A day is the number it is kept as; gaps and new lines of a text do not matter."""
    if value is None:
        return ""
    if isinstance(value, date | datetime | time | timedelta):
        value = to_excel(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value + 0:.{_DIGITS}g}"
    return " ".join(str(value).split())


def texts_of(file: Workbook, named: Iterable[str]) -> list[Text]:
    """Of a workbook that is being written, before it is closed. named: places such as 总览!C4."""
    words = {number: text for text, number in file.str_table.string_table.items()}
    places: dict[str, set[str]] = {}
    for place in named:
        sheet, _, cell = place.rpartition("!")
        places.setdefault(sheet, set()).add(cell)
    return [
        Text(sheet.name, digest(_written(sheet, words), _at(places.get(sheet.name, set()))))
        for sheet in file.worksheets()
    ]


def _at(cells: Iterable[str]) -> set[tuple[int, int]]:
    return {(row, column_index_from_string(column)) for column, row in map(coordinate_from_string, cells)}


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
