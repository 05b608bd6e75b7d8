"""Our template with their answers, for files that cannot be marked themselves (xls, xlsb, ods, csv)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from catalogue.model import Plan
from etl.model import ANSWER_MARKS, Checked, Entry, EntryState, History, Return
from etl.opened import shelf
from etl.reading.identity import Identity
from etl.reading.returns import read_return
from etl.template import FilledIn, write_template


def refilled(
    checked: Checked, reasons: Mapping[tuple[str, str], str], plan: Plan, history: History
) -> tuple[bytes, Checked]:
    """The workbook, and `checked` with every entry and finding at its place there.

    reasons: (sheet, line code) -> 变化原因 as written. Totals and ratios follow the template's formulas.
    """
    ret = checked.ret
    current = {
        (slot.element, slot.subject): answer
        for slot, entry in ret.entries.items()
        if (answer := _answer(entry)) is not None
    }
    previous = dict(history.values.get(ret.period.previous, {}))
    filled = FilledIn(current=current, reasons=reasons, footer=ret.footer)
    content = write_template(plan, ret.form, ret.reporter, ret.period, previous, **filled)
    return content, _moved(checked, content, plan)


def _answer(entry: Entry) -> Decimal | str | None:
    """What is no answer is written as it stood, so that they see it."""
    match entry.state:
        case EntryState.VALUE:
            return entry.text if entry.value is None else entry.value
        case EntryState.NA | EntryState.SUPPRESSED:
            return ANSWER_MARKS[entry.state]
        case EntryState.BAD:
            return entry.raw or None
        case _:
            return None


def _moved(checked: Checked, content: bytes, plan: Plan) -> Checked:
    ret = checked.ret
    identity = Identity(ret.form, ret.version, ret.reporter, ret.period)
    again: Return = read_return(shelf.cells(content), identity, plan)
    entries = {slot: replace(entry, reason=ret.entries[slot].reason) for slot, entry in again.entries.items()}
    findings = tuple(
        replace(finding, at=entries[finding.slot].at) if finding.slot in entries else finding
        for finding in checked.findings
    )
    return replace(checked, ret=replace(ret, entries=entries), findings=findings)
