"""XlsxWriter's own sheet, quicker where a workbook has hundreds of thousands of cells: texts and numbers are put straight into its
table, and written a row at a time. What is in the file is the same but for the hints on how far rows reach, which are optional.

It stands on the insides of the pinned release; the tests hold its files against those of the ordinary sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import CellBlankTuple, CellDatetimeTuple, CellNumberTuple, CellStringTuple, Worksheet

Told = tuple[int, str | float, Format]  # column; a text of at most 32,767 signs or a finite number; its look


class QuickSheet(Worksheet):
    """Not for sheets with comments, nor for formats of whole rows or columns on cells that have none."""

    def write_told(self, row: int, told: Sequence[Told]) -> None:
        """Along a row, from left to right: as `write_string` and `write_number`, the place checked once."""
        if not told:
            return
        shared, cells = self.str_table._get_shared_string_index, self.table[row]
        for column, value, look in told:
            cells[column] = CellStringTuple(shared(value), look) if type(value) is str else CellNumberTuple(value, look)
        self._check_dimensions(row, told[0][0])
        self._check_dimensions(row, told[-1][0])

    def _write_rows(self) -> None:
        if self.comments:
            super()._write_rows()
            return
        write, columns = self.fh.write, [f'<c r="{xl_col_to_name(n)}' for n in range((self.dim_colmax or 0) + 1)]
        rows = self.table.keys() | {n for n in self.row_info if self.dim_rowmin <= n <= self.dim_rowmax}
        for row in sorted(rows):
            cells, info = self.table.get(row), self.row_info.get(row)
            if not cells:
                if info is not None:
                    self._write_empty_row(row, None, info)
                continue
            self._write_row(row, None, info)
            line: list[str] = []
            for column in sorted(cells):
                text = _written(columns[column], row, cells[column])
                if text is None:
                    write("".join(line))
                    line.clear()
                    self._write_cell(row, column, cells[column])
                else:
                    line.append(text)
            write("".join(line))
            self._xml_end_tag("row")


def _written(place: str, row: int, cell: Any) -> str | None:
    """The element of a cell; None for the kinds left to XlsxWriter. place: up to the column's letters."""
    kind, look = type(cell), cell.format
    if not look:
        return None
    start = f'{place}{row + 1}" s="{look._get_xf_index()}"'
    if kind is CellStringTuple:
        return f'{start} t="s"><v>{cell.string}</v></c>'
    if kind is CellNumberTuple or kind is CellDatetimeTuple:
        return f"{start}><v>{cell.number:.16G}</v></c>"
    return f"{start}/>" if kind is CellBlankTuple else None
