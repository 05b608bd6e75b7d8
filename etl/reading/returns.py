"""A workbook's cells become a return: every slot of the layout gets its entry."""

from __future__ import annotations

from collections.abc import Container
from decimal import Decimal
from typing import Any

from catalogue.model import Column, Line, Plan, Sheet, Slot
from etl.errors import OneTab
from etl.model import Cell, CellRef, Cells, CellState, Entry, EntryState, Finding, Return, Severity, entry_text
from etl.reading.answer import brief
from etl.reading.answers import read_answer, read_reason
from etl.reading.computed import compute
from etl.reading.forms import header_disagreements
from etl.reading.identity import Identity
from etl.reading.margins import (
    extra_rows,
    hidden_answers,
    maybe_struck,
    read_footer,
    refuse_personal_data,
    unseen_labels,
)
from etl.reading.numbers import percentage
from etl.reading.one_answer import made_one
from etl.reading.places import SheetPlace, places
from etl.reading.plain import as_written
from etl.reading.shapes import computed_slots, shape
from etl.reading.sheets import NOTHING, ref

_LONGEST_RAW = 2000


def read_return(cells: Cells, identity: Identity, plan: Plan) -> Return:
    """`repairs` has a finding for every bad and absent entry, and a note for every repair.

    Raises PersonalData where a heading asks for children's names, ID numbers or addresses, and OneTab for a CSV of
    a form of several sheets.
    """
    asked = shape(plan, identity.form, identity.reporter)
    found, spare = places(cells, asked)
    refuse_personal_data(cells, found)
    if cells.kind == "csv" and len(found) < len(asked.sheets):
        raise OneTab(found="、".join(found), sheets=len(asked.sheets))
    reading = _Reading(plan)
    reading.findings += header_disagreements(cells, identity, plan)
    for sheet in asked.sheets:
        if sheet.name in found:
            reading.sheet(found[sheet.name])
        else:
            reading.absent_sheet(sheet)
    for extra in spare:
        reading.extra_sheet(extra, computed_slots(plan, asked))
    entries, about_formulas = compute(reading.entries, reading.held, plan, asked)
    entries, about_none = made_one(entries, plan)
    findings = reading.findings + about_formulas + about_none
    if cells.kind == "csv":  # there every number is a text
        findings = [finding for finding in findings if finding.rule != "text_number"]
    return Return(
        layout=asked,
        version=identity.version,
        period=identity.period,
        entries=entries,
        footer=read_footer(found.values()),
        repairs=tuple(findings),
        previous=reading.previous,
    )


