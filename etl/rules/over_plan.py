from __future__ import annotations

from collections.abc import Iterator

from catalogue.model import Plan
from etl.model import Finding, History, Return, Severity
from etl.rules.looking import about, form_of
from etl.rules.unit_slip import slipped


def over_plan(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """Investment beyond its plan is either news or a mistake; exactly the share is fine.

    A slip of unit is `unit_slip`'s. Source: domain rules, 核实 (完成投资 over 110 % of plan).
    """
    for code, planned, share in form_of(ret, plan).caps:
        entry = ret.entry(code)
        if entry is None or entry.value is None or entry.value * 100 <= planned * share:
            continue
        if not slipped(entry, ret, plan, history):
            yield about(
                entry,
                "over_plan",
                Severity.EXPLAIN,
                value=entry.value,
                planned=planned,
                share=share,
                share_measure="percent",
            )
