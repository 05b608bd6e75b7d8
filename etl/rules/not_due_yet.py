from __future__ import annotations

from collections.abc import Iterator

from catalogue.model import Plan
from etl.model import Finding, History, Return, Severity
from etl.rules.looking import about, is_due, numbers


def not_due_yet(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """A number before its quarter is likely last year's: graduates are counted after September.

    Source: element definitions (due_from).
    """
    for element, entry, value in numbers(ret, plan):
        if not is_due(element, ret.period):
            yield about(entry, "not_due_yet", Severity.NOTE, value=value, due_from=element.due_from)
