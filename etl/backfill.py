"""A backfill workbook stands for a return of every unit on every form that units file."""

from __future__ import annotations

from catalogue.model import Plan, Slot
from etl.model import CellRef, Entry, EntryState, Return
from etl.reading.shapes import shape


def unit_returns(ret: Return, plan: Plan) -> list[Return]:
    """The returns a backfill stands for, form by form in the plan's order; [ret] itself for any other form.

    Rows that a backfill does not carry (typed cross-checks) come out blank. Units whose row is
    empty from end to end are left out: nothing is known of them, and nothing is claimed.
    """
    if plan.forms[ret.form].reporter != "city":
        return [ret]
    return [
        Return(layout=asked, version=form.version, period=ret.period, entries=entries, footer=ret.footer)
        for form in plan.forms.values()
        if form.reporter == "unit"
        for unit in plan.reporters(form.code)
        for asked in (shape(plan, form.code, unit),)
        for entries in ({slot: ret.entries.get(slot) or _not_carried(slot) for slot in asked.slots()},)
        if any(entry.state is not EntryState.BLANK for entry in entries.values())
    ]


def _not_carried(slot: Slot) -> Entry:
    return Entry(slot=slot, state=EntryState.BLANK, at=CellRef("", ""))
