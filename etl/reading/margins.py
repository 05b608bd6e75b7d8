"""What stands around the entries: signatures, rows nobody asked for, headings that must not be there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from etl.cells.addresses import column_letters
from etl.errors import PersonalData
from etl.model import Cell, Cells, CellState, Finding, Severity, SheetCells
from etl.reading.index import index_of
from etl.reading.personal import ID_NUMBER, has_id_number, tab_asks_for_a_person
from etl.reading.places import SheetPlace
from etl.reading.plain import as_written, compact, nearest_day, plain
from etl.reading.sheets import NOTHING, beside, ref

# as printed -> how it is also written
_LABELS = {
    "填报人": "填报人|填表人|经办人",
    "审核人": "审核人|复核人",
    "单位负责人": "单位负责人|负责人",
    "联系电话": "联系电话|电话",
    "填报日期": "填报日期|填表日期|报出日期",
}
_LABEL = re.compile(
    "|".join(rf"(?P<{name}>{spellings})" for name, spellings in _LABELS.items()).join(
        (r"(?:", r")(?:\([^)]{0,6}\))?\s*(?P<colon>:|$)")
    )
)
_MOST_NAMED = 10


def refuse_personal_data(cells: Cells, found: Mapping[str, SheetPlace]) -> None:
    """Raises PersonalData for a heading such as 学生姓名, also as a tab's name, and for an ID number wherever it stands:
    in a cell's text, number or formula, in a tab's name, a comment, a text box, or elsewhere in the file."""
    answers = {place.cells.name: set(place.rows.values()) for place in found.values()}
    for sheet in cells.sheets:
        asked = answers.get(sheet.name, set())
        if has_id_number(sheet.name):
            raise PersonalData(at="", heading=ID_NUMBER, source="sheet_name")
        if tab_asks_for_a_person(sheet.name):
            raise PersonalData(at="", heading=compact(sheet.name), source="sheet_name")
        index = index_of(sheet)
        for at in index.numbered:
            raise PersonalData(at=str(ref(sheet, *at)), heading=ID_NUMBER)
        for row, column, text in index.people:
            if row not in asked:
                raise PersonalData(at=str(ref(sheet, row, column)), heading=compact(text))
    for spot in cells.personal:
        raise PersonalData(at=spot.at, heading=ID_NUMBER, source=spot.source)


def read_footer(found: Iterable[SheetPlace]) -> dict[str, str]:
    """填报人 and so on -> what was written, from the first sheet that says it; silent ones are left out."""
    footer: dict[str, str] = {}
    for place in found:
        answers = set(place.rows.values())
        for row, column, text in place.cells.texts:
            if row > place.first_row and row not in answers:
                for label, written in _signed(place.cells, row, column, text):
                    footer.setdefault(label, written)
    return {label: footer[label] for label in _LABELS if label in footer}


def _signed(sheet: SheetCells, row: int, column: int, text: str) -> Iterator[tuple[str, str]]:
    """Several labels may share one cell; the last one's answer may stand in the cell beside it."""
    line = plain(text)
    labels = list(_LABEL.finditer(line))
    for n, found in enumerate(labels):
        end = labels[n + 1].start() if n + 1 < len(labels) else len(line)
        written = line[found.end() : end].strip()
        if not written and n + 1 == len(labels):
            written = _beside(sheet, row, column)
        if written:
            yield str(found.lastgroup if found.lastgroup != "colon" else _name_of(found)), written


def _name_of(found: re.Match[str]) -> str:
    return next(name for name in _LABELS if found[name])


def _beside(sheet: SheetCells, row: int, column: int) -> str:
    neighbour = beside(sheet, row, column, reach=4)
    if neighbour is None or neighbour[1].state is not CellState.VALUE:
        return ""
    raw = neighbour[1].raw
    written = plain(raw) if isinstance(raw, str) else as_written(_day(raw) if isinstance(raw, datetime) else raw)
    return "" if _LABEL.search(written) else written


def _day(moment: datetime) -> date:
    return nearest_day(moment) or moment.date()


