"""Units against tasks: R where the plan names a unit, and what that unit declared this quarter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from markupsafe import Markup

from catalogue.model import Task
from catalogue.wording import pick, say
from ui import reads
from ui.kit import figures, markup, tables
from ui.kit.templates import render
from ui.reads import tasks as reads_tasks
from ui.reads.kept import per_version
from ui.screens.tasks import board, marks


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A unit that a task names. role: first named, responsible, or added as the one that files for a collective label."""

    role: Literal["first", "named", "added"]
    sign: str
    hint: str


def show(basis: str, period: str, department: str, state: str) -> None:
    tables.html(_matrix(basis, period, department, state))


@per_version(128, by=(figures.key, reads.today))
def _matrix(basis: str, period: str, department: str, state: str) -> Markup:
    plan, rows = reads.plan(), board.chosen(basis, period, department, state)
    if rows.empty:
        return markup.note(say("tasks.nothing"))
    tasks = [plan.tasks[number] for number in rows["task"]]
    spoken = {(row.task, row.department): row for row in reads_tasks.reports(basis, period).itertuples()}
    columns = [code for code in plan.departments if any(code in board.named(task) for task in plan.tasks.values())]
    signs = [(marks.SIGNS[status], marks.word(status)) for status in ("done", "under_way", "stuck", "not_started")]
    return render(
        "tasks/matrix.html",
        period=period,
        total=len(plan.tasks),
        signs=[*signs, ("–", say("tasks.matrix.said_nothing"))],
        columns=[(pick(plan.departments[code]), code == department) for code in columns],
        lines=[(task, [_cell(task, code, spoken.get((task.number, code))) for code in columns]) for task in tasks],
        totals=[
            ("total", [sum(code in task.departments for task in tasks) for code in columns]),
            ("total_first", [sum(code == task.departments[0] for task in tasks) for code in columns]),
        ],
    )


def _cell(task: Task, code: str, row: Any | None) -> MatrixCell | None:
    """None where the plan does not name the unit."""
    if code not in board.named(task):
        return None
    unit = reads.plan().departments[code]
    said = marks.word(row.status) if row is not None and row.status else say("tasks.matrix.said_nothing")
    said = said if unit.reports else say("tasks.matrix.collective")
    hint = say("tasks.matrix.cell", unit=pick(unit), number=task.number, role=_role(task, code), said=said)
    sign = "" if not unit.reports else marks.SIGNS.get(row.status, "▸") if row is not None and row.status else "–"
    role: Literal["first", "named", "added"] = "first" if code == task.lead else "named"
    return MatrixCell(role if code in task.departments else "added", sign, hint)


def _role(task: Task, code: str) -> str:
    if code not in task.departments:
        return say("tasks.matrix.added_for", label=pick(reads.plan().departments[task.departments[0]]))
    return say("tasks.matrix.first_named" if code == task.lead else "tasks.matrix.responsible")
