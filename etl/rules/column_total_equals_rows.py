from __future__ import annotations

from collections.abc import Iterator

from catalogue.model import Plan
from etl.model import Finding, History, Return, Severity
from etl.rules.looking import about, form_of
from etl.rules.sums import sum_off


def column_total_equals_rows(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """A 合计 is what its rows add up to: a ministry's own 2025 list declares 27 and lists 28.

    Source: domain rules, declared 合计 = Σ rows.
    """
    for code, element in form_of(ret, plan).column_totals.items():
        total = ret.entry(code)
        rows = [entry for slot, entry in ret.entries.items() if slot.element == element]
        off = sum_off(total, rows)
        if off and total:
            yield about(total, "column_total_equals_rows", Severity.BLOCKS, **off)
