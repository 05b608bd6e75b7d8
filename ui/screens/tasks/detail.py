"""One task: its clause, its promises, what each unit reported, its milestones, the quarters before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
from markupsafe import Markup

from catalogue.display import NOTHING, day, quarter
from catalogue.model import Task
from catalogue.wording import pick, say
from sentences import reading, why
from ui import reads
from ui.kit import cells, figures, markup, tables, why_light
from ui.kit import show as shown
from ui.kit.templates import Macros, render
from ui.reads import tasks
from ui.reads.kept import per_version
from ui.screens.tasks import board, marks

_CELLS = Macros("tasks/cells.html")


def show(task: Task, basis: str, period: str) -> None:
    tables.html(_html(task.number, basis, period))
    files = _files(task, basis, period)
    if len(files):
        cells.workbooks(files)


@per_version(128, by=(figures.key, reads.today))
def _html(number: int, basis: str, period: str) -> Markup:
    task, rows = reads.plan().tasks[number], tasks.tasks(basis, period)
    row = next(rows[rows["task"] == number].itertuples())
    blocks = (
        ("promises", "no_promises", _promises(task, basis, period)),
        ("reports", "nobody", _reports(task, basis, period)),
        ("steps", "no_steps", _milestones(task, basis, period)),
        ("history", "no_history", _history(task, basis, period)),
    )
    return render(
        "tasks/detail.html",
        task=task,
        ways=_ways(task),
        light=marks.light(row),
        said=marks.said(marks.state(row), marks.why(row)),
        steps=marks.steps(row),
        where=say("tasks.detail.where", document=reads.plan().document, number=number),
        units=board.units(task),
        blocks=[
            (say(f"tasks.detail.{title}", period=quarter(period)), table, say(f"tasks.detail.{nothing}"))
            for title, nothing, table in blocks
        ],
    )


def _ways(task: Task) -> list[tuple[str, int]]:
    """before and after, each with the number of the task that stands there."""
    numbers = list(reads.plan().tasks)
    at = numbers.index(task.number)
    return [(way, numbers[n]) for way, n in (("before", at - 1), ("after", at + 1)) if 0 <= n < len(numbers)]


def _promises(task: Task, basis: str, period: str) -> Markup:
    rows = []
    for promise in (one for one in reads.plan().commitments.values() if one.task == task.number):
        row = reads.city_row(basis, period, promise.indicator)
        if row is not None:
            indicator = reads.plan().indicators[promise.indicator]
            target = say("tasks.detail.no_target") if reading.blank(row.target) else reading.target_worded(row, promise)
            rows.append(
                [
                    _CELLS.promise(promise.id, reading.city_name(indicator, promise), indicator.code),
                    _CELLS.strong(reading.worded(row)),
                    target,
                    shown.coverage(row),
                    _judged(row, task),
                ]
            )
    return _table(("indicator", "value", "target", "coverage", "light"), rows, numbers=(1, 2))


def _judged(row: Any, task: Task) -> Markup:
    """The light, and what it means where a value stands beside it."""
    means = (
        why.verdict_words(row, reads.plan().commitments.get(row.commitment)) if reading.state(row) == "value" else ""
    )
    return _CELLS.judged(why_light.lamp("tasks", row.light, row.indicator, task=str(task.number)), means)


def _reports(task: Task, basis: str, period: str) -> Markup:
    rows = tasks.reports(basis, period)
    return _table(
        ("unit", "status", "done", "problem", "next", "source"),
        [
            [
                _unit(task, row.department),
                _status(row),
                _said(row.done),
                _said(row.problem),
                _said(row.next),
                _source(row),
            ]
            for row in _spoken(rows[rows["task"] == task.number])
        ],
    )


def _spoken(rows: pd.DataFrame) -> Iterator[Any]:
    """Those who said something."""
    return (row for row in rows.itertuples() if any((row.status, row.done, row.problem, row.next)))


def _unit(task: Task, code: str) -> Markup:
    return _CELLS.unit(reads.subject_name(code), code == task.lead)


def _status(row: Any) -> str:
    return marks.said(row.status) if row.status else NOTHING


def _said(words: str | None) -> str:
    return words or markup.muted("—")


def _source(row: Any) -> str:
    """The cell it stands in, and the file."""
    return markup.muted(f"{row.sheet}!{row.cell}", row.file_name) if row.sheet else ""


def _milestones(task: Task, basis: str, period: str) -> Markup:
    rows = tasks.milestones(basis, period)
    return _table(
        ("name", "unit", "due", "status", "finished", "evidence", "state", "source"),
        [_milestone(row) for row in rows[rows["task"] == task.number].itertuples()],
    )


def _milestone(row: Any) -> list[str]:
    step = reads.plan().milestones[row.milestone]
    said_in = say("tasks.detail.said_in", period=quarter(row.said_in)) if row.said_in else say("tasks.detail.never")
    return [
        _CELLS.hinted(pick(step), say("tasks.detail.quote", quote=step.quote)),
        reads.subject_name(row.department),
        day(step.due),
        _CELLS.hinted(_status(row) if row.status else say("tasks.detail.never"), said_in),
        NOTHING if pd.isna(row.finished_on) else day(row.finished_on),
        _said(row.evidence),
        marks.step(row.light),
        _source(row),
    ]


def _history(task: Task, basis: str, period: str) -> Markup:
    rows = tasks.reports_of(basis, task.number)
    earlier = rows[(rows["period"] < period) & (rows["period"] >= str(reads.plan().first))].iloc[::-1]
    lines = [
        [
            quarter(row.period),
            _unit(task, row.department),
            _status(row),
            _said(row.done),
            _said(row.problem),
            _said(row.next),
        ]
        for row in _spoken(earlier)
    ]
    return _table(("quarter", "unit", "status", "done", "problem", "next"), lines)


def _table(names: tuple[str, ...], rows: list[list[str]], numbers: tuple[int, ...] = ()) -> Markup:
    """Empty without rows."""
    if not rows:
        return Markup()
    return markup.table([say(f"tasks.detail.{name}") for name in names], rows, "tasks-told", numbers=numbers)


def _files(task: Task, basis: str, period: str) -> pd.DataFrame:
    """The workbooks behind what is shown."""
    told, steps = tasks.reports(basis, period), tasks.milestones(basis, period)
    both = pd.concat([frame.loc[frame["task"] == task.number, ["sha256", "file_name"]] for frame in (told, steps)])
    return both.dropna().drop_duplicates("sha256")
