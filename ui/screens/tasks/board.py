"""The list of the tasks, in the plan's order and words, section by section."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from catalogue.model import Commitment, Task
from catalogue.wording import language, pick, say
from sentences import reading
from ui import reads
from ui.app import filters
from ui.kit import figures, markup, tables
from ui.kit.templates import Macros, render
from ui.reads import tasks
from ui.reads.kept import per_version
from ui.screens.tasks import marks

SILENT = ("silent", "others")
_CELLS, _MARKS = Macros("tasks/cells.html"), Macros("tasks/marks.html")
COLUMNS = ("task", "units", "light", "said", "step", "quarters")


def show(basis: str, period: str, department: str, state: str) -> None:
    tables.html(_board(basis, period, department, state))


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


@per_version(128, by=(figures.key, reads.today))
def _board(basis: str, period: str, department: str, state: str) -> Markup:
    plan, rows = reads.plan(), chosen(basis, period, department, state)
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
    return render("tasks/list.html", shown=len(rows), total=len(plan.tasks), tables=tables)


def _leads(basis: str, period: str) -> pd.DataFrame:
    """What the lead of each task reported."""
    rows = tasks.reports(basis, period)
    return rows[[reads.plan().tasks[row.task].lead == row.department for row in rows.itertuples()]]


def _line(row: Any, past: list[Any], problem: str, basis: str) -> list[str]:
    task = reads.plan().tasks[row.task]
    return [
        _CELLS.named(task),
        _CELLS.units_of(units(task), as_written(task)),
        _CELLS.lit(marks.light(row), _promises(task, basis, row.period)),
        _CELLS.declared(marks.said(marks.state(row), marks.why(row)), problem),
        marks.steps(row),
        marks.quarters(past, row.period),
    ]


def as_written(task: Task) -> str:
    """The plan's own line of units; in English one by one."""
    if language() == "zh":
        return task.units_text
    return ", ".join(pick(reads.plan().departments[code]) for code in task.departments)


def units(task: Task) -> Markup:
    """As written, the first one strong; beside it who files for a collective label."""
    plan, told = reads.plan(), as_written(task)
    first, mark, rest = told.partition("、" if language() == "zh" else ", ")
    filed_by = say("tasks.files", unit=pick(plan.departments[task.reporter])) if task.reporter else ""
    return _MARKS.units(first, mark + rest, filed_by)


def _promises(task: Task, basis: str, period: str) -> list[tuple[Any, Commitment, str]]:
    """The city's row of each promise of the task that has one, and what it says in words."""
    told = []
    for promise in (one for one in reads.plan().commitments.values() if one.task == task.number):
        row = reads.city_row(basis, period, promise.indicator)
        if row is None:
            continue
        hint = f"{pick(promise)} {reading.worded(row)} · {say(f'light.{row.light}')} · {say(f'verdict.{row.verdict}')}"
        told.append((row, promise, hint))
    return told
