"""The kit of the workbooks: sheets, cells, print set-up, and the proof that closes a file.

Texts are written as texts whatever they begin with, numbers as numbers. Every amount that is a value of `judged` is
kept with the place where it is printed, and `close` seals them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from catalogue.wording import say
from reports.proof import Number, Proof, closed, prove
from reports.snapshot import Snapshot
from reports.workbook.cells import FORMULA_SIGNS, Amount, Cell, Lamp, Link, broken, kept, lines_of, writable
from reports.workbook.looks import FONT, SIZE, BookLooks
from reports.workbook.names import PROOF_SHEET as PROOF_SHEET
from reports.workbook.names import free_name
from reports.workbook.pages import PagesAcross, parts
from reports.workbook.seen import texts_of

CLOSED_AS = "workbook"  # the kind of file a proof is bound to
HEAD = 3  # row of the heads of a sheet's first table, under title, note and the way back
CHUNK = 30_000  # signs of the proof in one cell
_FOOTER = 200  # signs: Excel takes 255, its own codes among them
_LINE, _HIGHEST = 14, 400  # points
_PAPER = 820  # px that surely fit on a landscape A4 page at full scale; programs differ in how wide a column is
# Of every workbook we write: a text stays a text, and nothing touches the disk.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


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
        self._fixed, self._is_list = 1, False  # columns that stay in sight; plain rows by the thousand, for the screen
        self.inner: set[int] = set()  # columns that a printed page does not begin with
        self.printed: int | None = None  # so many columns; None for all
        self.sheet.hide_gridlines(2)

    def ref(self, row: int, column: int, last_row: int | None = None) -> str:
        """'总览'!$C$4 or, down to last_row, '总览'!$C$4:$C$9; rows and columns from 0."""
        first = xl_rowcol_to_cell(row, column, True, True)
        rest = "" if last_row is None else f":{xl_rowcol_to_cell(last_row, column, True, True)}"
        return f"{quote_sheetname(self.name)}!{first}{rest}"

    def put(self, row: int, column: int, cell: Cell, face: str = "text", number_face: str = "number") -> None:
        sheet, looks = self.sheet, self.book.looks
        if isinstance(cell, Amount):
            self._amount(row, column, cell, number_face)
        elif isinstance(cell, str) and cell:
            text = writable(cell)
            sheet.write_string(row, column, text, looks.of(face, quoted=text.startswith(FORMULA_SIGNS)))
        elif cell is None or cell == "":
            if face != "bare":
                sheet.write_blank(row, column, None, looks.of(face))
        elif isinstance(cell, Lamp):
            sheet.write_string(row, column, cell.words, looks.of("lamp"))
        elif isinstance(cell, Link):
            target = f"internal:{quote_sheetname(self.book.pages[cell.page].name)}!{cell.cell}"
            sheet.write_url(row, column, target, looks.of("link" if face == "link" else "jump"), writable(cell.words))
        elif isinstance(cell, date):
            sheet.write_datetime(row, column, cell, looks.of(number_face, looks.day))
        else:
            sheet.write_number(row, column, cell, looks.of(number_face, "0"))

    def _amount(self, row: int, column: int, cell: Amount, face: str) -> None:
        look = self.book.looks.amount(face, cell.measure, cell.before, cell.behind, cell.signed)
        value = kept(cell.value, cell.measure, cell.signed)
        if cell.formula:
            self.sheet.write_formula(row, column, f"={cell.formula}", look, value)
        else:
            self.sheet.write_number(row, column, value, look)
        if (known := cell.number) is not None:
            place = f"{self.name}!{xl_rowcol_to_cell(row, column)}"
            self.book.numbers.append(
                Number(known.indicator, known.subject, known.period, known.what, known.value, place)
            )

    def heading(self, words: str, note: str = "") -> None:
        """Title in the first row, what there is to know in the second, the way back to the cover in the third."""
        self.put(0, 0, words, "title")
        self.sheet.set_row(0, 26)
        self.put(1, 0, note, "note")
        if "cover" in self.book.pages:
            self.put(2, 0, Link("cover", say("workbook.back")), "link")

    def table(self, top: int, columns: Iterable[BookColumn], rows: Iterable[Iterable[Cell]], sums: int = 0) -> int:
        """Heads in row `top`, then the rows, the last `sums` of them set off. Gives the last row written."""
        shape, lines = tuple(columns), [tuple(row) for row in rows]
        heads = [broken(column.head, width) for column, width in zip(shape, self._widths, strict=False)]
        for n, words in enumerate(heads):
            self.put(top, n, words, "head")
        self.heighten(top, heads)
        if shape[0].face == "bare":
            return self._bare(top, lines)
        for row, line in enumerate(lines, start=top + 1):
            summed = row > top + len(lines) - sums
            for n, cell in enumerate(line):
                face = shape[n].face if not summed else "sum" if n else "sum_text"
                self.put(row, n, cell, face, "sum" if summed else "number")
            self.heighten(row, line)
        return top + len(lines)

    def _bare(self, top: int, lines: list[tuple[Cell, ...]]) -> int:
        """The long sheets, nine tenths of all cells: plain texts go straight to the sheet."""
        self._is_list = True
        write, plain, clean = self.sheet.write_string, self.book.looks.of("bare"), self.book.plain_texts
        for row, line in enumerate(lines, start=top + 1):
            for n, cell in enumerate(line):
                if type(cell) is str and (cell in clean or _is_plain(cell)):
                    clean.add(cell)
                    if cell:
                        write(row, n, cell, plain)
                elif cell is not None:
                    self.put(row, n, cell, "bare", "bare_number")
        return top + len(lines)

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
        texts = (cell.words if isinstance(cell, Link) else cell for cell in cells)
        lines = max(
            (lines_of(text, width) for text, width in zip(texts, self._widths, strict=False) if isinstance(text, str)),
            default=1,
        )
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


class Book:
    """kind: what `proof` calls the file."""

    def __init__(self, snapshot: Snapshot, kind: str = "workbook") -> None:
        self.snapshot, self.plan, self.kind = snapshot, snapshot.plan, kind
        self._content = BytesIO()
        self.file = Workbook(
            self._content, {**OPTIONS, "default_format_properties": {"font_name": FONT, "font_size": SIZE}}
        )
        self.looks = BookLooks(self.file)
        self.pages: dict[str, Page] = {}
        self.numbers: list[Number] = []
        # Written as they are: nothing in them is unreadable, or begins like a formula.
        self.plain_texts: set[str] = set()

    def page(self, key: str, name: str, about: str = "", wide: bool = True) -> Page:
        """A new sheet behind the others, A4. Raises ValueError for a key that has one."""
        if key in self.pages:
            raise ValueError(f"{key!r} has a sheet")
        page = self.pages[key] = Page(
            self, key, free_name(name, {one.name.casefold() for one in self.pages.values()}), about
        )
        page.sheet.set_paper(9)
        page.sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        page.sheet.fit_to_pages(1, 0)
        if wide:
            page.sheet.set_landscape()
        return page

    def prove(self) -> Proof:
        return prove(self.kind, self.snapshot, self.numbers)

    def close(self, proof: Proof, title: str) -> bytes:
        """Footers, properties and the hidden proof, bound to all that can be read in the sheets; then the bytes."""
        line = proof.line()
        printed = (
            line
            if len(line) <= _FOOTER
            else say("workbook.footer", as_of=proof.last_day, version=proof.version, code=proof.code)
        )
        for page in self.pages.values():
            page.beside_each_other()
            page.sheet.set_footer(f"&L&8 {printed.replace('&', '&&')}&R&8 {say('template.page_number')}")
        told: dict[str, Any] = {
            "title": title,
            "subject": proof.period,
            "author": self.plan.issuer,
            "company": self.plan.issuer,
            "comments": line,
            "created": self.snapshot.version.published_at,
        }
        self.file.set_properties(told)
        texts = texts_of(self.file, [number.place for number in proof.numbers])
        hide(self.file, closed(proof, CLOSED_AS, texts, folder=self.snapshot.version.folder))
        self.file.close()
        return self._content.getvalue()


def _is_plain(text: str) -> bool:
    return writable(text) == text and not text.startswith(FORMULA_SIGNS)


def hide(file: Workbook, proof: Proof) -> None:
    """In a sheet that Excel does not show."""
    sheet = file.add_worksheet(PROOF_SHEET)
    sheet.very_hidden()
    for n, chunk in enumerate(chunks(proof)):
        sheet.write_string(n, 0, chunk)


def chunks(proof: Proof) -> list[str]:
    """As JSON, in as many texts as cells hold it."""
    text = proof.as_json()
    return [text[n : n + CHUNK] for n in range(0, len(text), CHUNK)]
