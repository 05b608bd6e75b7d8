"""What needs attention: what is red, then returns owed, then tasks that are stuck and promises that are yellow; weightiest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pandas as pd

from catalogue.display import day
from catalogue.model import Plan
from catalogue.naming import responsible, who_owes
from catalogue.wording import pick, say
from sentences import titles


@dataclass(frozen=True, slots=True)
class AttentionLine:
    """A light, a sentence made of numbers that were read, and the screen they come from."""

    light: str
    sentence: str
    screen: str
    query: dict[str, str] = field(default_factory=dict)
    responsible: str = ""  # whom to ask, where the sentence does not name them
    of: str = "promise"  # what it counts: promise, milestone, task or return


@dataclass(frozen=True, slots=True)
class AttentionRows:
    """What the lines are made from, all of one version, quarter and basis: `judged` of all quarters, and the rows of
    `read.attention`, `read.status`, `read.milestones` and `read.task_reports`."""

    plan: Plan
    period: str
    judged: pd.DataFrame
    attention: pd.DataFrame
    status: pd.DataFrame
    milestones: pd.DataFrame
    reports: pd.DataFrame


def lines(rows: AttentionRows) -> list[AttentionLine]:
    promises = list(_promises(rows))
    red = [line for line in promises if line.light == "red"]
    rest = [line for line in promises if line.light != "red"]
    return [*red, *_steps(rows), *_returns(rows), *_stuck(rows), *rest]


def tally(told: Sequence[AttentionLine]) -> str:
    """承诺红灯1项、黄灯7项。节点逾期1个，另行计数: promises by light, and what is red or yellow beside them and no promise."""
    counts = Counter((line.of, line.light) for line in told)
    promises = [
        say("overview.at_light", light=say(f"light.{light}"), count=counts["promise", light])
        for light in ("red", "yellow")
        if counts["promise", light]
    ]
    late, stuck = counts["milestone", "red"], counts["task", "yellow"]
    others = [say("attend.milestones", count=late)] if late else []
    others += [say("attend.tasks", count=stuck)] if stuck else []
    said = [
        say(f"attend.of_{name}", told=say("attend.and").join(parts))
        for name, parts in (("promises", promises), ("others", others))
        if parts
    ]
    return say("why.space").join(said)


def _promises(rows: AttentionRows) -> Iterator[AttentionLine]:
    for row in rows.attention.itertuples():
        promise, indicator = rows.plan.commitments[row.commitment], rows.plan.indicators[row.indicator]
        yield AttentionLine(
            row.light,
            titles.finding(rows.judged, indicator, promise, rows.plan, rows.period),
            "indicator",
            {"indicator": row.indicator},
            responsible(rows.plan, rows.plan.tasks[promise.task]),
        )


def _returns(rows: AttentionRows) -> Iterator[AttentionLine]:
    owing = rows.status[rows.status["state"].isin(["missing", "returned"])]
    if len(owing):
        names = say("attend.and").join(
            who_owes(rows.plan, form, who) for form, who in zip(owing["form"], owing["reporter"], strict=True)
        )
        yield AttentionLine("grey", say("attend.returns", count=len(owing), names=names), "returns", of="return")


def _steps(rows: AttentionRows) -> Iterator[AttentionLine]:
    for row in rows.milestones[rows.milestones["light"] == "red"].itertuples():
        step = rows.plan.milestones[row.milestone]
        sentence = say(
            "attend.step", name=pick(step), due=day(step.due), unit=pick(rows.plan.departments[step.department])
        )
        yield AttentionLine("red", sentence, "tasks", {"task": str(step.task)}, of="milestone")


def _stuck(rows: AttentionRows) -> Iterator[AttentionLine]:
    """Tasks whose own lead says that they are stuck, with the problem as reported."""
    for row in rows.reports.itertuples():
        task = rows.plan.tasks[row.task]
        if row.status == "stuck" and row.department == task.lead:
            words = {"number": row.task, "title": pick(task, "title")}
            told = (
                say("attend.stuck_by", **words, problem=row.problem.rstrip("。"))
                if row.problem
                else say("attend.stuck", **words)
            )
            lead = pick(rows.plan.departments[task.lead])
            yield AttentionLine("yellow", told, "tasks", {"task": str(row.task)}, lead, "task")
