"""Where a layout's sheets, rows and columns stand in the workbook that came back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from catalogue.model import Column, Layout, Sheet
from etl.model import Cells, SheetCells
from etl.reading.index import index_of
from etl.reading.plain import code, compact, heading

_HEADER_REACH = 5  # a title that is only part of a header's text counts this near to the rows


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """One sheet of the layout, found. All rows and columns count from 1.

    rows: line code -> row; columns: column code -> column. What stands in several places is in
    `doubled_rows`, `doubled_columns` instead. by_name: lines whose code is gone, found by their
    name -> its column. misnamed: lines beside whose code another line's name stands -> its column.
    """

    sheet: Sheet
    cells: SheetCells
    code_column: int
    first_row: int
    rows: Mapping[str, int]
    columns: Mapping[str, int]
    doubled_rows: Mapping[str, list[int]]
    doubled_columns: Mapping[str, list[int]]
    by_name: Mapping[str, int]
    misnamed: Mapping[str, int]


def places(cells: Cells, layout: Layout) -> tuple[dict[str, SheetPlace], tuple[SheetPlace, ...]]:
    """Sheet name of the layout -> where it was found, and the sheets left over that look like one, as it would be found.

    What a sheet holds counts, then what its tab says: the sheet of that name if it holds codes or
    names of it, else the one that holds most of them. A hidden sheet comes after a visible one that holds half the lines.
    """
    seen = [_Seen(sheet) for sheet in sorted(cells.sheets, key=lambda sheet: sheet.hidden)]
    held = {(m, n): _held(sheet, one) for n, sheet in enumerate(layout.sheets) for m, one in enumerate(seen)}
    full = {(m, n) for (m, n), count in held.items() if count * 2 >= len(layout.sheets[n].lines)}
    shown = {n for m, n in full if not seen[m].cells.hidden}
    claims = sorted(
        (seen[m].cells.hidden and n in shown, not _same_name(layout.sheets[n], seen[m]), -count, m, n)
        for (m, n), count in held.items()
        if count
    )
    found: dict[str, SheetPlace] = {}
    taken: set[int] = set()
    for *_, m, n in claims:
        sheet = layout.sheets[n]
        if sheet.name not in found and m not in taken:
            taken.add(m)
            found[sheet.name] = _place(sheet, seen[m])
    spare = {m: n for *_, m, n in reversed(claims) if m not in taken and (m, n) in full}
    return found, tuple(_place(layout.sheets[n], seen[m]) for m, n in sorted(spare.items()))


class _Seen:
    """A workbook's sheet, and where on it stands what."""

    def __init__(self, cells: SheetCells) -> None:
        index = index_of(cells)
        self.cells, self.codes, self.headings = cells, index.codes, index.headings


def _same_name(sheet: Sheet, candidate: _Seen) -> bool:
    return compact(candidate.cells.name) == compact(sheet.name)


def _held(sheet: Sheet, candidate: _Seen) -> int:
    """How many of its lines are there, and of its columns; 0 where no line is.

    Codes and names alone are not enough, 填报说明 lists them too: it takes an entry column or the name.
    """
    lines = sum(
        line.code.upper() in candidate.codes or heading(line.name) in candidate.headings for line in sheet.lines
    )
    columns = sum(
        code(column.code) in candidate.codes or heading(column.title) in candidate.headings
        for column in sheet.columns
        if column.role == "entry"
    )
    return lines + columns if lines and (columns or _same_name(sheet, candidate)) else 0


def _place(sheet: Sheet, seen: _Seen) -> SheetPlace:
    code_column = _commonest_column(seen.codes.get(line.code.upper(), []) for line in sheet.lines)
    name_column = _commonest_column(seen.headings.get(heading(line.name), []) for line in sheet.lines)
    coded = {
        line.code: here
        for line in sheet.lines
        if (here := [row for row, column in seen.codes.get(line.code.upper(), []) if column == code_column])
    }
    rows = {line: at[0] for line, at in coded.items() if len(at) == 1}
    taken = {row for at in coded.values() for row in at}
    named = _named_rows(sheet, seen, name_column, taken, coded.keys())
    first_row = min([*taken, *named.values()])
    columns, doubled = _columns(sheet, seen, first_row)
    return SheetPlace(
        sheet=sheet,
        cells=seen.cells,
        code_column=code_column or name_column,
        first_row=first_row,
        rows=rows | named,
        columns=columns,
        doubled_rows={line: at for line, at in coded.items() if len(at) > 1},
        doubled_columns=doubled,
        by_name=dict.fromkeys(named, name_column),
        misnamed=_misnamed(sheet, seen, name_column, rows),
    )


def _commonest_column(positions: Iterable[list[tuple[int, int]]]) -> int:
    """The column in which most of the lists have a cell, the leftmost of equals; 0 where none has."""
    counted = Counter(column for cells in positions for column in {column for _, column in cells})
    return min(counted, key=lambda column: (-counted[column], column), default=0)


def _named_rows(sheet: Sheet, seen: _Seen, column: int, taken: set[int], coded: Container[str]) -> dict[str, int]:
    """Lines without a code, by a name that stands in one free row and belongs to one such line."""
    lost = [line for line in sheet.lines if line.code not in coded]
    found = {}
    for line in lost:
        name = heading(line.name)
        free = [row for row, at in seen.headings.get(name, []) if at == column and row not in taken]
        if len(free) == 1 and sum(heading(other.name) == name for other in lost) == 1:
            found[line.code] = free[0]
    return found


def _misnamed(sheet: Sheet, seen: _Seen, column: int, rows: Mapping[str, int]) -> dict[str, int]:
    """Codes and names that were moved apart, as when one column alone is sorted."""
    names = {heading(line.name) for line in sheet.lines}
    written = {row: name for name in names for row, at in seen.headings.get(name, []) if at == column}
    own = {line.code: heading(line.name) for line in sheet.lines}
    return {line: column for line, row in rows.items() if written.get(row, own[line]) != own[line]}


def _columns(sheet: Sheet, seen: _Seen, first_row: int) -> tuple[dict[str, int], dict[str, list[int]]]:
    """By printed code, else by title, else by the one free header near the rows that contains the title."""
    found: dict[str, int] = {}
    doubled: dict[str, list[int]] = {}
    for column in sheet.columns:
        at = _header_columns(column, seen, first_row)
        if len(at) == 1:
            found[column.code] = at[0]
        elif at:
            doubled[column.code] = at
    taken = {*found.values(), *(at for several in doubled.values() for at in several)}
    for column in sheet.columns:
        if column.code not in found and column.code not in doubled:
            near = {
                at
                for text, cells in seen.headings.items()
                if heading(column.title) in text
                for row, at in cells
                if first_row - _HEADER_REACH <= row < first_row and at not in taken
            }
            if len(near) == 1:
                found[column.code] = near.pop()
    return found, doubled


def _header_columns(column: Column, seen: _Seen, first_row: int) -> list[int]:
    for cells in (seen.codes.get(code(column.code), []), seen.headings.get(heading(column.title), [])):
        if at := sorted({at for row, at in cells if row < first_row}):
            return at
    return []
