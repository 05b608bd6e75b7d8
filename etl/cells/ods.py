"""A look at ods: its content.xml, once, without building it up."""

from __future__ import annotations

import re

from etl.cells.kinds import ODS
from etl.cells.limits import Limits
from etl.cells.marks import KNOWN_ERRORS, Marks, forgive_resultless, refuse_many_sheets, refuse_wide_areas
from etl.cells.markup import parsed
from etl.cells.package import archive
from etl.cells.parts import Parts
from etl.errors import Unreadable

_MANIFEST = b'<?xml version="1.0"?><manifest/>'
_ERROR = re.compile("|".join(map(re.escape, KNOWN_ERRORS)) + r"|#[A-Z_/]+[!?]|Err:\d{3}")


def look(content: bytes, limits: Limits) -> tuple[bytes, list[Marks]]:
    """The vetted workbook, and the marks of its sheets in their order."""
    data = Parts(content, limits).xml("content.xml")
    content_part = _Content(limits)
    try:
        parsed(data, content_part.start, content_part.end, content_part.text)
    except ValueError as problem:
        raise Unreadable(problem=f"repetition: {problem}") from problem
    found = content_part.found
    refuse_wide_areas(found, limits)
    forgive_resultless(found)
    return archive({"mimetype": ODS, "META-INF/manifest.xml": _MANIFEST, "content.xml": data}), found


class _Content:
    """Where in content.xml we are. Notes hold paragraphs too; those are no cell's."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.found: list[Marks] = []
        self.within = False
        self.notes = 0
        self.next_row = 1
        self.cell: _Cell | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag:
            case "table:table":
                self._table(attributes)
            case "table:table-row" if self.within:
                self.row, self.rows = self.next_row, _times(attributes, "table:number-rows-repeated")
                self.next_row += self.rows
                self.next_column = 1
            case "table:table-cell" | "table:covered-table-cell" if self.within:
                self.cell = _Cell(attributes, self.next_column)
                self.next_column += self.cell.columns
            case "office:annotation":
                self.notes += 1
            case "text:p" if self.cell and not self.notes:
                self.cell.filled = self.cell.reading = True

    def text(self, text: str) -> None:
        if self.cell and self.cell.reading and not self.notes:
            self.cell.text += text

    def end(self, tag: str) -> None:
        match tag:
            case "table:table":
                self.within = False
            case "table:table-cell" | "table:covered-table-cell" if self.cell:
                self._note(self.cell)
                self.cell = None
            case "office:annotation":
                self.notes -= 1

    def _table(self, attributes: dict[str, str]) -> None:
        if self.within:
            raise Unreadable(problem="a table within a table")
        self.within = True
        self.next_row = 1
        self.found.append(Marks(attributes.get("table:name", "")))
        refuse_many_sheets(len(self.found), self.limits)

    def _note(self, cell: _Cell) -> None:
        marks = self.found[-1]
        if cell.spans:
            rows, columns = cell.spans
            marks.covered.append((self.row, cell.column, self.row + rows - 1, cell.column + columns - 1))
        if not cell.filled or not cell.columns or not self.rows:
            return
        marks.reach(self.row + self.rows - 1, cell.column + cell.columns - 1, self.limits)
        if not cell.computed:
            return
        refuse_wide_areas(self.found, self.limits)
        for row in range(self.row, self.row + self.rows):
            for column in range(cell.column, cell.column + cell.columns):
                marks.formulas[row, column] = None
                if cell.error:
                    marks.errors[row, column] = cell.error
                elif not cell.has_result:
                    marks.resultless.add((row, column))


class _Cell:
    """One table:table-cell, standing for `columns` of them."""

    def __init__(self, attributes: dict[str, str], column: int) -> None:
        self.column = column
        self.columns = _times(attributes, "table:number-columns-repeated")
        self.computed = "table:formula" in attributes
        self.typed = "office:value-type" in attributes
        self.wrong = attributes.get("calcext:value-type") == "error"
        self.filled = self.computed or self.typed
        self.reading = False
        self.text = ""
        rows, columns = (_times(attributes, f"table:number-{side}-spanned") for side in ("rows", "columns"))
        self.spans = (rows, columns) if rows > 1 or columns > 1 else None

    @property
    def error(self) -> str:
        text = self.text.strip()
        return (text or "#N/A") if self.wrong or _ERROR.fullmatch(text) else ""

    @property
    def has_result(self) -> bool:
        return self.typed or bool(self.text)


def _times(attributes: dict[str, str], name: str) -> int:
    times = int(attributes.get(name, 1))
    if times < 0:
        raise ValueError(f"{name} {times}")
    return times