def unseen_labels(place: SheetPlace) -> Iterator[Finding]:
    """One note on a sheet whose headings, codes or names carry characters that nobody sees; they are left out."""
    asked = [column.code for column in place.sheet.columns if column.role in ("entry", "reason")]
    answers = {place.columns[code] for code in asked if code in place.columns}
    lines = set(place.rows.values())
    found = [
        (ref(place.cells, row, column), marks)
        for (row, column), marks in index_of(place.cells).unseen
        if not (row in lines and column in answers)
    ]
    if found:
        marks = "、".join(dict.fromkeys(mark for _, several in found for mark in several.split("、")))
        fields = {"sheet": place.cells.name, "count": len(found), "marks": marks}
        yield Finding("unseen_in_labels", Severity.NOTE, at=found[0][0], fields=fields)


def extra_rows(place: SheetPlace) -> Iterator[Finding]:
    """Rows among ours that we did not ask for and that hold a number: noted, never read."""
    known = {*place.rows.values(), *(row for rows in place.doubled_rows.values() for row in rows)}
    entries = [place.columns[c.code] for c in place.sheet.columns if c.role == "entry" and c.code in place.columns]
    for row in range(place.first_row, _footer_row(place)):
        if row in known:
            continue
        for column in entries:
            cell = place.cells.cells.get((row, column), NOTHING)
            if isinstance(cell.raw, int | float) and not isinstance(cell.raw, bool):
                yield Finding(
                    "extra_row",
                    Severity.NOTE,
                    at=ref(place.cells, row, column),
                    fields={"sheet": place.cells.name, "row": row, "raw": as_written(cell.raw)},
                )
                break


def hidden_answers(place: SheetPlace) -> Iterator[Finding]:
    """A note on answers and reasons in rows that are hidden or filtered out, and one on those in hidden columns."""
    sheet, asked = place.cells, [column.code for column in place.sheet.columns if column.role in ("entry", "reason")]
    columns = {place.columns[code] for code in asked if code in place.columns}
    lines = set(place.rows.values())
    filled = [at for at, cell in sheet.cells.items() if at[1] in columns and at[0] in lines and _says(cell)]
    rows = "filtered_rows" if sheet.filtered else "hidden_rows"
    for rule, side, hidden in ((rows, 0, sheet.hidden_rows), ("hidden_columns", 1, sheet.hidden_columns)):
        if found := sorted(at for at in filled if at[side] in hidden):
            hit = sorted({at[side] for at in found})
            named = [str(line) if side == 0 else column_letters(line) for line in hit[:_MOST_NAMED]]
            where = "、".join(named) + ("…" if len(hit) > _MOST_NAMED else "")
            fields = {"sheet": sheet.name, "where": where, "count": len(found)}
            yield Finding(rule, Severity.NOTE, at=ref(sheet, *found[0]), fields=fields)


def maybe_struck(place: SheetPlace) -> Iterator[Finding]:
    """A note on answers that a conditional format may strike out: whether its condition holds is not worked out."""
    sheet, lines = place.cells, set(place.rows.values())
    columns = {place.columns[c.code] for c in place.sheet.columns if c.role == "entry" and c.code in place.columns}
    found = sorted(
        (row, column)
        for (row, column), cell in (sheet.cells.items() if sheet.struck_if else ())
        if row in lines
        and column in columns
        and _says(cell)
        and any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in sheet.struck_if)
    )
    if found:
        fields = {"sheet": sheet.name, "count": len(found)}
        yield Finding("maybe_struck", Severity.NOTE, at=ref(sheet, *found[0]), fields=fields)


def _says(cell: Cell) -> bool:
    return cell.state is not CellState.BLANK and (
        cell.state is not CellState.VALUE or compact(as_written(cell.raw)) != ""
    )


def _footer_row(place: SheetPlace) -> int:
    lines = set(place.rows.values())
    signed = (
        row
        for row, _, text in place.cells.texts
        if row > place.first_row and row not in lines and _LABEL.search(plain(text))
    )
    return min(signed, default=place.cells.last_row + 1)
