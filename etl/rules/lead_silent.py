from __future__ import annotations

from collections.abc import Iterator

from catalogue.generated import TASK_COLUMNS
from catalogue.model import Plan
from etl.model import EntryState, Finding, History, Return, Severity
from etl.rules.looking import about


def lead_silent(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """The department named first says nothing of its own task; silence is allowed, and is seen.

    Source: plan, 责任单位; that the first one leads is our assumption.
    """
    for task in plan.tasks.values():
        if task.lead != ret.reporter:
            continue
        asked = [ret.entry(f"task.{task.number}.{column}") for column, *_ in TASK_COLUMNS]
        said = [entry for entry in asked if entry is not None]
        if len(said) == len(asked) and all(entry.state in (EntryState.BLANK, EntryState.NA) for entry in said):
            yield about(said[0], "lead_silent", Severity.NOTE, task=task.number)
