"""One task: its clause, its promises, what each unit reported, its milestones, the quarters before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import streamlit as st

from catalogue.display import NOTHING, day, quarter
from catalogue.model import Task
from catalogue.wording import pick, say
from sentences import reading, why
from ui import reads
from ui.kit import cells, figures, markup, tables, why_light
from ui.kit import show as shown
from ui.reads import tasks
from ui.screens.tasks import board, marks


def show(task: Task, basis: str, period: str) -> None:
    tables.html(_html(figures.key(), task.number, basis, period, reads.today()))
    files = _files(task, basis, period)
    if len(files):
        cells.workbooks(files)


@st.cache_resource(max_entries=128, show_spinner=False)
def _html(key: tuple, number: int, basis: str, period: str, today: str) -> str:
    task = reads.plan().tasks[number]
    parts = (
        _steps_to_others(task),
        _head(task, basis, period),
        _block("promises", "no_promises", _promises(task, basis, period)),
        _block("reports", "nobody", _reports(task, basis, period), period=quarter(period)),
        _block("steps", "no_steps", _milestones(task, basis, period), period=quarter(period)),
        _block("history", "no_history", _history(task, basis, period)),
    )
    return f'<div class="tasks-detail">{"".join(parts)}</div>'


def _block(title: str, nothing: str, table: str, **fields: str) -> str:
    told = table or f'<p class="muted">{markup.text(say(f"tasks.detail.{nothing}"))}</p>'
    return f'<h3 class="board-title">{markup.text(say(f"tasks.detail.{title}", **fields))}</h3>{told}'


def _steps_to_others(task: Task) -> str:
    numbers = list(reads.plan().tasks)
    at = numbers.index(task.number)
    links = [markup.go("tasks", f"← {markup.text(say('tasks.detail.back'))}")]
    for name, n in (("before", at - 1), ("after", at + 1)):
        if 0 <= n < len(numbers):
            links.append(markup.go("tasks", markup.text(say(f"tasks.detail.{name}")), task=str(numbers[n])))
    return f'<p class="tasks-ways">{"　".join(links)}</p>'


def _head(task: Task, basis: str, period: str) -> str:
    rows = tasks.tasks(basis, period)
    row = next(rows[rows["task"] == task.number].itertuples())
    where = say("tasks.detail.where", document=reads.plan().document, number=task.number)
    title = markup.text(say("tasks.detail.title", number=task.number, title=pick(task, "title")))
    return (
        f"<h2>{title}</h2><p>{marks.light(row)}　{marks.said(marks.state(row), marks.why(row))}　{marks.steps(row)}</p>"
        f'<blockquote lang="zh">{markup.text(task.text)}</blockquote>'
        f'<p class="muted">{markup.text(where)}　{markup.text(task.label)}：{board.units(task)}</p>'
    )


def _promises(task: Task, basis: str, period: str) -> str:
    rows = []
    for promise in (one for one in reads.plan().commitments.values() if one.task == task.number):
        row = reads.city_row(basis, period, promise.indicator)
        if row is not None:
            indicator = reads.plan().indicators[promise.indicator]
            target = say("tasks.detail.no_target") if reading.blank(row.target) else reading.target_worded(row, promise)
            named = markup.go(
                "indicator",
                f'<span class="id">{promise.id}</span> {markup.text(reading.city_name(indicator, promise))}',
                indicator=indicator.code,
            )
            rows.append(
                [
                    named,
                    f"<b>{markup.text(reading.worded(row))}</b>",
                    markup.text(target),
                    markup.text(shown.coverage(row)),
                    _judged(row, task),
                ]
            )
    return _table(("indicator", "value", "target", "coverage", "light"), rows, numbers=(1, 2))


def _judged(row: Any, task: Task) -> str:
    """The light, and what it means where a value stands beside it."""
    means = (
        why.verdict_words(row, reads.plan().commitments.get(row.commitment)) if reading.state(row) == "value" else ""
    )
    lamp = why_light.lamp("tasks", row.light, row.indicator, task=str(task.number))
    return f'{lamp} <span class="muted">{markup.text(means)}</span>'


def _reports(task: Task, basis: str, period: str) -> str:
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


def _unit(task: Task, code: str) -> str:
    first = markup.tag(say("tasks.detail.first")) if code == task.lead else ""
    return f"<b>{markup.text(reads.subject_name(code))}</b> {first}"


def _status(row: Any) -> str:
    return marks.said(row.status) if row.status else NOTHING


def _said(words: str | None) -> str:
    return markup.text(words) if words else '<span class="muted">—</span>'


def _source(row: Any) -> str:
    """The cell it stands in, and the file."""
    return (
        f'<span class="muted" title="{markup.text(row.file_name)}">{markup.text(f"{row.sheet}!{row.cell}")}</span>'
        if row.sheet
        else ""
    )


def _milestones(task: Task, basis: str, period: str) -> str:
    rows = tasks.milestones(basis, period)
    return _table(
        ("name", "unit", "due", "status", "finished", "evidence", "state", "source"),
        [_milestone(row) for row in rows[rows["task"] == task.number].itertuples()],
    )


def _milestone(row: Any) -> list[str]:
    step = reads.plan().milestones[row.milestone]
    said_in = say("tasks.detail.said_in", period=quarter(row.said_in)) if row.said_in else say("tasks.detail.never")
    name = f'<span title="{markup.text(say("tasks.detail.quote", quote=step.quote))}">{markup.text(pick(step))}</span>'
    return [
        name,
        markup.text(reads.subject_name(row.department)),
        markup.text(day(step.due)),
        f'<span title="{markup.text(said_in)}">{_status(row) if row.status else markup.text(say("tasks.detail.never"))}</span>',
        NOTHING if pd.isna(row.finished_on) else markup.text(day(row.finished_on)),
        _said(row.evidence),
        marks.step(row.light),
        _source(row),
    ]


def _history(task: Task, basis: str, period: str) -> str:
    rows = tasks.reports_of(basis, task.number)
    earlier = rows[(rows["period"] < period) & (rows["period"] >= str(reads.plan().first))].iloc[::-1]
    lines = [
        [
            markup.text(quarter(row.period)),
            _unit(task, row.department),
            _status(row),
            _said(row.done),
            _said(row.problem),
            _said(row.next),
        ]
        for row in _spoken(earlier)
    ]
    return _table(("quarter", "unit", "status", "done", "problem", "next"), lines)


def _table(names: tuple[str, ...], rows: list[list[str]], numbers: tuple[int, ...] = ()) -> str:
    return (
        markup.table([say(f"tasks.detail.{name}") for name in names], rows, "tasks-told", numbers=numbers)
        if rows
        else ""
    )


def _files(task: Task, basis: str, period: str) -> pd.DataFrame:
    """The workbooks behind what is shown."""
    told, steps = tasks.reports(basis, period), tasks.milestones(basis, period)
    both = pd.concat([frame.loc[frame["task"] == task.number, ["sha256", "file_name"]] for frame in (told, steps)])
    return both.dropna().drop_duplicates("sha256")
