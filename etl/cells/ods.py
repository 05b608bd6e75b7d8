"""A look at ods: its content.xml, once, without building it up."""

from __future__ import annotations

import re

from etl.cells.kinds import ODS
from etl.cells.limits import Limits
from etl.cells.marks import Marks, forgive_resultless, refuse_many_sheets, refuse_wide_areas
from etl.cells.markup import Edit, edited, new_parser, parsed
from etl.cells.ods_cell import Attributes, OdsCell, OdsStyles, times
from etl.cells.package import archive
from etl.cells.parts import ArchiveParts
from etl.cells.runs import PLAIN
from etl.errors import Unreadable

_TAG = re.compile(rb"""<(?:"[^"]*"|'[^']*'|[^>"'])*>""")
_USUAL = "1899-12-30"  # from where a file counts its days
_MANIFEST = b'<?xml version="1.0"?><manifest/>'
_VISIBILITY, _UNSEEN = "table:visibility", ("collapse", "filter")
_CELLS = ("table:table-cell", "table:covered-table-cell")


def look(parts: ArchiveParts, limits: Limits) -> tuple[bytes, list[Marks]]:
    """The vetted workbook, and the marks of its sheets in their order."""
    styles = OdsStyles()
    data = parts.xml("content.xml")
    if parts.has("styles.xml"):
        parsed(parts.xml("styles.xml"), styles.start, styles.end)
    reader = _Content(limits, styles)
    try:
        parsed(data, reader.start, reader.end, reader.text, reader.parser)
    except ValueError as problem:
        raise Unreadable(problem=f"repetition: {problem}") from problem
    found = reader.found
    refuse_wide_areas(found, limits)
    forgive_resultless(found)
    data = edited(data, reader.cuts(data))
    return archive({"mimetype": ODS, "META-INF/manifest.xml": _MANIFEST, "content.xml": data}), found


class _Content:
    """Where in content.xml we are. Notes hold paragraphs too; those are no cell's."""

    def __init__(self, limits: Limits, styles: OdsStyles) -> None:
        self.limits, self.styles = limits, styles
        self.parser = new_parser()
        self.found: list[Marks] = []
        self.within = self.since_1904 = False
        self.next_row = 1
        self.cell: OdsCell | None = None
        self.columns: list[tuple[int, str]] = []  # up to which column, the style of its cells
        self.blanks: list[tuple[Marks, int, int, OdsCell]] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        if self.cell is not None and tag not in ("table:table", "table:table-row", *_CELLS):
            self.cell.start(tag, attributes)
            return
        match tag:
            case "table:table":
                self._table(attributes)
            case "table:null-date":
                self.since_1904 = attributes.get("table:date-value", _USUAL)[:10] != _USUAL
            case "table:table-column" if self.within:
                last = self.columns[-1][0] if self.columns else 0
                repeated = times(attributes, "table:number-columns-repeated")
                self.columns.append((last + repeated, attributes.get("table:default-cell-style-name", "")))
                if attributes.get(_VISIBILITY) in _UNSEEN:
                    self.found[-1].hide_columns(last + 1, last + repeated, self.limits)
            case "table:table-row" if self.within:
                self.row, self.rows = self.next_row, times(attributes, "table:number-rows-repeated")
                self.next_row += self.rows
                self.next_column = 1
                self.row_style = attributes.get("table:default-cell-style-name", "")
                if attributes.get(_VISIBILITY) in _UNSEEN:
                    self.found[-1].hide_rows(self.row, self.next_row - 1, self.limits)
                    self.found[-1].filtered |= attributes[_VISIBILITY] == "filter"
            case "table:table-cell" | "table:covered-table-cell" if self.within:
                style = self.row_style or next((s for last, s in self.columns if last >= self.next_column), "")
                self.cell = OdsCell(attributes, self.next_column, self.parser.CurrentByteIndex, self.styles, style)
                self.next_column += self.cell.columns
            case _:
                self.styles.start(tag, attributes)

    def text(self, text: str) -> None:
        if self.cell is not None:
            self.cell.add(text)

    def end(self, tag: str) -> None:
        if tag in _CELLS and self.cell is not None:
            self._note(self.cell, self.parser.CurrentByteIndex)
            self.cell = None
        elif self.cell is not None:
            self.cell.end(tag)
        elif tag == "table:table":
            self.within = False
        else:
            self.styles.end(tag)

    def _table(self, attributes: Attributes) -> None:
        if self.within:
            raise Unreadable(problem="a table within a table")
        self.within = True
        self.next_row = 1
        self.columns = []
        self.found.append(Marks(attributes.get("table:name", ""), since_1904=self.since_1904))
        refuse_many_sheets(len(self.found), self.limits)

    def _note(self, cell: OdsCell, end: int) -> None:
        marks = self.found[-1]
        if cell.spans:
            rows, columns = cell.spans
            marks.covered.append((self.row, cell.column, self.row + rows - 1, cell.column + columns - 1))
        if not cell.columns or not self.rows:
            return
        if cell.pictured and (cell.is_blank or not cell.filled):
            marks.pictures.add((self.row, cell.column))
        if not cell.filled:
            return
        last_row, last_column = self.row + self.rows - 1, cell.column + cell.columns - 1
        if cell.is_blank:
            self.blanks.append((marks, last_row, end, cell))
            return
        marks.reach(last_row, last_column, self.limits)
        own_text, percent = cell.own_text, cell.kind == "percentage"
        if cell.formula is None and own_text is None and not percent and not cell.is_set_apart and cell.font == PLAIN:
            return
        refuse_wide_areas(self.found, self.limits)
        for row in range(self.row, last_row + 1):
            for column in range(cell.column, last_column + 1):
                self._tell(marks, (row, column), cell, own_text)

    def _tell(self, marks: Marks, place: tuple[int, int], cell: OdsCell, own_text: str | None) -> None:
        if cell.is_set_apart:
            marks.runs[place] = cell.runs
        if own_text is not None:
            marks.texts[place] = own_text
        if cell.font != PLAIN:
            marks.fonts[place] = cell.font
        if cell.kind == "percentage":
            marks.percents.add(place)
        if cell.formula is None:
            return
        marks.formulas[place] = cell.excel_formula if self.rows == 1 else None
        if cell.error:
            marks.errors[place] = cell.error
        elif not cell.has_result:
            marks.resultless.add(place)

    def cuts(self, data: bytes) -> list[Edit]:
        """Cells that show nothing and lie beyond the others, made empty."""
        edits = []
        for marks, last_row, end, cell in self.blanks:
            if marks.lies_beyond(last_row, cell.column + cell.columns - 1):
                tag = _TAG.match(data, cell.begin)
                if tag is None:
                    raise Unreadable(problem="a cell without its tag")
                end = tag.end() if tag[0].endswith(b"/>") else data.index(b">", end) + 1
                put = f'<table:table-cell table:number-columns-repeated="{cell.columns}"/>'
                edits.append((cell.begin, end, put.encode()))
        return edits
