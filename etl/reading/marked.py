"""Reasons given outside 变化原因: in the 核查结果 sheet of a marked workbook, on a page, in an earlier file.

A marked workbook comes back with reasons typed into its 核查结果 sheet. Rows are known by a machine
column, `subject|element|value`, whatever was sorted or deleted around them; its heading says whose sheet it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from catalogue.wording import say
from etl.model import (
    CellRef,
    Cells,
    CellState,
    Checked,
    Entry,
    Finding,
    GivenReason,
    Return,
    Severity,
    SheetCells,
    entry_text,
)
from etl.reading.answers import read_reason
from etl.reading.identity import Identity
from etl.reading.index import MACHINE, index_of
from etl.reading.plain import as_written, compact
from etl.reading.sheets import ref
from etl.rules.reasons import corrects, explains

Key = tuple[str, str]  # subject, element

_ROW = re.compile(r"([A-Za-z0-9_-]+)\|([A-Za-z0-9_.-]+)\|(.*)", re.S)


@dataclass(frozen=True, slots=True)
class Typed:
    """One reason typed into 核查结果. key None: its machine cell is gone or says something else."""

    key: Key | None
    value: str
    reason: str
    at: CellRef


def machine_heading(identity: Identity) -> str:
    return f"{MACHINE}{identity}"


def machine_text(entry: Entry) -> str:
    """What the machine column says of an entry."""
    return f"{entry.slot.subject}|{entry.slot.element}|{entry_text(entry)}"


def set_apart(cells: Cells) -> tuple[Cells, SheetCells | None]:
    """The workbook without its 核查结果 sheet, and that sheet: by its machine column, else by its name and headings."""
    marked = next((sheet for sheet in cells.sheets if _heading_of(sheet)), None)
    marked = marked or next((sheet for sheet in cells.sheets if _looks_marked(sheet)), None)
    if marked is None:
        return cells, None
    return replace(cells, sheets=tuple(sheet for sheet in cells.sheets if sheet is not marked)), marked


def typed_reasons(sheet: SheetCells, identity: Identity) -> tuple[list[Typed], list[Finding]]:
    """What was typed in its 说明原因 column, and a note where the sheet is another return's or cannot be read, and
    on each picture that stands for a reason."""
    heading, reasons = _heading_of(sheet), _reason_column(sheet)
    if heading is None or reasons is None:
        return [], [_note("mark_unknown", ref(sheet, 1, 1))]
    row, column, whose = heading
    if compact(whose) != machine_heading(identity):
        return [], [_note("mark_other", ref(sheet, row, column))]
    found, notes = [], list[Finding]()
    for at in sorted({row for row, place in sheet.cells if place == reasons} - {row}):
        if sheet.cells[at, reasons].state is CellState.PICTURE:
            notes.append(_note("picture_in_reason", ref(sheet, at, reasons)))
        typed = read_reason(_raw(sheet, at, reasons))
        if typed and compact(typed) != compact(_reason_title()):
            key, value = _parsed(as_written(_raw(sheet, at, column)))
            found.append(Typed(key, value, typed, ref(sheet, at, reasons)))
    return found, notes


def with_reasons(
    ret: Return, typed: Iterable[Typed], given: Mapping[Key, GivenReason]
) -> tuple[Return, dict[Key, GivenReason]]:
    """The return with the reason in force at each entry, and what the file itself gave, where it explains.

    One that says 更正 goes first; then what 核查结果 says, what 变化原因 says, what was given before. A reason that is
    bound to a value counts only for that value. Typed ones that count nowhere are noted in `repairs`.
    """
    by_key: dict[Key | None, list[Typed]] = defaultdict(list)
    for one in typed:
        by_key[one.key].append(one)
    entries, own, notes = dict(ret.entries), {}, []
    for slot, entry in ret.entries.items():
        key, value = (slot.subject, slot.element), entry_text(entry)
        mine = by_key.pop(key, [])
        said = [*(one.reason for one in mine if one.value == value), entry.reason]
        earlier = [given[key].reason] if key in given and given[key].value == value else []
        notes += [_outdated(one, entry) for one in mine if one.value != value and explains(one.reason)]
        if best := _best(said):
            own[key] = GivenReason(value, best)
        if best := _best([*said, *earlier]):
            entries[slot] = replace(entry, reason=best)
    notes += [_note("mark_unknown", one.at) for rest in by_key.values() for one in rest]
    return replace(ret, entries=entries, repairs=(*ret.repairs, *notes)), own


def reasons_in(checked: Checked) -> dict[Key, GivenReason]:
    """(subject, element) -> the reason this file gives for that value, in 核查结果 or in 变化原因; to be kept."""
    return dict(checked.reasons)


def _best(reasons: list[str]) -> str:
    """Only 更正 lets a cumulative figure fall, so it goes before any other reason. Empty where none explains."""
    given = [reason for reason in reasons if reason]
    for counts in (corrects, explains):
        for reason in given:
            if counts(reason):
                return reason.strip()
    return ""


def _parsed(text: str) -> tuple[Key | None, str]:
    found = _ROW.fullmatch(text.replace("\r\n", "\n").replace("\r", "\n"))
    return ((found[1], found[2]), found[3]) if found else (None, "")


def _raw(sheet: SheetCells, row: int, column: int) -> Any:
    cell = sheet.cells.get((row, column))
    return cell.raw if cell is not None and cell.state is CellState.VALUE and not cell.shown.void else None


def _heading_of(sheet: SheetCells) -> tuple[int, int, str] | None:
    """Row, column and text of the machine column's heading."""
    return next(iter(index_of(sheet).machines), None)


def _reason_title() -> str:
    return say("marked.column.reason", "zh")


def reason_column(sheet: SheetCells | None) -> int | None:
    """Of the sheet 核查结果; None where there is none."""
    return None if sheet is None else _reason_column(sheet)


def _reason_column(sheet: SheetCells) -> int | None:
    title = compact(_reason_title())
    return next((column for _, column, text in sheet.texts if compact(text) == title), None)


def _looks_marked(sheet: SheetCells) -> bool:
    return compact(sheet.name).startswith(say("marked.sheet", "zh")) and _reason_column(sheet) is not None


def _note(rule: str, at: CellRef) -> Finding:
    return Finding(rule, Severity.NOTE, at=at)


def _outdated(one: Typed, entry: Entry) -> Finding:
    fields = {"was": one.value or None, "now": entry_text(entry) or None}
    return Finding("mark_outdated", Severity.NOTE, at=entry.at, slot=entry.slot, fields=fields)
