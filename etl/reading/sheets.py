"""Looking at one sheet of a workbook that has been read."""

from __future__ import annotations

from etl.cells.addresses import address
from etl.model import Cell, CellRef, CellState, SheetCells

NOTHING = Cell(raw=None, state=CellState.BLANK)


def ref(sheet: SheetCells, row: int, column: int) -> CellRef:
    return CellRef(sheet.name, address(row, column))


def beside(sheet: SheetCells, row: int, column: int, reach: int = 8) -> tuple[int, Cell] | None:
    """The next cell to the right that holds something, with its column; a picture, such as a seal, says nothing."""
    for at in range(column + 1, column + 1 + reach):
        cell = sheet.cells.get((row, at), NOTHING)
        if cell.state not in (CellState.BLANK, CellState.PICTURE):
            return at, cell
    return None
