"""What a return for an earlier quarter does to the later ones on record that were held against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from catalogue.load import plan_of
from catalogue.model import Plan, Slot
from catalogue.period import Period
from etl import history
from etl.model import CellRef, Entry, EntryState, Finding, History, Return, Severity
from etl.reading.shapes import shape
from etl.rules import check
from warehouse import read, store
from warehouse.reads.returns import FiledEntry

RULE = "later_contradicts"


@dataclass(frozen=True, slots=True)
class LaterReturn:
    """A return that stands for a later quarter, and what its rules may know of the quarters before it."""

    ret: Return
    before: History
    plan: Plan  # of the year of its quarter


Later = Callable[[str, str, Period], Sequence[LaterReturn]]  # form, reporter, period -> oldest first


def published(plan: Plan) -> Later:
    """Those of the newest published version that the plan of their year can lay out. plan: of the earlier return."""

    def later(form: str, reporter: str, period: Period) -> list[LaterReturn]:
        version = store.newest(store.data_folder())
        if version is None:
            return []
        with store.open_version(version) as con:
            filed = read.later_entries(con, form, reporter, period)
        quarters = {Period.parse(at): rows for at, rows in filed.items()}
        return [
            LaterReturn(_return(rows, form, reporter, at, own), history.published(form, reporter, at), own)
            for at, rows in quarters.items()
            if form in (own := _of_year(plan, at)).forms and reporter in own.reporters(form)
        ]

    return later


def _of_year(plan: Plan, period: Period) -> Plan:
    return plan if plan.speaks_for(period) or period == plan.baseline_period else plan_of(period)


def contradictions(ret: Return, plan: Plan, later: Later) -> Iterator[Finding]:
    """A note for each open finding that a later return has beside this one and would not have without this quarter.

    Its `later` is that finding, its `later_period` the quarter. None of this return's answers is wrong by that: one of
    the two is, and whoever files knows which.
    """
    for other in later(ret.form, ret.reporter, ret.period):
        without = {at: values for at, values in other.before.values.items() if at != ret.period}
        beside = _open(
            other.ret, other.plan, replace(other.before, values={**without, ret.period: history.values_of(ret)})
        )
        anyhow = {(f.rule, f.slot) for f in _open(other.ret, other.plan, replace(other.before, values=without))}
        for found in beside:
            if (found.rule, found.slot) not in anyhow:
                entry = ret.entries.get(found.slot) if found.slot else None
                fields = {"later": found, "later_period": other.ret.period, "later_reporter": ret.reporter}
                yield Finding(RULE, Severity.NOTE, at=entry.at if entry else None, slot=found.slot, fields=fields)


def _open(ret: Return, plan: Plan, before: History) -> list[Finding]:
    return [finding for finding in check(ret, plan, before) if finding.is_open]


def _return(rows: Sequence[FiledEntry], form: str, reporter: str, period: Period, plan: Plan) -> Return:
    """As it was accepted. What the plan asks for by now and it does not have stands blank."""
    asked = shape(plan, form, reporter)
    filed = {Slot(element=row.element, subject=row.subject): row for row in rows}
    entries = {slot: _entry(slot, filed.get(slot)) for slot in asked.slots()}
    return Return(layout=asked, version=rows[0].version, period=period, entries=entries, footer={})


def _entry(slot: Slot, row: FiledEntry | None) -> Entry:
    if row is None:
        return Entry(slot=slot, state=EntryState.BLANK, at=CellRef("", ""))
    at = CellRef(row.sheet, row.cell)
    return Entry(slot, EntryState(row.state), at, row.value, row.text, reason=row.reason, reason_at=None)
