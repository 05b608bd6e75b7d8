"""A look at xlsb: the binary records of its sheets ([MS-XLSB] 2.1.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from etl.cells.limits import Limits
from etl.cells.marks import ERROR_CODES, Marks, Place, refuse_many_sheets, refuse_wide_areas
from etl.cells.markup import edited
from etl.cells.package import Package, VettedSheet
from etl.cells.parts import ArchiveParts
from etl.cells.pictures import RichValues, names_picture
from etl.cells.runs import PLAIN, Font, Run, cut, is_set_apart
from etl.cells.styles_xml import BUILT_IN_PERCENTS, is_percentage
from etl.errors import Unreadable
from etl.reading.plain import compact

_SHEET_LIST_ENTRY = 156
_WORKBOOK, _CALCULATION = 153, 157
_ROW = 0
_CELLS = range(2, 12)  # number, error, boolean, text; then the same as results of formulas
_ERRORS = (3, 11)
_OWN_TEXT, _SHARED_TEXT, _RICH_TEXT = 6, 7, 62
_FORMULAS = range(8, 12)
_NUMBER_OF_FORMULA = 9
_MERGE = 176
_COLUMNS, _FILTER_OF_COLUMN = 60, 163
_CALCULATION_OF_SHEET = 663
_VALUE_METADATA = 50  # of the cell that follows
_TEXT_ITEM = 19
_FONT, _FORMAT, _STYLE, _STYLES, _STYLES_END = 43, 44, 47, 617, 618


def look(parts: ArchiveParts, limits: Limits) -> tuple[bytes, list[Marks]]:
    """The vetted workbook, and the marks of its sheets in their order.

    A formula here always has a result, since the kind cannot leave it out; 0 that is to be computed
    on opening is none.
    """
    package = Package(parts, "bin")
    book = _book(package)
    refuse_many_sheets(len(book.sheets), limits)
    rich = RichValues(package)
    found, vetted = [], []
    for name, relation in book.sheets:
        marks = Marks(name, since_1904=book.since_1904, computed_later=book.computed_later)
        part = package.sheet(relation)
        if part is not None:
            part = _Sheet(marks, limits, book, rich).read(part)
        found.append(marks)
        vetted.append(VettedSheet(relation, part))
    refuse_wide_areas(found, limits)
    return package.repacked(vetted), found


@dataclass(slots=True)
class _Book:
    """sheets: (name, id of its relation) in the order of the tabs. texts: shared ones, as runs. fonts, percents: of
    cell styles. computed_later: every formula is to be computed on opening.
    """

    sheets: list[tuple[str, str]] = field(default_factory=list)
    since_1904: bool = False
    computed_later: bool = False
    texts: list[list[Run]] = field(default_factory=list)
    all_fonts: list[Font] = field(default_factory=list)
    fonts: dict[int, Font] = field(default_factory=dict)
    percents: set[int] = field(default_factory=set)


def _book(package: Package) -> _Book:
    book = _Book()
    for kind, body, _, _ in _records(package.main):
        if kind == _SHEET_LIST_ENTRY:
            relation, at = _text(body, 8)
            book.sheets.append((_text(body, at)[0], relation))
        elif kind == _WORKBOOK:
            book.since_1904 = bool(_number(body, 0) & 1)
        elif kind == _CALCULATION:
            book.computed_later = bool(body[24:25] and body[24] & 1)
    _read_styles(package.shared("styles") or b"", book)
    for kind, body, _, _ in _records(package.shared("sharedStrings") or b""):
        if kind == _TEXT_ITEM:
            book.texts.append(_runs(body, 0, book.all_fonts))
    return book


def _read_styles(data: bytes, book: _Book) -> None:
    formats = set(BUILT_IN_PERCENTS)
    within, count = False, 0
    for kind, body, _, _ in _records(data):
        if kind == _FONT:
            book.all_fonts.append(Font(bool(_short(body, 2) & 8), {1: 1, 2: -1}.get(_short(body, 6), 0)))
        elif kind == _FORMAT:
            (formats.add if is_percentage(_text(body, 2)[0]) else formats.discard)(_short(body, 0))
        elif kind in (_STYLES, _STYLES_END):
            within = kind == _STYLES
        elif kind == _STYLE and within:
            font = _short(body, 4)
            if font < len(book.all_fonts) and book.all_fonts[font] != PLAIN:
                book.fonts[count] = book.all_fonts[font]
            if _short(body, 2) in formats:
                book.percents.add(count)
            count += 1


class _Sheet:
    """One pass over the records of a sheet."""

    def __init__(self, marks: Marks, limits: Limits, book: _Book, rich: RichValues) -> None:
        self.marks, self.limits, self.book, self.rich = marks, limits, book, rich
        self.row = 0
        self.refers = False
        self.blanks: list[tuple[Place, int, int]] = []
        self.cuts: list[tuple[int, int]] = []

    def read(self, data: bytes) -> bytes:
        """Fills the marks; returns the records as calamine can read them: without far blanks and damaged cells."""
        marks = self.marks
        for kind, body, begin, end in _records(data):
            if kind == _ROW:
                self.row = _number(body, 0) + 1
                if len(body) > 11 and body[11] & 0x10:
                    marks.hide_rows(self.row, self.row, self.limits)
            elif kind in _CELLS or kind == _RICH_TEXT:
                self._cell(kind, body, begin, end)
                self.refers = False
            elif kind == _VALUE_METADATA:
                self.refers = True
            elif kind == _MERGE:
                first_row, last_row, first_column, last_column = (_number(body, at) + 1 for at in (0, 4, 8, 12))
                marks.covered.append((first_row, first_column, last_row, last_column))
            elif kind == _COLUMNS and _short(body, 16) & 1:
                marks.hide_columns(_number(body, 0) + 1, _number(body, 4) + 1, self.limits)
            elif kind == _FILTER_OF_COLUMN:
                marks.filtered = True
            elif kind == _CALCULATION_OF_SHEET and body[:1] and body[0] & 1:
                marks.computed_later = True
        far = [(begin, end) for (row, column), begin, end in self.blanks if marks.lies_beyond(row, column)]
        return edited(data, [(begin, end, b"") for begin, end in (*self.cuts, *far)])

    def _cell(self, kind: int, body: bytes, begin: int, end: int) -> None:
        marks, book, place = self.marks, self.book, (self.row, _number(body, 0) + 1)
        style = _number(body, 4) & 0xFFFFFF
        if style in book.fonts:
            marks.fonts[place] = book.fonts[style]
        if style in book.percents:
            marks.percents.add(place)
        if kind in (_OWN_TEXT, _SHARED_TEXT, _RICH_TEXT):
            runs = self._written(kind, body)
            if runs is None:
                marks.broken.add(place)
                self.cuts.append((begin, end))
                return
            if not any(compact(run.text) for run in runs):
                self.blanks.append((place, begin, end))
                return
            if kind == _RICH_TEXT:  # calamine passes over these
                marks.texts[place] = "".join(run.text for run in runs)
            if is_set_apart(runs):
                marks.runs[place] = runs
        marks.reach(*place, self.limits)
        if kind in _FORMULAS:
            marks.formulas[place] = None
            if names_picture(body):
                marks.pictures.add(place)
            if kind == _NUMBER_OF_FORMULA and _short(body, 16) & 2 and not any(body[8:16]):
                marks.resultless.add(place)
        if kind in _ERRORS:
            marks.errors[place] = ERROR_CODES.get(body[8] if len(body) > 8 else -1, "#N/A")
            if self.refers and self.rich.hold_pictures:
                marks.pictures.add(place)

    def _written(self, kind: int, body: bytes) -> list[Run] | None:
        """None for the number of a text that is not there."""
        if kind == _SHARED_TEXT:
            number = _number(body, 8)
            return self.book.texts[number] if number < len(self.book.texts) else None
        return [Run(_text(body, 8)[0])] if kind == _OWN_TEXT else _runs(body, 8, self.book.all_fonts)


def _runs(body: bytes, at: int, fonts: list[Font]) -> list[Run]:
    """A text with its runs ([MS-XLSB] 2.5.122)."""
    text, end = _text(body, at + 1)
    starts: list[tuple[int, Font | None]] = []
    if body[at : at + 1] and body[at] & 1:
        for n in range(_number(body, end)):
            begin, font = _short(body, end + 4 + 4 * n), _short(body, end + 6 + 4 * n)
            starts.append((begin, fonts[font] if font < len(fonts) else PLAIN))
    return cut(text, starts)


def _records(data: bytes) -> Iterator[tuple[int, bytes, int, int]]:
    """(kind, body, begin, end): both kind and length are numbers of 7 bits a byte, low bits first."""
    at = 0
    while at < len(data):
        begin = at
        kind, at = _varying(data, at, 2)
        length, at = _varying(data, at, 4)
        if at + length > len(data):
            raise Unreadable(problem="a record ends too early")
        yield kind, data[at : at + length], begin, at + length
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


def _short(body: bytes, at: int) -> int:
    if at + 2 > len(body):
        raise Unreadable(problem="a record ends too early")
    return int.from_bytes(body[at : at + 2], "little")


def _text(body: bytes, at: int) -> tuple[str, int]:
    end = at + 4 + 2 * _number(body, at)
    return body[at + 4 : end].decode("utf-16-le", "replace"), end