class _Reading:
    """What has been read so far: entries, the cells behind them, and what there is to say."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.entries: dict[Slot, Entry] = {}
        self.held: dict[Slot, Cell] = {}
        self.previous: dict[Slot, Entry] = {}
        self.findings: list[Finding] = []

    def say(self, rule: str, severity: Severity, at: CellRef | None, slot: Slot | None = None, **fields: Any) -> None:
        self.findings.append(Finding(rule, severity, at=at, slot=slot, fields=fields))

    def absent_sheet(self, sheet: Sheet) -> None:
        at = CellRef(sheet.name, "A1")
        self.say("sheet_missing", Severity.BLOCKS, at, sheet=sheet.name)
        for line in sheet.lines:
            for slot in line.slots.values():
                self.entries[slot] = Entry(slot=slot, state=EntryState.ABSENT, at=at)

    def extra_sheet(self, extra: SheetPlace, computed: Container[Slot]) -> None:
        """A tab of the same meaning as one that was read: where it answers otherwise, only they know which one is meant."""
        other = _Reading(self.plan)
        other.sheet(extra)
        for slot, entry in other.entries.items():
            ours = self.entries[slot]
            if slot in computed or entry_text(entry) in ("", entry_text(ours)):
                continue
            rule = "hidden_tab_differs" if extra.cells.hidden else "tabs_differ"
            fields = {"sheet": ours.at.sheet, "shown": brief(ours.raw) or None}
            fields |= {"other": extra.cells.name, "other_at": str(entry.at), "other_shown": brief(entry.raw)}
            return self.say(rule, Severity.BLOCKS, ours.at, slot, **fields)
        self.say("extra_sheet", Severity.NOTE, None, sheet=extra.cells.name)

    def sheet(self, place: SheetPlace) -> None:
        for column in place.sheet.columns:
            if column.role != "previous":  # 上期 counts for nothing, so it may be gone
                self._column(place, column)
        for line in place.sheet.lines:
            self._line(place, line)
            for code, slot in line.slots.items():
                self._slot(place, line, code, slot)
            self._previous(place, line)
        self.findings += [
            *extra_rows(place),
            *unseen_labels(place),
            *hidden_answers(place),
            *maybe_struck(place),
        ]

    def _column(self, place: SheetPlace, column: Column) -> None:
        """Without 变化原因 the numbers can still be read, so that is only noted."""
        severity = Severity.BLOCKS if column.role == "entry" else Severity.NOTE
        header = max(place.first_row - 1, 1)
        fields = {"sheet": place.cells.name, "column": column.title}
        if several := place.doubled_columns.get(column.code):
            at = ref(place.cells, header, several[0])
            cells = "、".join(ref(place.cells, header, n).address.rstrip("0123456789") for n in several)
            self.say("duplicate_column", severity, at, None, **fields, cells=cells)
        elif column.code not in place.columns:
            self.say("column_missing", severity, ref(place.cells, header, place.code_column), None, **fields)

    def _line(self, place: SheetPlace, line: Line) -> None:
        slot = next(iter(line.slots.values()), None)
        row = place.rows.get(line.code)
        reason = place.cells.cells.get((row or 0, place.columns.get("reason", 0)), NOTHING)
        if rule := {CellState.BROKEN: "broken_cell", CellState.PICTURE: "picture_in_reason"}.get(reason.state):
            self.say(rule, Severity.NOTE, ref(place.cells, row or 0, place.columns["reason"]), slot)
        fields = {"sheet": place.cells.name, "code": line.code, "line": line.name}
        if several := place.doubled_rows.get(line.code):
            at = ref(place.cells, several[0], place.code_column)
            cells = "、".join(ref(place.cells, n, place.code_column).address for n in several)
            self.say("duplicate_row", Severity.BLOCKS, at, slot, **fields, cells=cells)
        elif row is None:
            at = ref(place.cells, place.first_row, place.code_column)
            self.say("row_missing", Severity.BLOCKS, at, slot, **fields)
        elif column := place.by_name.get(line.code):
            self.say("found_by_name", Severity.NOTE, ref(place.cells, row, column), slot, **fields)
        elif column := place.misnamed.get(line.code):
            shown = as_written(place.cells.cells[row, column].raw).strip()
            self.say("name_misplaced", Severity.BLOCKS, ref(place.cells, row, column), slot, **fields, shown=shown)

    def _slot(self, place: SheetPlace, line: Line, code: str, slot: Slot) -> None:
        row, column = place.rows.get(line.code), place.columns.get(code)
        if row is None or column is None:
            several = [*place.doubled_rows.get(line.code, []), *place.doubled_columns.get(code, [])]
            looked = row or min(place.doubled_rows.get(line.code, [place.first_row]))
            at = ref(place.cells, looked, column or place.code_column)
            self.entries[slot] = Entry(slot=slot, state=EntryState.BAD if several else EntryState.ABSENT, at=at)
            return
        self.held[slot] = cell = place.cells.cells.get((row, column), NOTHING)
        reason, reason_at = _reason(place, row)
        state, value, text = self._answer(cell, slot, ref(place.cells, row, column))
        self.entries[slot] = Entry(
            slot=slot,
            state=state,
            at=ref(place.cells, row, column),
            value=value,
            text=text,
            raw=_raw(cell),
            reason=reason,
            reason_at=reason_at,
        )

    def _previous(self, place: SheetPlace, line: Line) -> None:
        """What stands as 上期, so that it can be held against what is on record."""
        for column in place.sheet.columns:
            slot = line.slots.get(column.of) if column.role == "previous" else None
            row, at = place.rows.get(line.code), place.columns.get(column.code)
            if slot is None or row is None or at is None:
                continue
            cell, element = place.cells.cells.get((row, at), NOTHING), self.plan.elements[slot.element]
            if cell.state is CellState.VALUE and element.kind in ("integer", "decimal"):
                answer = read_answer(cell.raw, element, cell.shown)
                self.previous[slot] = Entry(
                    slot=slot, state=answer.state, at=ref(place.cells, row, at), value=answer.value
                )

    def _answer(self, cell: Cell, slot: Slot, at: CellRef) -> tuple[EntryState, Any, str | None]:
        """UNCACHED cells come out BAD without a finding: `compute` has the last word on formulas."""
        if cell.state is CellState.ERROR:
            self.say("error_cell", Severity.BLOCKS, at, slot, raw=brief(_raw(cell)))
        if cell.state is CellState.BROKEN:
            self.say("broken_cell", Severity.BLOCKS, at, slot)
        if cell.state is CellState.PICTURE:
            is_text = self.plan.elements[slot.element].kind == "text"
            rule, severity = ("picture_in_text", Severity.NOTE) if is_text else ("picture_cell", Severity.BLOCKS)
            self.say(rule, severity, at, slot)
            return (EntryState.BLANK if is_text else EntryState.BAD), None, None
        if cell.state in (CellState.ERROR, CellState.BROKEN, CellState.UNCACHED):
            return EntryState.BAD, None, None
        answer = read_answer(cell.raw, self.plan.elements[slot.element], cell.shown)
        for repair in answer.repairs:
            self.say(repair.rule, repair.severity, at, slot, **repair.fields)
        return answer.state, answer.value, answer.text


def _raw(cell: Cell) -> str:
    if cell.state is CellState.UNCACHED:
        return f"={cell.formula}" if cell.formula else ""
    if cell.shown.percent and isinstance(cell.raw, int | float):
        return percentage(Decimal(repr(cell.raw)))
    return as_written(cell.raw)[:_LONGEST_RAW]


def _reason(place: SheetPlace, row: int) -> tuple[str, CellRef | None]:
    column = place.columns.get("reason")
    if column is None:
        return "", None
    cell = place.cells.cells.get((row, column), NOTHING)
    written = read_reason(cell.raw) if cell.state is CellState.VALUE and not cell.shown.void else ""
    return written, ref(place.cells, row, column)
