from __future__ import annotations

from collections.abc import Iterator

from catalogue.model import Plan
from etl.model import EntryState, Finding, History, Return, Severity
from etl.rules.looking import about, is_due, is_history


def required_entry(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """Blank is not zero, so a due answer must be written. 未报≠0≠不适用.

    Before its quarter a blank is right; a cell that is bad or not there was spoken about on
    reading. History is filled in as far as it is known. Source: domain rules, missing values.
    """
    if is_history(ret, plan):
        return
    for slot, entry in ret.entries.items():
        element = plan.elements[slot.element]
        if element.required and entry.state is EntryState.BLANK and is_due(element, ret.period):
            yield about(entry, "required_entry", Severity.BLOCKS)
