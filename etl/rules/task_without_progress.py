from __future__ import annotations

from collections.abc import Iterator

from catalogue.model import Plan
from etl.model import EntryState, Finding, History, Return, Severity
from etl.rules.looking import about

NOT_STARTED = "not_started"


def task_without_progress(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """A status alone says little; a task not started needs no more. Source: 台账 column 进展情况."""
    for number in plan.tasks:
        status, done = (ret.entry(f"task.{number}.{column}") for column in ("status", "done"))
        if status is None or done is None or not status.text or status.text == NOT_STARTED:
            continue
        if done.state in (EntryState.BLANK, EntryState.NA):
            yield about(done, "task_without_progress", Severity.NOTE)
