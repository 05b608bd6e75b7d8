"""A look at xls (and WPS .et): the BIFF records of its sheets ([MS-XLS] 2.4)."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import olefile

from etl.cells.kinds import open_ole
from etl.cells.limits import Limits
from etl.cells.marks import ERROR_CODES, Marks, Place, forgive_resultless, refuse_many_sheets, refuse_wide_areas
from etl.cells.pictures import names_picture
from etl.cells.runs import Run, cut, is_set_apart
from etl.cells.xls_book import BIFF8, Shared, shared, unpacked
from etl.errors import Encrypted, Unreadable
from etl.reading.plain import compact

_BEGIN, _END = 0x0809, 0x000A
_LOCKED = 0x002F
_SHEET_LIST_ENTRY = 0x0085
_FORMULA = 0x0006
_TEXT_OF_FORMULA = 0x0207  # behind a formula whose result is a text; its area may stand between the two
_AREAS_OF_FORMULA = (0x04BC, 0x0221, 0x0236)
_UNCALCED = 0x005E  # the sheet was saved, but not computed
_ERROR_OR_BOOLEAN = 0x0205
_ROW_OF_NUMBERS = 0x00BD
_BLANK = 0x0201
_SHARED_TEXT, _OWN_TEXT, _RICH_TEXT = 0x00FD, 0x0204, 0x00D6
_MERGES = 0x00E5
_ROW, _COLUMNS, _FILTER_IN_FORCE = 0x0208, 0x007D, 0x009B
_CELLS = (0x0203, 0x027E, _SHARED_TEXT, _OWN_TEXT, _RICH_TEXT, _ERROR_OR_BOOLEAN, _FORMULA)
_COMPUTED_LATER = 3  # the flags of a formula to be computed always, or on opening


@dataclass(slots=True)
class _Book:
    """data: the stream of records. struck_out: places of records to be passed over. later: formulas that hold 0 and
    are to be computed on opening, or say that they hold a text that is not there.
    """

    data: bytes
    shared: Shared
    version: int
    struck_out: list[int] = field(default_factory=list)
    later: list[tuple[Marks, Place]] = field(default_factory=list)


def look(content: bytes, limits: Limits) -> tuple[bytes, list[Marks]]:
    """The file without far blanks and damaged cells, and the marks of its sheets in their order. Raises Encrypted."""
    name, data = _stream(content)
    sheets, version = _sheet_list(data)
    refuse_many_sheets(len(sheets), limits)
    book = _Book(data, shared(((kind, body) for kind, body, _ in _records(data, 0)), version), version)
    found = []
    for title, start in sheets:
        marks = Marks(title, since_1904=book.shared.since_1904)
        found.append(marks)
        _Sheet(marks, limits, book).read(start)
    refuse_wide_areas(found, limits)
    forgive_resultless(found)
    for marks, place in book.later:
        marks.resultless.add(place)
    return _without(content, name, book) if book.struck_out else content, found


def _stream(content: bytes) -> tuple[str, bytes]:
    with open_ole(content) as ole:
        name = "Workbook" if ole.exists("Workbook") else "Book"
        try:
            return name, ole.openstream(name).read()
        except (OSError, ValueError, IndexError) as problem:
            raise Unreadable(problem=f"OLE: {problem}") from problem


def _without(content: bytes, name: str, book: _Book) -> bytes:
    """The file with those records made into blanks."""
    data = bytearray(book.data)
    for at in book.struck_out:
        struct.pack_into("<H", data, at, _BLANK)
    file = io.BytesIO(content)
    try:
        with olefile.OleFileIO(file, write_mode=True) as ole:
            ole.write_stream(name, bytes(data))
            return file.getvalue()
    except (OSError, ValueError, IndexError) as problem:
        raise Unreadable(problem=f"OLE: {problem}") from problem


def _sheet_list(data: bytes) -> tuple[list[tuple[str, int]], int]:
    """Name and start of each sheet, and the version of the records."""
    version, sheets = 0, []
    for kind, body, _ in _records(data, 0):
        if kind == _BEGIN and not version:
            version = unpacked("<H", body, 0)[0]
        elif kind == _LOCKED:
            raise Encrypted()
        elif kind == _SHEET_LIST_ENTRY:
            sheets.append((_name(body, version), unpacked("<I", body, 0)[0]))
    return sheets, version


def _name(body: bytes, version: int) -> str:
    (length,) = unpacked("<B", body, 6)
    if version != BIFF8:
        return body[7 : 7 + length].decode("gb18030", "replace")
    if body[7:8] == b"\0":
        return body[8 : 8 + length].decode("latin-1")
    return body[8 : 8 + 2 * length].decode("utf-16-le", "replace")


class _Sheet:
    """One pass over the records of a sheet."""

    def __init__(self, marks: Marks, limits: Limits, book: _Book) -> None:
        self.marks, self.limits, self.book = marks, limits, book
        self.blanks: list[tuple[Place, int]] = []
        self.awaited: Place | None = None  # the formula whose text comes next

    def read(self, start: int) -> None:
        marks = self.marks
        for kind, body, at in _records(self.book.data, start):
            if self.awaited and kind not in _AREAS_OF_FORMULA:
                if kind != _TEXT_OF_FORMULA:
                    self.book.later.append((marks, self.awaited))
                self.awaited = None
            if kind in _CELLS:
                self._cell(kind, body, at)
            elif kind == _ROW_OF_NUMBERS:
                row, last = unpacked("<H", body, 0)[0] + 1, unpacked("<H", body, len(body) - 2)[0] + 1
                marks.reach(row, last, self.limits)
                for n in range((len(body) - 6) // 6):
                    self._style(unpacked("<H", body, 4 + 6 * n)[0], (row, unpacked("<H", body, 2)[0] + 1 + n))
            elif kind == _MERGES:
                for number in range(unpacked("<H", body, 0)[0]):
                    first_row, last_row, first, last = (n + 1 for n in unpacked("<HHHH", body, 2 + 8 * number))
                    marks.covered.append((first_row, first, last_row, last))
            elif kind == _ROW and unpacked("<B", body, 12)[0] & 0x20:
                row = unpacked("<H", body, 0)[0] + 1
                marks.hide_rows(row, row, self.limits)
            elif kind == _COLUMNS and unpacked("<H", body, 8)[0] & 1:
                first, last = (n + 1 for n in unpacked("<HH", body, 0))
                marks.hide_columns(first, last, self.limits)
            elif kind == _FILTER_IN_FORCE:
                marks.filtered = True
            elif kind == _UNCALCED:
                marks.computed_later = True
        self.book.struck_out += [at for place, at in self.blanks if marks.lies_beyond(*place)]

    def _cell(self, kind: int, body: bytes, at: int) -> None:
        row, column, style = unpacked("<HHH", body, 0)
        place, marks = (row + 1, column + 1), self.marks
        self._style(style, place)
        if kind in (_SHARED_TEXT, _OWN_TEXT, _RICH_TEXT):
            runs = self._written(kind, body)
            if runs is None:
                marks.broken.add(place)
                self.book.struck_out.append(at)
                return
            if not any(compact(run.text) for run in runs):
                self.blanks.append((place, at))
                return
            if is_set_apart(runs):
                marks.runs[place] = runs
        marks.reach(*place, self.limits)
        if kind == _FORMULA:
            self._formula(body, place)
        elif kind == _ERROR_OR_BOOLEAN and unpacked("<B", body, 7)[0]:
            marks.errors[place] = ERROR_CODES.get(body[6], "#N/A")

    def _written(self, kind: int, body: bytes) -> list[Run] | None:
        """None for the number of a text that is not there. A cell's own text is left to calamine, but for blanks
        and for the runs that Excel 95 puts behind it.
        """
        shared = self.book.shared
        if kind == _SHARED_TEXT:
            number = unpacked("<I", body, 6)[0]
            return shared.texts[number] if number < len(shared.texts) else None
        if kind == _RICH_TEXT and self.book.version != BIFF8:
            end = 8 + unpacked("<H", body, 6)[0]
            starts = [unpacked("<BB", body, end + 1 + 2 * n) for n in range(unpacked("<B", body, end)[0])]
            text = body[8:end].decode("latin-1")  # a run begins at a byte
            runs = cut(text, [(begin, shared.font(font)) for begin, font in starts])
            return [Run(run.text.encode("latin-1").decode("gb18030", "replace"), run.font) for run in runs]
        return [Run("" if not body[8:].strip(b"\0\1 ") else "text")]

    def _formula(self, body: bytes, place: Place) -> None:
        """The result is a number, or by its last two bytes something else, told by the first."""
        marks, result = self.marks, body[6:14]
        marks.formulas[place] = None
        if names_picture(body):
            marks.pictures.add(place)
        if result[6:8] != b"\xff\xff":
            if not any(result) and unpacked("<H", body, 14)[0] & _COMPUTED_LATER:
                self.book.later.append((marks, place))
        elif result[0] == 0:
            self.awaited = place
        elif result[0] == 2:
            marks.errors[place] = ERROR_CODES.get(result[2], "#N/A")
        elif result[0] == 3:
            marks.resultless.add(place)

    def _style(self, style: int, place: Place) -> None:
        book = self.book.shared
        if style in book.fonts:
            self.marks.fonts[place] = book.fonts[style]
        if style in book.percents:
            self.marks.percents.add(place)


def _records(data: bytes, at: int) -> Iterator[tuple[int, bytes, int]]:
    """(kind, body, where it begins) of one section; sections within (charts) are passed over."""
    depth = 0
    while at + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, at)
        body = data[at + 4 : at + 4 + length]
        begin, at = at, at + 4 + length
        if kind == _BEGIN:
            depth += 1
        if depth == 1:
            yield kind, body, begin
        if kind == _END:
            depth -= 1
            if depth <= 0:
                return
    raise Unreadable(problem="the records end too early")
