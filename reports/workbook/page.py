"""One sheet of a workbook: single cells, tables, columns and rows, and how it is printed.

Texts are written as texts whatever they begin with, numbers as numbers. Every amount that is a value of `judged` is kept
with the place where it is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl.utils.cell import get_column_letter
from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from catalogue.wording import say
from reports.proof import PLACES, Number
from reports.workbook.cells import Amount, Cell, Lamp, Link, broken, kept, lines_of, writable
from reports.workbook.pages import PagesAcross, parts
from reports.workbook.ready_cells import ready
from reports.workbook.ready_rows import Ready, ReadyNumber, ReadyRows, ReadyText

if TYPE_CHECKING:
    from reports.workbook.book import Book

HEAD = 3  # row of the heads of a sheet's first table, under title, note and the way back
_LINE, _HIGHEST = 14, 400  # points
_PLACES = 11  # decimals of a number of `judged`: 0.79612345679
_PAPER = 820  # px that surely fit on a landscape A4 page at full scale; programs differ in how wide a column is


@dataclass(frozen=True, slots=True)
class BookColumn:
    """head: words over it. width: in signs. face: of its texts; bare ones leave their numbers without a frame too."""

    head: str
    width: float
    face: str = "text"


class Page:
    """One sheet. name: what formulas and places call it. about: what its line in the contents says."""

    def __init__(self, book: Book, key: str, name: str, about: str) -> None:
        self.book, self.key, self.name, self.about = book, key, name, about
        self.sheet: Worksheet = book.file.add_worksheet(name)
        self._widths: list[float] = []
        self._fixed = 1  # columns that stay in sight
        self._is_list = False  # plain rows by the thousand, for the screen
        self.tables: list[ReadyRows] = []
        self.named: set[tuple[int, int]] = set()  # rows and columns, from 0, whose numbers the proof lists
        self.inner: set[int] = set()  # columns that a printed page does not begin with
        self.printed: int | None = None  # so many columns; None for all
        self.sheet.hide_gridlines(2)

    def ref(self, row: int, column: int, last_row: int | None = None) -> str:
        """'总览'!$C$4 or, down to last_row, '总览'!$C$4:$C$9; rows and columns from 0."""
        first = xl_rowcol_to_cell(row, column, True, True)
        rest = "" if last_row is None else f":{xl_rowcol_to_cell(last_row, column, True, True)}"
        return f"{quote_sheetname(self.name)}!{first}{rest}"

    def put(self, row: int, column: int, cell: Cell, face: str = "text", number_face: str = "number") -> None:
        """One cell that stands in no table."""
        sheet, looks = self.sheet, self.book.looks.all
        if isinstance(cell, Link):
            target = f"internal:{quote_sheetname(self.book.pages[cell.page].name)}!{cell.cell}"
            look = self.book.looks.of("link" if face == "link" else "jump")
            sheet.write_url(row, column, target, look, writable(cell.words))
            return
        match self._ready(row, column, cell, face, number_face):
            case (look, ""):
                sheet.write_blank(row, column, None, looks[look])
            case (look, text):
                sheet.write_string(row, column, text, looks[look])
            case (look, value, "", _):
                sheet.write_number(row, column, value, looks[look])
            case (look, value, formula, _):
                sheet.write_formula(row, column, f"={formula}", looks[look], value)

    def _ready(self, row: int, column: int, cell: Cell, face: str, number_face: str) -> ReadyText | ReadyNumber:
        if isinstance(cell, Amount):
            return self._amount(row, column, cell, number_face)
        if isinstance(cell, Link):
            self.put(row, column, cell, face)
        return ready(self.book.looks, cell, face, number_face)

    def _amount(self, row: int, column: int, cell: Amount, face: str) -> ReadyNumber:
        """With its place among the numbers of the proof where it is one of `judged`."""
        amount, measure, key, formula, before, behind, signed = cell
        look = self.book.looks.amount(face, measure, before, behind, signed)
        value = kept(amount, measure, signed)
        if key is None:
            return look, value, formula, False
        place = f"{self.name}!{get_column_letter(column + 1)}{row + 1}"
        self.book.numbers.append(Number(*key, round(amount, PLACES), place))
        self.named.add((row, column))
        return look, round(value, _PLACES), formula, True

    def heading(self, words: str, note: str = "") -> None:
        """Title in the first row, what there is to know in the second, the way back to the cover in the third."""
        self.put(0, 0, words, "title")
        self.sheet.set_row(0, 26)
        self.put(1, 0, note, "note")
        if "cover" in self.book.pages:
            self.put(2, 0, Link("cover", say("workbook.back")), "link")

    def table(self, top: int, columns: Iterable[BookColumn], rows: Iterable[Iterable[Cell]], sums: int = 0) -> int:
        """Heads in row `top`, then the rows, the last `sums` of them set off. Gives the last row written."""
        shape = tuple(columns)
        heads = [broken(column.head, width) for column, width in zip(shape, self._widths, strict=False)]
        for n, words in enumerate(heads):
            self.put(top, n, words, "head")
        self.heighten(top, heads)
        face = shape[0].face
        table = ReadyRows(top + 1, self.book.looks.all, self.book.looks.number(face))
        self.tables.append(table)
        if face == "bare":
            self._is_list = True
            table.rows = [self._bare(row, line) for row, line in enumerate(rows, start=top + 1)]
        else:
            table.rows = list(self._framed(top, [column.face for column in shape], [tuple(row) for row in rows], sums))
        return top + len(table.rows)

    def _framed(
        self, top: int, faces: Sequence[str], lines: Sequence[tuple[Cell, ...]], sums: int
    ) -> Iterator[Sequence[Ready]]:
        last = top + len(lines)
        for row, line in enumerate(lines, start=top + 1):
            summed = row > last - sums
            looked = ["sum_text", *["sum"] * (len(line) - 1)] if summed else faces
            number = "sum" if summed else "number"
            self.heighten(row, line)
            yield tuple(
                [
                    self._ready(row, n, cell, face, number)
                    for n, (cell, face) in enumerate(zip(line, looked, strict=False))
                ]
            )

    def _bare(self, row: int, line: Iterable[Cell]) -> Sequence[Ready]:
        """Of the long lists, nine tenths of all cells: what is no amount looks the same wherever it stands."""
        known = self.book.bare
        return tuple(
            [
                self._amount(row, n, cell, "bare_number") if isinstance(cell, Amount) else known[cell]
                for n, cell in enumerate(line)
            ]
        )

    def widths(self, columns: Iterable[BookColumn | float]) -> None:
        self._widths = [column.width if isinstance(column, BookColumn) else column for column in columns]
        for n, width in enumerate(self._widths):
            self.sheet.set_column(n, n, width)

    def hide_unless(self, column: int, told: bool) -> None:
        """A column that has nothing to say yet keeps its place, so that formulas of others find theirs where they were."""
        if not told:
            self.sheet.set_column(column, column, self._widths[column], None, {"hidden": True})
            self._widths[column] = 0

    @property
    def _parts(self) -> PagesAcross | None:
        """How it is printed where it is too wide for one page; None for one that is not, and for the long lists."""
        printed = self._pixels[: self.printed]
        return None if self._is_list else parts(printed, self._fixed, self.inner, _PAPER)

    @property
    def _pixels(self) -> list[float]:
        return [7 * width + 5 if width else 0 for width in self._widths]

    @property
    def pixels(self) -> float:
        """How wide its columns are together; where they take several pages, those of the first."""
        found = self._parts
        return sum(self._pixels[: found.begins[0]] if found else self._pixels)

    @property
    def is_split(self) -> bool:
        return self._parts is not None

    def beside_each_other(self) -> None:
        """A sheet too wide for one page goes onto several, each with the columns that stay in sight."""
        if found := self._parts:
            self.sheet.set_print_scale(found.scale)
            self.sheet.set_v_pagebreaks(found.begins)
            self.sheet.repeat_columns(0, self._fixed - 1)
            self.sheet.print_across()

    def heighten(self, row: int, cells: Iterable[Cell]) -> None:
        """High enough for its longest text: not every program sees to that when it opens a file."""
        lines = 1
        for cell, width in zip(cells, self._widths, strict=False):
            text = cell.words if isinstance(cell, Link) else cell
            if isinstance(text, str):
                lines = max(lines, lines_of(text, width))
        if lines > 1:
            self.sheet.set_row(row, min(_HIGHEST, _LINE * lines + 2))

    def listed(self, top: int, last: int, columns: int, fixed: int = 0) -> None:
        """The rows under `top` can be filtered; heads and the first columns stay in sight, and on every printed page."""
        self._fixed = max(1, fixed)
        self.sheet.freeze_panes(top + 1, fixed)
        self.sheet.autofilter(top, 0, max(last, top), columns - 1)
        self.sheet.repeat_rows(top)

    def break_before(self, rows: Iterable[int], least: float = 0) -> None:
        """Printed pages begin at these rows. least: px that must fit on one beside the columns.

        A program that fits a sheet to the width of a page takes no such breaks, so the scale is said instead.
        """
        self.sheet.set_print_scale(int(100 * _PAPER / max(_PAPER, self.pixels, least)))
        self.sheet.set_h_pagebreaks(list(rows))

    def lights(self, row: int, column: int, last_row: int, last_column: int | None = None) -> None:
        """The word decides the ground."""
        for light, look in self.book.looks.lights.items():
            rule = {"type": "text", "criteria": "containing", "value": Lamp(light).words, "format": look}
            self.sheet.conditional_format(
                row, column, max(row, last_row), column if last_column is None else last_column, rule
            )
