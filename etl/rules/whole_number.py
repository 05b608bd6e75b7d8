from __future__ import annotations

from collections.abc import Iterator

from catalogue.model import Plan
from etl.model import Finding, History, Return, Severity
from etl.rules.looking import about


def whole_number(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """People, schools and classes are counted, not measured. Source: domain rules, integers ≥ 0."""
    for slot, entry in ret.entries.items():
        if entry.value is not None and plan.elements[slot.element].kind == "integer" and entry.value % 1:
            # as text: rounding for display would hide the very fraction
            yield about(entry, "whole_number", Severity.BLOCKS, value=f"{entry.value.normalize():f}")
