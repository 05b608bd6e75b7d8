"""A look at xls (and WPS .et): the BIFF records of its sheets ([MS-XLS] 2.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from etl.cells.kinds import open_ole
from etl.cells.limits import Limits
from etl.cells.marks import ERROR_CODES, Marks, forgive_resultless, refuse_many_sheets, refuse_wide_areas
from etl.errors import Encrypted, Unreadable

_BEGIN, _END = 0x0809, 0x000A
_LOCKED = 0x002F
_SHEET_LIST_ENTRY = 0x0085
_FORMULA = 0x0006
_ERROR_OR_BOOLEAN = 0x0205
_ROW_OF_NUMBERS = 0x00BD
_MERGES = 0x00E5
_CELLS = (0x0203, 0x027E, 0x00FD, 0x0204, 0x00D6, _ERROR_OR_BOOLEAN, _FORMULA)
_BIFF8 = 0x0600


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    start: int


def look(content: bytes, limits: Limits) -> tuple[bytes, list[Marks]]:
    """The file as it came, and the marks of its sheets in their order. Raises Encrypted."""
    data = _book(content)
    entries = list(_sheet_list(data))
    refuse_many_sheets(len(entries), limits)
    found = []
    for entry in entries:
        marks = Marks(entry.name)
        found.append(marks)
        _read(data, entry.start, marks, limits)
    refuse_wide_areas(found, limits)
    forgive_resultless(found)
    return content, found


def _book(content: bytes) -> bytes:
    with open_ole(content) as ole:
        try:
            stream: bytes = ole.openstream("Workbook" if ole.exists("Workbook") else "Book").read()
            return stream
        except (OSError, ValueError, IndexError) as problem:
            raise Unreadable(problem=f"OLE: {problem}") from problem


def _sheet_list(data: bytes) -> Iterator[_Entry]:
    version = 0
    for kind, body in _records(data, 0):
        if kind == _BEGIN and not version:
            version = _unpacked("<H", body, 0)[0]
        elif kind == _LOCKED:
            raise Encrypted()
        elif kind == _SHEET_LIST_ENTRY:
            yield _Entry(_name(body, version), _unpacked("<I", body, 0)[0])


def _name(body: bytes, version: int) -> str:
    (length,) = _unpacked("<B", body, 6)
    if version != _BIFF8:
        return body[7 : 7 + length].decode("gb18030", "replace")
    if body[7:8] == b"\0":
        return body[8 : 8 + length].decode("latin-1")
    return body[8 : 8 + 2 * length].decode("utf-16-le", "replace")


def _read(data: bytes, start: int, marks: Marks, limits: Limits) -> None:
    for kind, body in _records(data, start):
        if kind in _CELLS:
            row, column = (number + 1 for number in _unpacked("<HH", body, 0))
            marks.reach(row, column, limits)
            if kind == _FORMULA:
                _formula(body, (row, column), marks)
            elif kind == _ERROR_OR_BOOLEAN and _unpacked("<B", body, 7)[0]:
                marks.errors[row, column] = ERROR_CODES.get(body[6], "#N/A")
        elif kind == _ROW_OF_NUMBERS:
            row, last = _unpacked("<H", body, 0)[0] + 1, _unpacked("<H", body, len(body) - 2)[0] + 1
            marks.reach(row, last, limits)
        elif kind == _MERGES:
            for number in range(_unpacked("<H", body, 0)[0]):
                first_row, last_row, first, last = (n + 1 for n in _unpacked("<HHHH", body, 2 + 8 * number))
                marks.covered.append((first_row, first, last_row, last))


def _formula(body: bytes, place: tuple[int, int], marks: Marks) -> None:
    """The result is a number, or by its last two bytes something else, told by the first."""
    marks.formulas[place] = None
    result = body[6:14]
    if result[6:8] != b"\xff\xff":
        return
    if result[0] == 2:
        marks.errors[place] = ERROR_CODES.get(result[2], "#N/A")
    elif result[0] == 3:
        marks.resultless.add(place)


def _records(data: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one section; sections within (charts) are passed over."""
    depth = 0
    while at + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, at)
        body = data[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == _BEGIN:
            depth += 1
        if depth == 1:
            yield kind, body
        if kind == _END:
            depth -= 1
            if depth <= 0:
                return
    raise Unreadable(problem="the records end too early")


def _unpacked(layout: str, body: bytes, at: int) -> tuple[int, ...]:
    if at < 0 or at + struct.calcsize(layout) > len(body):
        raise Unreadable(problem="a record is too short")
    return struct.unpack_from(layout, body, at)
