"""How the rules look at a return: answers with their element, and what stood there before."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TypeGuard

from catalogue.model import Element, Form, Plan, Slot
from catalogue.period import Period
from etl.model import Entry, EntryState, Finding, History, Return, Severity

NA_MARK = "/"  # how 不适用 is shown in a message


def about(entry: Entry, rule: str, severity: Severity, **fields: Any) -> Finding:
    """A finding about the entry's own cell."""
    return Finding(rule, severity, at=entry.at, slot=entry.slot, fields=fields)


def form_of(ret: Return, plan: Plan) -> Form:
    """The form whose checks hold: the history backfill carries the county form's elements."""
    first = next(iter(ret.entries), None)
    return plan.forms[plan.elements[first.element].form if first else ret.form]


def is_history(ret: Return, plan: Plan) -> bool:
    """A backfill, or a quarter before the plan's first: filled in as far as it is known, afterwards."""
    return plan.forms[ret.form].reporter == "city" or ret.period < plan.first


def is_due(element: Element, period: Period) -> bool:
    return period.quarter >= element.due_from


def numbers(ret: Return, plan: Plan, *natures: str) -> Iterator[tuple[Element, Entry, Decimal]]:
    """Entries that hold a number from zero up, and that number, of these natures (none named: of all), in layout order.

    Negative numbers are `not_negative`'s, cross-checks (ratio_of) are `typed_ratio`'s.
    """
    for slot, entry in ret.entries.items():
        element = plan.elements[slot.element]
        if entry.value is None or entry.value < 0 or element.ratio_of:
            continue
        if not natures or element.nature in natures:
            yield element, entry, entry.value


def last_quarter(ret: Return, history: History, slot: Slot) -> Decimal | None:
    """The value accepted for the quarter before; None when there was none."""
    return history.value(ret.period.previous, slot.element, slot.subject)


def earlier_this_year(ret: Return, history: History, slot: Slot) -> tuple[Period, Decimal] | None:
    """The nearest earlier quarter of the same calendar year that has a value: flows restart on 1 January."""
    for quarter in range(ret.period.quarter - 1, 0, -1):
        period = Period(ret.period.year, quarter)
        value = history.value(period, slot.element, slot.subject)
        if value is not None:
            return period, value
    return None


def is_answered(entry: Entry | None) -> TypeGuard[Entry]:
    """A value or 不适用; blank, bad and absent cells are spoken about elsewhere."""
    return entry is not None and entry.state in (EntryState.VALUE, EntryState.NA)
