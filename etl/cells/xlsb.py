"""A look at xlsb: the binary records of its sheets ([MS-XLSB] 2.1.4)."""

from __future__ import annotations

from collections.abc import Iterator

from etl.cells.limits import Limits
from etl.cells.marks import ERROR_CODES, Marks, refuse_many_sheets, refuse_wide_areas
from etl.cells.package import Package, VettedSheet
from etl.cells.parts import Parts
from etl.errors import Unreadable

_SHEET_LIST_ENTRY = 156
_ROW = 0
_BLANK = 1
_CELLS = range(2, 12)  # number, error, boolean, text; then the same as results of formulas
_ERRORS = (3, 11)
_FORMULAS = range(8, 12)
_MERGE = 176


def look(content: bytes, limits: Limits) -> tuple[bytes, list[Marks]]:
    """The vetted workbook, and the marks of its sheets in their order.

    A formula here always has a result: the kind cannot leave it out.
    """
    package = Package(Parts(content, limits), "bin")
    listed = _listed(package.main)
    refuse_many_sheets(len(listed), limits)
    found, vetted = [], []
    for name, relation in listed:
        marks = Marks(name)
        part = package.sheet(relation)
        if part is not None:
            _read(part, marks, limits)
        found.append(marks)
        vetted.append(VettedSheet(relation, part))
    refuse_wide_areas(found, limits)
    return package.repacked(vetted), found


def _listed(main: bytes) -> list[tuple[str, str]]:
    """(name, id of its relation) of each sheet in the order of the tabs."""
    sheets = []
    for kind, body in _records(main):
        if kind == _SHEET_LIST_ENTRY:
            relation, at = _text(body, 8)
            name, _ = _text(body, at)
            sheets.append((name, relation))
    return sheets


def _read(data: bytes, marks: Marks, limits: Limits) -> None:
    row = 0
    for kind, body in _records(data):
        if kind == _ROW:
            row = _number(body, 0) + 1
        elif kind in _CELLS:
            column = _number(body, 0) + 1
            marks.reach(row, column, limits)
            if kind in _FORMULAS:
                marks.formulas[row, column] = None
            if kind in _ERRORS:
                marks.errors[row, column] = ERROR_CODES.get(body[8] if len(body) > 8 else -1, "#N/A")
        elif kind == _MERGE:
            first_row, last_row, first_column, last_column = (_number(body, at) + 1 for at in (0, 4, 8, 12))
            marks.covered.append((first_row, first_column, last_row, last_column))


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(kind, body): both kind and length are numbers of 7 bits a byte, low bits first."""
    at = 0
    while at < len(data):
        kind, at = _varying(data, at, 2)
        length, at = _varying(data, at, 4)
        if at + length > len(data):
            raise Unreadable(problem="a record ends too early")
        yield kind, data[at : at + length]
        at += length


def _varying(data: bytes, at: int, most: int) -> tuple[int, int]:
    value = 0
    for place in range(most):
        if at >= len(data):
            raise Unreadable(problem="a record ends too early")
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            break
    return value, at


def _number(body: bytes, at: int) -> int:
    if at + 4 > len(body):
        raise Unreadable(problem="a record ends too early")
    return int.from_bytes(body[at : at + 4], "little")


def _text(body: bytes, at: int) -> tuple[str, int]:
    end = at + 4 + 2 * _number(body, at)
    return body[at + 4 : end].decode("utf-16-le", "replace"), end
