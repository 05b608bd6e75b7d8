"""The cells of one sheet, found or made by their address."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.utils.cell import coordinate_to_tuple

from etl.annotate.package import MAIN, Element, PackageParts
from etl.cells.addresses import address, column_number

_DIGITS = "0123456789"


class Grid:
    """root: of the sheet's part. A row or cell that does not say where it stands comes behind the one before it."""

    def __init__(self, root: Element) -> None:
        self.root, self._data = root, root.find(f"{MAIN}sheetData")
        self._rows: dict[int, Element] = {}
        self._cells: dict[tuple[int, int], Element] = {}
        row = 0
        for line in self._data.iterfind(f"{MAIN}row") if self._data is not None else ():
            row, column = int(line.get("r", row + 1)), 0
            self._rows[row] = line
            for cell in line.iterfind(f"{MAIN}c"):
                at = cell.get("r", "").rstrip(_DIGITS)
                column = column_number(at) if at else column + 1
                self._cells[row, column] = cell

    def __iter__(self) -> Iterator[tuple[str, Element]]:
        """(address, cell) of the cells that are there."""
        return ((address(*at), cell) for at, cell in self._cells.items())

    def shown(self, at: str) -> str:
        """The address itself, or that of the cell that shows for it where cells are merged."""
        row, column = coordinate_to_tuple(at)
        for area in self.root.iter(f"{MAIN}mergeCell"):
            first, _, last = area.get("ref", "").replace("$", "").partition(":")
            (top, left), (bottom, right) = coordinate_to_tuple(first), coordinate_to_tuple(last or first)
            if top <= row <= bottom and left <= column <= right:
                return address(top, left)
        return at

    def cell(self, at: str) -> Element:
        """Where there is none, a blank one with the style of its row or column. Raises ValueError for a sheet without cells."""
        row, column = coordinate_to_tuple(at)
        if (row, column) not in self._cells:
            line = self._row(row)
            line.attrib.pop("spans", None)
            for n, cell in ((n, cell) for (r, n), cell in self._cells.items() if r == row):
                cell.set("r", address(row, n))
            made = line.makeelement(f"{MAIN}c", r=address(row, column), s=self._usual(line, column))
            beyond = [cell for (r, n), cell in sorted(self._cells.items()) if r == row and n > column]
            line.insert(list(line).index(beyond[0]) if beyond else len(line), made)
            self._cells[row, column] = made
        return self._cells[row, column]

    def _row(self, row: int) -> Element:
        if self._data is None:
            raise ValueError("a sheet without cells")
        if row not in self._rows:
            for number, line in self._rows.items():
                line.set("r", str(number))
            made = self._data.makeelement(f"{MAIN}row", r=str(row))
            beyond = [number for number in self._rows if number > row]
            place = list(self._data).index(self._rows[min(beyond)]) if beyond else len(self._data)
            self._data.insert(place, made)
            self._rows[row] = made
        return self._rows[row]

    def _usual(self, line: Element, column: int) -> str:
        if line.get("customFormat") in ("1", "true"):
            return str(line.get("s", "0"))
        for one in self.root.iterfind(f"{MAIN}cols/{MAIN}col"):
            if int(one.get("min")) <= column <= int(one.get("max")):
                return str(one.get("style", "0"))
        return "0"


def grid_of(package: PackageParts, part: str) -> Grid:
    """Of a sheet's part; the cells are gone through once, however often they are asked for."""
    root, known = package.tree(part), package.grids.get(part)
    if known is None or known.root is not root:
        known = package.grids[part] = Grid(root)
    return known
