"""Units against tasks: R where the plan names a unit, and what that unit declared this quarter."""

from __future__ import annotations

from typing import Any

import streamlit as st

from catalogue.display import quarter
from catalogue.model import Task
from catalogue.wording import pick, say
from ui import reads
from ui.kit import figures, markup, tables
from ui.reads import tasks as reads_tasks
from ui.screens.tasks import board, marks


def show(basis: str, period: str, department: str, state: str) -> None:
    tables.html(_matrix(figures.key(), basis, period, department, state, reads.today()))


@st.cache_resource(max_entries=128, show_spinner=False)
def _matrix(key: tuple, basis: str, period: str, department: str, state: str, today: str) -> str:
    plan, rows = reads.plan(), board.chosen(basis, period, department, state)
    if rows.empty:
        return f'<p class="muted">{markup.text(say("tasks.nothing"))}</p>'
    tasks = [plan.tasks[number] for number in rows["task"]]
    spoken = {(row.task, row.department): row for row in reads_tasks.reports(basis, period).itertuples()}
    columns = [code for code in plan.departments if any(code in board.named(task) for task in plan.tasks.values())]
    mark = {code: " chosen" if code == department else "" for code in columns}
    head = "".join(
        f'<th scope="col" class="{mark[code].strip()}"><span>{markup.text(pick(plan.departments[code]))}</span></th>'
        for code in columns
    )
    body = "".join(
        f'<tr><th scope="row">{_named(task)}</th>'
        + "".join(_cell(task, code, spoken.get((task.number, code)), mark[code]) for code in columns)
        + "</tr>"
        for task in tasks
    )
    foot = _totals("total", [sum(code in task.departments for task in tasks) for code in columns])
    foot += _totals("total_first", [sum(code == task.departments[0] for task in tasks) for code in columns])
    return (
        f"{board.count(len(tasks))}{_legend()}"
        f'<div class="sheet tasks-wide" tabindex="0"><table class="board tasks-matrix"><caption>{markup.text(say("tasks.matrix.title", period=quarter(period)))}</caption>'
        f'<thead><tr><th scope="col">{markup.text(say("tasks.task"))}</th>{head}</tr></thead><tbody>{body}</tbody><tfoot>{foot}</tfoot></table></div>'
    )


def _named(task: Task) -> str:
    return markup.go(
        "tasks",
        f'<span class="tasks-number">{task.number}</span> {markup.text(pick(task, "title"))}',
        task=str(task.number),
    )


def _cell(task: Task, code: str, row: Any | None, chosen: str) -> str:
    """Empty where the plan does not name the unit."""
    if code not in board.named(task):
        return f'<td class="{chosen.strip()}"></td>'
    unit = reads.plan().departments[code]
    said = marks.word(row.status) if row is not None and row.status else say("tasks.matrix.said_nothing")
    said = said if unit.reports else say("tasks.matrix.collective")
    hint = markup.text(say("tasks.matrix.cell", unit=pick(unit), number=task.number, role=_role(task, code), said=said))
    sign = "" if not unit.reports else marks.SIGNS.get(row.status, "▸") if row is not None and row.status else "–"
    return f'<td class="named{chosen}" title="{hint}">{_mark(task, code)}<i>{sign}</i><span class="unseen">{hint}</span></td>'


def _role(task: Task, code: str) -> str:
    if code not in task.departments:
        return say("tasks.matrix.added_for", label=pick(reads.plan().departments[task.departments[0]]))
    return say("tasks.matrix.first_named" if code == task.lead else "tasks.matrix.responsible")


def _mark(task: Task, code: str) -> str:
    if code not in task.departments:
        return _added()
    return _first() if code == task.lead else "<b>R</b>"


def _first() -> str:
    return f'<b class="first">R<small>{markup.text(say("tasks.matrix.first"))}</small></b>'


def _added() -> str:
    return f'<b class="added">{markup.text(say("tasks.matrix.added"))}</b>'


def _totals(name: str, counts: list[int]) -> str:
    told = "".join(f"<td>{count or ''}</td>" for count in counts)
    return f'<tr><th scope="row">{markup.text(say(f"tasks.matrix.{name}"))}</th>{told}</tr>'


def _legend() -> str:
    told = (
        markup.text(say("tasks.matrix.legend", first="\0", added="\1")).replace("\0", _first()).replace("\1", _added())
    )
    signs = [(marks.SIGNS[status], marks.word(status)) for status in ("done", "under_way", "stuck", "not_started")]
    signs.append(("–", say("tasks.matrix.said_nothing")))
    listed = "　".join(f"<i>{sign}</i> {markup.text(name)}" for sign, name in signs)
    return f'<p class="muted tasks-legend">{told} {listed}</p>'
