"""A workbook's bytes parsed: a look first, then calamine for the values. Runs in the child process."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import Any

import python_calamine as calamine

from etl.cells import ods, text, xls, xlsb, xlsx
from etl.cells.kinds import ZIP, sniff, unlocked
from etl.cells.limits import Limits
from etl.cells.marks import Marks
from etl.cells.parts import ArchiveParts
from etl.cells.personal_sources import spots
from etl.cells.pictures import shows_picture
from etl.cells.recalculate import distrust
from etl.errors import Encrypted, Unreadable
from etl.model import Cell, Cells, CellState, IdentitySpot, SheetCells
from etl.reading.plain import remembered

LOOKS = {"xlsx": xlsx.look, "xlsm": xlsx.look, "xlsb": xlsb.look, "ods": ods.look}  # of the zipped kinds


@dataclass(slots=True)
class ParsedSheet:
    """One sheet on its way to the parent: rows from A1 on, '' for blank, beside what the look found."""

    rows: list[list[Any]]
    marks: Marks
    hidden: bool = False


@dataclass(slots=True)
class Parsed:
    kind: str
    sheets: list[ParsedSheet]
    personal: list[IdentitySpot] = field(default_factory=list)


def parse(content: bytes, limits: Limits) -> Parsed:
    """Raises Unreadable and its subclasses; hostile files may raise anything else, or end the process."""
    try:
        return _parsed(content, limits)
    except Encrypted:
        return _parsed(unlocked(content), limits)


def _parsed(content: bytes, limits: Limits) -> Parsed:
    parts = ArchiveParts(content, limits) if content.startswith(ZIP) else None
    kind = sniff(content, limits, parts)
    if kind == "csv":
        return Parsed(kind, [ParsedSheet(*text.read(content, limits))])
    vetted, marks = xls.look(content, limits) if parts is None else LOOKS[kind](parts, limits)
    try:
        parsed = Parsed(kind, _sheets(vetted, marks))
    except calamine.PasswordError as problem:
        raise Encrypted() from problem
    except calamine.CalamineError as problem:
        raise Unreadable(problem=f"calamine: {problem}") from problem
    parsed.personal = spots(content, parts)
    distrust([(sheet.rows, sheet.marks) for sheet in parsed.sheets])
    return parsed


def _sheets(vetted: bytes, marks: list[Marks]) -> list[ParsedSheet]:
    sheets = []
    with calamine.CalamineWorkbook.from_filelike(io.BytesIO(vetted)) as book:
        entries = book.sheets_metadata
        names = {entry.name for entry in entries}
        if len(entries) != len(marks) or len(names) < len(entries):
            raise Unreadable(problem="the list of sheets is ambiguous")
        for number, (entry, seen) in enumerate(zip(entries, marks, strict=True)):
            if entry.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            seen.name = entry.name
            rows = book.get_sheet_by_index(number).to_python(skip_empty_area=False)
            sheets.append(ParsedSheet(rows, seen, entry.visible != calamine.SheetVisibleEnum.Visible))
    return sheets


def as_cells(parsed: Parsed) -> Cells:
    return Cells(parsed.kind, tuple(_sheet(sheet) for sheet in parsed.sheets), tuple(parsed.personal))


def _sheet(sheet: ParsedSheet) -> SheetCells:
    marks = sheet.marks
    cells = {
        (row, column): _cell(raw)
        for row, values in enumerate(sheet.rows, start=1)
        for column, raw in enumerate(values, start=1)
        if raw != ""
    }
    filled = len(cells)
    cells |= {place: Cell(text) for place, text in marks.texts.items() if place not in cells}
    for place in {*marks.runs, *marks.texts, *marks.percents, *marks.fonts} & cells.keys():
        raw, shown = marks.say(place, cells[place].raw)
        cells[place] = replace(cells[place], raw=raw, shown=shown)
    if marks.since_1904:
        cells = {place: replace(cell, shown=replace(cell.shown, since_1904=True)) for place, cell in cells.items()}
    for place, formula in marks.formulas.items():
        cell = cells.get(place)
        if place in marks.resultless:
            cells[place] = Cell(None, CellState.UNCACHED, formula)
        elif cell is None:
            cells[place] = Cell("", CellState.BLANK, formula)
        elif formula is not None:
            cells[place] = replace(cell, formula=formula)
    for place, error in marks.errors.items():
        cells[place] = Cell(error, CellState.ERROR, marks.formulas.get(place))
    for place in marks.broken:
        cells[place] = Cell("", CellState.BROKEN)
    for place in {
        *marks.pictures,
        *(place for place, cell in cells.items() if _may_show(cell) and shows_picture(cell)),
    }:
        cells[place] = Cell("", CellState.PICTURE, marks.formulas.get(place))
    if len(cells) > filled:
        cells = dict(sorted(cells.items()))
    _uncover(cells, marks)
    rows, columns = {row for row, _ in cells}, {column for _, column in cells}
    return SheetCells(
        marks.name,
        cells,
        sheet.hidden,
        frozenset(marks.hidden_rows & rows),
        frozenset(marks.hidden_columns & columns),
        marks.filtered,
        tuple(marks.struck_if),
    )


def _may_show(cell: Cell) -> bool:
    """A formula, or what looks like one."""
    return cell.formula is not None or cell.state is not CellState.VALUE or (type(cell.raw) is str and "=" in cell.raw)


def _cell(raw: Any) -> Cell:
    """No sheet shows a number that is none; it would only trip whoever computes with it."""
    if type(raw) is str:
        return _text_cell(raw)
    if type(raw) is float and not isfinite(raw):
        return Cell("#NUM!", CellState.ERROR)
    return Cell(raw)


@remembered
def _text_cell(text: str) -> Cell:
    return Cell(text)


def _uncover(cells: dict[tuple[int, int], Cell], marks: Marks) -> None:
    """What a merge hides nobody sees and nobody means; only its top-left cell counts."""
    for top, left, bottom, right in marks.covered:
        bottom, right = min(bottom, marks.last_row), min(right, marks.last_column)
        if (bottom - top + 1) * (right - left + 1) > len(cells):
            hidden = [at for at in cells if top <= at[0] <= bottom and left <= at[1] <= right]
        else:
            hidden = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
        for place in hidden:
            if place != (top, left):
                cells.pop(place, None)
