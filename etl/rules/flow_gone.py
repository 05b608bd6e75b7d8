from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from catalogue.model import Element, Plan
from catalogue.period import Period
from etl.model import Entry, EntryState, Finding, History, Return, Severity
from etl.rules.looking import about, earlier_this_year


def flow_gone(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """What has been added up since 1 January is still there, so 不适用 cannot take its place within the year.

    Where the earlier figure was wrong, that quarter is to be corrected first. Source: domain rules, F never falls.
    """
    for slot, entry in ret.entries.items():
        before = flow_before(entry, plan.elements[slot.element], ret, history)
        if before is not None:
            yield about(entry, "flow_gone", Severity.BLOCKS, last=before[1], last_period=before[0])


def flow_before(entry: Entry, element: Element, ret: Return, history: History) -> tuple[Period, Decimal] | None:
    """The figure of an earlier quarter of this year that a flow now answered 不适用 had; None for any other entry.

    Where / is no answer at all, `not_applicable_allowed` speaks.
    """
    if element.nature != "flow" or entry.state is not EntryState.NA or not (element.na or not element.required):
        return None
    return earlier_this_year(ret, history, entry.slot)
