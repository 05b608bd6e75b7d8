"""What a look at a sheet notes down: where its cells end, and what calamine does not tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from etl.cells.addresses import address
from etl.cells.limits import Limits
from etl.cells.runs import PLAIN, Font, Run, told
from etl.errors import TooLarge
from etl.model import AS_HELD, CellRef, ShownAs
from etl.reading.plain import as_written

Place = tuple[int, int]  # row, column, both from 1
Area = tuple[int, int, int, int]  # first row, first column, last row, last column

# The errors every reader knows; newer ones (#SPILL!, Err:502 …) are kept as text.
KNOWN_ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
# Their codes in the binary kinds, xls and xlsb.
ERROR_CODES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


@dataclass(slots=True)
class Marks:
    """One sheet. last_row, last_column: of cells that hold something, 0 for none.

    formulas: every formula cell and its text, None where the kind does not show it.
    resultless: formula cells with no result stored.
    covered: areas under a merge, their top-left cell included.
    runs: texts of which parts are set apart. fonts: of cells struck through or raised as a whole.
    percents: cells whose number format is a percentage. struck_if: areas that are struck out while a condition holds.
    texts: what calamine reads otherwise. broken: cells whose content is damaged. pictures: cells that show one.
    hidden_rows, hidden_columns: within the limits. filtered: a filter is in force.
    since_1904: the file counts days from 1904-01-01. computed_later: it, or the sheet, asks to be computed on opening.
    as_displayed: it computes with numbers as rounded for display.
    """

    name: str
    last_row: int = 0
    last_column: int = 0
    errors: dict[Place, str] = field(default_factory=dict)
    formulas: dict[Place, str | None] = field(default_factory=dict)
    resultless: set[Place] = field(default_factory=set)
    covered: list[Area] = field(default_factory=list)
    runs: dict[Place, list[Run]] = field(default_factory=dict)
    fonts: dict[Place, Font] = field(default_factory=dict)
    percents: set[Place] = field(default_factory=set)
    struck_if: list[Area] = field(default_factory=list)
    texts: dict[Place, str] = field(default_factory=dict)
    broken: set[Place] = field(default_factory=set)
    pictures: set[Place] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False
    since_1904: bool = False
    computed_later: bool = False
    as_displayed: bool = False

    def reach(self, row: int, column: int, limits: Limits) -> None:
        """A cell holds something here. Raises TooLarge for one that lies too far out."""
        if row > limits.rows or column > limits.columns:
            what, found, limit = (
                ("rows", row, limits.rows) if row > limits.rows else ("columns", column, limits.columns)
            )
            where = str(CellRef(self.name, address(row, column)))
            raise TooLarge(what=what, found=found, limit=limit, where=where)
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)

    def hide_rows(self, first: int, last: int, limits: Limits) -> None:
        self.hidden_rows.update(range(first, min(last, limits.rows) + 1))

    def hide_columns(self, first: int, last: int, limits: Limits) -> None:
        self.hidden_columns.update(range(first, min(last, limits.columns) + 1))

    def lies_beyond(self, row: int, column: int) -> bool:
        """Beyond every cell that holds something."""
        return row > self.last_row or column > self.last_column

    def say(self, place: Place, raw: Any) -> tuple[Any, ShownAs]:
        """What the cell there says, and how it shows it. raw: what calamine reads."""
        font, shown = self.fonts.get(place, PLAIN), AS_HELD
        raw = self.texts.get(place, raw)
        if place in self.runs:
            raw, shown = told(self.runs[place], font)
        elif font.struck:
            shown = ShownAs(struck=as_written(raw), void=True)
        if place in self.percents:
            shown = replace(shown, percent=True)
        return raw, shown


def refuse_many_sheets(count: int, limits: Limits) -> None:
    if count > limits.sheets:
        raise TooLarge(what="sheets", found=count, limit=limits.sheets, where="")


def refuse_wide_areas(sheets: Iterable[Marks], limits: Limits) -> None:
    """calamine lays out every cell from A1 to the last one, blank or not."""
    found = sum(sheet.last_row * sheet.last_column for sheet in sheets)
    if found > limits.cells:
        raise TooLarge(what="cells", found=found, limit=limits.cells, where="")


def forgive_resultless(sheets: Iterable[Marks]) -> None:
    """xls and ods store the result "" as no result. Where other formulas have theirs, the workbook
    was computed and these show ""; where none has, no program ever computed it.
    """
    sheets = list(sheets)
    if any(sheet.formulas.keys() - sheet.resultless for sheet in sheets):
        for sheet in sheets:
            sheet.resultless.clear()
