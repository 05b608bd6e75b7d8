from __future__ import annotations

from collections.abc import Iterator

from catalogue.model import Plan
from etl.model import Finding, History, Return, Severity
from etl.rules.looking import about


def not_negative(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """Nothing that is reported can lie below zero. Source: domain rules, integers ≥ 0."""
    for entry in ret.entries.values():
        if entry.value is not None and entry.value < 0:
            yield about(entry, "not_negative", Severity.BLOCKS, value=entry.value)
