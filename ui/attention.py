"""What needs attention: promises that are red or yellow, weightiest first; then returns owed and steps overdue."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from catalogue.display import day
from catalogue.wording import pick, say
from charts import titles
from ui import reads, reads_tasks


@dataclass(frozen=True, slots=True)
class Line:
    """A light, a sentence made of numbers that were read, and the screen they come from."""

    light: str
    sentence: str
    screen: str
    query: dict[str, str] = field(default_factory=dict)


def lines(basis: str, period: str) -> list[Line]:
    return [*_promises(basis, period), *_returns(period), *_steps(basis, period), *_stuck(basis, period)]


def _promises(basis: str, period: str) -> Iterator[Line]:
    plan = reads.plan()
    for row in reads.attention(basis, period).itertuples():
        promise, indicator = plan.commitments[row.commitment], plan.indicators[row.indicator]
        sentence = titles.finding(reads.of_indicator(basis, row.indicator), indicator, promise, plan, period)
        yield Line(row.light, sentence, "indicator", {"indicator": row.indicator})


def _returns(period: str) -> Iterator[Line]:
    rows = reads.status(period)
    owing = rows[rows["state"].isin(["missing", "returned"])]
    if len(owing):
        names = say("attend.and").join(reads.subject_name(code) for code in owing["reporter"])
        yield Line("grey", say("attend.returns", count=len(owing), names=names), "returns")


def _steps(basis: str, period: str) -> Iterator[Line]:
    plan = reads.plan()
    rows = reads_tasks.milestones(basis, period)
    for row in rows[rows["light"] == "red"].itertuples():
        step = plan.milestones[row.milestone]
        sentence = say("attend.step", name=pick(step), due=day(step.due), unit=pick(plan.departments[step.department]))
        yield Line("red", sentence, "tasks", {"task": str(step.task)})


def _stuck(basis: str, period: str) -> Iterator[Line]:
    """Tasks whose own lead says that they are stuck, with the problem as reported."""
    plan = reads.plan()
    for row in reads_tasks.reports(basis, period).itertuples():
        task = plan.tasks[row.task]
        if row.status == "stuck" and row.department == task.lead:
            words = {"number": row.task, "title": pick(task, "title")}
            told = say("attend.stuck_by", **words, problem=row.problem.rstrip("。")) if row.problem else say("attend.stuck", **words)
            yield Line("yellow", told, "tasks", {"task": str(row.task)})
