from __future__ import annotations

from collections.abc import Iterator

from catalogue.model import Plan
from etl.model import EntryState, Finding, History, Return, Severity
from etl.rules.looking import about, is_due


def not_applicable_allowed(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """Where something can be counted everywhere, none is 0 and / would hide it.

    Optional answers, and those not yet due, may say / freely. Source: domain rules, missing values.
    """
    for slot, entry in ret.entries.items():
        element = plan.elements[slot.element]
        if entry.state is EntryState.NA and element.required and not element.na and is_due(element, ret.period):
            yield about(entry, "not_applicable_allowed", Severity.BLOCKS)
