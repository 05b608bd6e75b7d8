"""Reads back what a workbook of ours says of itself, and what stands in it now."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.utils.exceptions import CellCoordinatesException

from catalogue.wording import say
from reports.layout_looks import in_percent
from reports.proof import NoProof, Proof, Text, read_json
from reports.workbook.book import PROOF_SHEET
from reports.workbook.seen import digest

Cells = Callable[[], list[list[tuple[Any, ...]]]]  # sheet by sheet, row by row
SECONDS = 10  # a workbook of ours takes less than one


@dataclass(frozen=True, slots=True)
class WorkbookFound:
    """now: at each place the proof names, a number, a text, None for nothing or for a sheet that is gone. texts: what can be
    read in each sheet. cells: all cells of the sheets, read when asked for."""

    proof: Proof
    now: dict[str, Any]
    texts: tuple[Text, ...]
    cells: Cells


def read_proof(content: bytes) -> WorkbookFound:
    """A formula speaks by its kept result, a cell shown in percent by what it shows: 0.796 there is 79.6. Raises ValueError
    for a file that carries no proof of ours, NoProof for one that takes too long.
    """
    until = time.monotonic() + SECONDS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what it would lose if it were to write the file
            book = load_workbook(BytesIO(content), read_only=True, data_only=True)
            if PROOF_SHEET not in book.sheetnames:
                raise ValueError("not a workbook of ours: no proof in it")
            chunks = [row[0] for row in _in_time(book[PROOF_SHEET].iter_rows(max_col=1, values_only=True), until)]
            proof = read_json("".join(str(chunk) for chunk in chunks if chunk is not None))
            return WorkbookFound(proof, *_now(book, proof, until), lambda: _cells(book, until))
    except (ValueError, NoProof):
        raise
    except Exception as problem:  # a damaged workbook brings openpyxl to raise whatever its parts stumble over
        raise ValueError(f"not a workbook: {problem}") from problem


def texts_of(content: bytes, named: Iterable[str]) -> list[Text]:
    """What can be read in a workbook as it is made. Cells that whoever opens it computes are left out: nobody has yet."""
    places, until = _by_sheet(named), time.monotonic() + SECONDS
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(BytesIO(content), read_only=True)
        return [
            _text(sheet, places.get(sheet.title, {}), until) for sheet in book.worksheets if sheet.title != PROOF_SHEET
        ]


def _text(sheet: Any, named: Collection[tuple[int, int]], until: float) -> Text:
    cells = list(_there(sheet, until))
    loose = tuple(sorted(cell.coordinate for cell in cells if cell.data_type == "f"))
    return Text(sheet.title, digest(((c.row, c.column, c.value) for c in cells), named, loose), loose)


def _there(sheet: Any, until: float) -> Iterator[Any]:
    """Cells that hold something. The size a sheet says it has is not believed."""
    sheet.reset_dimensions()
    for row in _in_time(sheet.iter_rows(), until):
        yield from (cell for cell in row if cell.value is not None)


def _in_time(rows: Iterable[Any], until: float) -> Iterator[Any]:
    for row in rows:
        if time.monotonic() > until:
            raise NoProof(say("verify.too_long"))
        yield row


def _cells(book: Any, until: float) -> list[list[tuple[Any, ...]]]:
    sheets = [sheet for sheet in book.worksheets if sheet.title != PROOF_SHEET]
    for sheet in sheets:
        sheet.reset_dimensions()
    return [list(_in_time(sheet.iter_rows(values_only=True), until)) for sheet in sheets]


def _now(book: Any, proof: Proof, until: float) -> tuple[dict[str, Any], tuple[Text, ...]]:
    """Each sheet is read once; none that the proof does not speak of."""
    named = [number.place for number in proof.numbers if number.place]
    wanted, loose = _by_sheet(named), {text.place: text.loose for text in proof.texts}
    found: dict[str, Any] = dict.fromkeys(named)
    texts = []
    for sheet in book.worksheets:
        mine = wanted.get(sheet.title, {})
        if sheet.title == PROOF_SHEET or not (mine or proof.texts):
            continue
        values = []
        for cell in _there(sheet, until):
            values.append((cell.row, cell.column, cell.value))
            if (cell.row, cell.column) in mine:
                found[mine[cell.row, cell.column]] = _shown(cell)
        left_out = loose.get(sheet.title, ())
        texts.append(Text(sheet.title, digest(values, mine, left_out), left_out))
    return found, tuple(texts)


def _by_sheet(places: Iterable[str]) -> dict[str, dict[tuple[int, int], str]]:
    """Sheet -> (row, column) -> the place as it is named."""
    found: dict[str, dict[tuple[int, int], str]] = {}
    for place in places:
        sheet, row, column = _parsed(place)
        found.setdefault(sheet, {})[row, column] = place
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
