"""The rows of an accounts workbook. It comes from an administrator, and is read as if it did not."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from catalogue.wording import LANGUAGES, say
from catalogue.zip_damage import DAMAGED

HEADINGS: tuple[str, ...] = ("name", "person", "role", "office", "phone")
NEEDED = ("name", "person", "role", "office")

MOST_BYTES = 2_000_000
MOST_UNZIPPED = 20_000_000
MOST_PARTS = 200
HEADING_ROWS = 10  # the headings stand within the first so many rows
LAST_ROW = 1_048_576  # Excel has no more; a file that says so is damaged
MOST_COLUMNS = 20
LONGEST = 200  # characters of a cell that are looked at


@dataclass(frozen=True, slots=True)
class Row:
    """number: as Excel counts. values: field -> text. formulas: fields in which a formula stands."""

    number: int
    values: dict[str, str]
    formulas: tuple[str, ...]


class Unusable(Exception):
    """The file cannot be read as a list of accounts; str() says why and what to do."""


def read_rows(content: bytes, most: int) -> list[Row]:
    """Rows below the headings that are neither empty nor the example. Raises Unusable."""
    _judge_size(content)
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
        try:
            return _rows(book.worksheets[0], most)
        finally:
            book.close()
    except Unusable:
        raise
    except Exception as problem:  # openpyxl raises whatever comes to it on a damaged or malicious file
        raise Unusable(say("account.import.unreadable")) from problem


def _judge_size(content: bytes) -> None:
    """Before anything is unpacked: a small file can be a large one inside."""
    if len(content) > MOST_BYTES:
        raise Unusable(say("account.import.too_large"))
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            sizes = [part.file_size for part in parts.infolist()]
    except DAMAGED as problem:
        raise Unusable(say("account.import.unreadable")) from problem
    if len(sizes) > MOST_PARTS or sum(sizes) > MOST_UNZIPPED:
        raise Unusable(say("account.import.too_large"))


def _rows(sheet: ReadOnlyWorksheet, most: int) -> list[Row]:
    sheet.reset_dimensions()  # what the file says about its own size is not to be believed
    columns: dict[str, int] | None = None
    found: list[Row] = []
    # To the very end: a row left out in silence would be an account that somebody waits for.
    for number, cells in enumerate(sheet.iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS), start=1):
        if columns is None:
            columns = _columns([_text(cell.value) for cell in cells])
            if columns is None and number >= HEADING_ROWS:
                break
        elif (row := _row(number, cells, columns)) is not None:
            found.append(row)
            if len(found) > most:
                raise Unusable(say("account.import.too_many", most=most))
    if columns is None:
        raise Unusable(say("account.import.no_headings"))
    return found


def _columns(texts: list[str]) -> dict[str, int] | None:
    """field -> position; None where this is not the row of headings."""
    known = {say(f"account.field.{field}", lang).lower(): field for field in HEADINGS for lang in LANGUAGES}
    found = {known[text.lower()]: at for at, text in enumerate(texts) if text.lower() in known}
    return found if all(field in found for field in NEEDED) else None


def _row(number: int, cells: tuple[Any, ...], columns: dict[str, int]) -> Row | None:
    in_field = {field: cells[at] for field, at in columns.items() if at < len(cells)}
    values = {field: _text(in_field[field].value) if field in in_field else "" for field in HEADINGS}
    if not any(values.values()) or values["name"].startswith(say("account.example.mark", "zh")):
        return None
    formulas = tuple(field for field, cell in in_field.items() if cell.data_type == "f")
    return Row(number, values, formulas)


def _text(value: Any) -> str:
    """A telephone number or a unit's code that Excel keeps as a number is its digits."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()[:LONGEST]
