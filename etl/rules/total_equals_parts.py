from __future__ import annotations

from collections.abc import Iterator

from catalogue.model import Plan
from etl.model import Finding, History, Return, Severity
from etl.rules.looking import about, form_of
from etl.rules.sums import sum_off


def total_equals_parts(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """Heads are counted, not measured, so there is no tolerance. Source: domain rules, B+C=A."""
    for subject in ret.subjects():
        for code, parts in form_of(ret, plan).totals.items():
            total = ret.entry(code, subject)
            off = sum_off(total, [ret.entry(part, subject) for part in parts])
            if off and total:
                yield about(total, "total_equals_parts", Severity.BLOCKS, **off)
