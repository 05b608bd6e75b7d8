"""The list of the tasks, in the plan's order and words, section by section."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from catalogue.model import Task
from catalogue.wording import language, pick, say
from sentences import reading
from sentences.lights import MARKS
from ui import reads
from ui.app import filters
from ui.kit import figures, markup, tables
from ui.reads import tasks
from ui.screens.tasks import marks

SILENT = ("silent", "others")
COLUMNS = ("task", "units", "light", "said", "step", "quarters")


def show(basis: str, period: str, department: str, state: str) -> None:
    tables.html(_board(figures.key(), basis, period, department, state, reads.today()))


def chosen(basis: str, period: str, department: str, state: str) -> pd.DataFrame:
    """Rows of `task_status` that pass both filters."""
    plan, rows = reads.plan(), tasks.tasks(basis, period)
    if department != filters.ALL:
        rows = rows[[department in named(plan.tasks[number]) for number in rows["task"]]]
    if state == "attention":
        return rows[rows["attention"]]
    return rows[rows["said"].isin(SILENT)] if state == "silent" else rows


def named(task: Task) -> tuple[str, ...]:
    """Units the plan names, and the one that files for a collective label."""
    return tuple(dict.fromkeys((task.lead, *task.departments)))


def count(shown: int) -> str:
    """How many of the tasks pass the filters; "" where all do."""
    total = len(reads.plan().tasks)
    return (
        ""
        if shown == total
        else f'<p class="muted tasks-only">{markup.text(say("tasks.only", shown=shown, total=total))}</p>'
    )


@st.cache_resource(max_entries=128, show_spinner=False)
def _board(key: tuple, basis: str, period: str, department: str, state: str, today: str) -> str:
    plan, rows = reads.plan(), chosen(basis, period, department, state)
    if rows.empty:
        return f'<p class="muted">{markup.text(say("tasks.nothing"))}</p>'
    past = {number: list(of_task.itertuples()) for number, of_task in tasks.every_quarter(basis).groupby("task")}
    problems = {row.task: row.problem for row in _leads(basis, period).itertuples() if row.problem}
    lines: dict[int, list[Sequence[str]]] = {}
    for row in rows.itertuples():
        lines.setdefault(plan.tasks[row.task].section, []).append(
            _line(row, past[row.task], problems.get(row.task, ""), basis)
        )
    heads = [say(f"tasks.{name}") for name in COLUMNS]
    tables = [
        markup.table(
            heads, of_section, "tasks-list" + (" later" if n else ""), caption=pick(plan.sections[section], "title")
        )
        for n, (section, of_section) in enumerate(lines.items())
    ]
    return count(len(rows)) + "".join(tables)


def _leads(basis: str, period: str) -> pd.DataFrame:
    """What the lead of each task reported."""
    rows = tasks.reports(basis, period)
    return rows[[reads.plan().tasks[row.task].lead == row.department for row in rows.itertuples()]]


def _line(row: Any, past: list[Any], problem: str, basis: str) -> list[str]:
    task = reads.plan().tasks[row.task]
    title = f'<span class="tasks-number">{task.number}</span> {markup.text(pick(task, "title"))}'
    return [
        markup.go("tasks", title, title=say("tasks.open", number=task.number), task=str(task.number)),
        f'<span class="tasks-units" title="{markup.text(as_written(task))}">{units(task)}</span>',
        f'{marks.light(row)}<span class="tasks-codes">{_codes(task, basis, row.period)}</span>',
        marks.said(marks.state(row), marks.why(row)) + _problem(problem),
        marks.steps(row),
        marks.quarters(past, row.period),
    ]


def as_written(task: Task) -> str:
    """The plan's own line of units; in English one by one."""
    if language() == "zh":
        return task.units_text
    return ", ".join(pick(reads.plan().departments[code]) for code in task.departments)


def units(task: Task) -> str:
    """HTML: as written, the first one strong; beside it who files for a collective label."""
    plan, told = reads.plan(), as_written(task)
    first, mark, rest = told.partition("、" if language() == "zh" else ", ")
    if not task.reporter:
        return f"<b>{markup.text(first)}</b>{markup.text(mark + rest)}"
    filed_by = say("tasks.files", unit=pick(plan.departments[task.reporter]))
    return f'{markup.text(told)}<span class="muted">{markup.text(filed_by)}</span>'


def _codes(task: Task, basis: str, period: str) -> str:
    """A link per promise of the task, with its light."""
    told = []
    for promise in (one for one in reads.plan().commitments.values() if one.task == task.number):
        row = reads.city_row(basis, period, promise.indicator)
        if row is None:
            continue
        hint = f"{pick(promise)} {reading.worded(row)} · {say(f'light.{row.light}')} · {say(f'verdict.{row.verdict}')}"
        inside = (
            f'<i class="{row.light}">{MARKS[row.light]}</i>{promise.id}<span class="unseen">{markup.text(hint)}</span>'
        )
        told.append(markup.go("indicator", inside, title=hint, indicator=promise.indicator))
    return " ".join(told)


def _problem(problem: str) -> str:
    if not problem:
        return ""
    told = markup.text(say("tasks.problem", text=problem))
    return f'<span class="tasks-problem" title="{told}">{told}</span>'
