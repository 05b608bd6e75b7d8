"""The invented words: what departments tell of tasks and milestones, and why figures changed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from catalogue.model import Plan
from catalogue.period import Period
from demo.figures import Answer

TEXTS = Path(__file__).parent / "texts"
DONE, NOT_STARTED = "done", "not_started"


@cache
def text(name: str) -> Mapping[str, Any]:
    return tomllib.loads((TEXTS / f"{name}.toml").read_text("utf-8"))


def task_words(plan: Plan, department: str, period: Period) -> Iterator[tuple[tuple[str, str], Answer]]:
    """Status, done, problem and next of each task the department speaks about; silence yields nothing."""
    for section in plan.sections:
        for number, speakers in text(f"section{section}").items():
            said = speakers.get(department, {}).get(str(period), {})
            for column, words in said.items():
                if words:
                    yield (f"task.{number}.{column}", department), words


def milestone_words(plan: Plan, department: str, period: Period) -> Iterator[tuple[tuple[str, str], Answer]]:
    """Status of each milestone; the day and the evidence once it is done, the evidence alone while under way."""
    if period not in plan.periods:
        return
    step = plan.periods.index(period)
    for code, told in text("milestones").items():
        if plan.milestones[code].department != department:
            continue
        status = told["steps"][step]
        yield (f"milestone.{code}.status", department), status
        if status == DONE:
            yield (f"milestone.{code}.finished_on", department), told["on"]
        if status != NOT_STARTED and "evidence" in told:
            yield (f"milestone.{code}.evidence", department), told["evidence"]


def reasons(form: str, reporter: str, period: Period) -> dict[str, str]:
    """Element -> 变化原因 of one return."""
    return dict(text("reasons").get(str(period), {}).get(f"{form}-{reporter}", {}))
