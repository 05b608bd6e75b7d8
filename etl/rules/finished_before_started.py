from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from catalogue.model import Plan
from etl.model import Finding, History, Return, Severity
from etl.rules.looking import about


def finished_before_started(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """Works do not end before they begin; on the same day is possible. Source: our reading of task 20."""
    for code in plan.projects:
        started, finished = (ret.entry(f"project.{code}.{column}") for column in ("started", "finished"))
        if started is None or finished is None or not started.text or not finished.text:
            continue
        began, ended = date.fromisoformat(started.text), date.fromisoformat(finished.text)
        if ended < began:
            yield about(finished, "finished_before_started", Severity.BLOCKS, started=began, finished=ended)
