from __future__ import annotations

from collections.abc import Iterator

from catalogue.model import Plan
from etl.model import EntryState, Finding, History, Return, Severity
from etl.rules.reasons import explains

DONE = "done"


def milestone_undated(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """Done since when? Where the day is not known, the evidence stands for it: this sheet has no 变化原因.

    Source: 台账 practice (完成时限 beside 进展情况).
    """
    for milestone in plan.milestones:
        status = ret.entry(f"milestone.{milestone}.status")
        if status is None or status.text != DONE:
            continue
        day, evidence = (ret.entry(f"milestone.{milestone}.{column}") for column in ("finished_on", "evidence"))
        if day is None or day.state not in (EntryState.BLANK, EntryState.NA):
            continue
        told = (evidence.text or "").strip() if evidence else ""
        yield Finding(
            "milestone_undated",
            Severity.EXPLAIN,
            at=day.at,
            slot=day.slot,
            explained=told if explains(told) else "",
        )
