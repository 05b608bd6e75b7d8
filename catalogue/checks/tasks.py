"""Tasks and milestones: who answers for them, and whether the clauses stand in the text."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.checks.periods import outside_plan
from catalogue.checks.refer import absent, twice
from catalogue.entries import Mistake, mistake
from catalogue.model import Plan, Task


def tasks(plan: Plan) -> Iterator[Mistake]:
    promised = {entry.task for kind in (plan.commitments, plan.milestones) for entry in kind.values()}
    for task in plan.tasks.values():
        where = ("tasks.toml", task.number)
        yield from absent(plan, "sections", [task.section], *where, "section")
        yield from absent(plan, "departments", task.departments, *where, "departments")
        yield from twice(task.departments, *where, "departments")
        for field in ("text", "departments"):
            if not getattr(task, field):
                yield mistake(*where, field, "empty")
        yield from _reporter(plan, task)
        if task.number not in promised:
            yield mistake(*where, "", "no_promise", refers=(("milestones.toml", ""), ("commitments.toml", "")))


def _reporter(plan: Plan, task: Task) -> Iterator[Mistake]:
    if task.reporter:
        yield from absent(plan, "departments", [task.reporter], "tasks.toml", task.number, "reporter")
    if task.reporter or task.departments:
        lead = plan.departments.get(task.lead)
        if lead is not None and not lead.reports:
            yield mistake("tasks.toml", task.number, "reporter", "lead_files_nothing", code=task.lead)


def milestones(plan: Plan) -> Iterator[Mistake]:
    for milestone in plan.milestones.values():
        where = ("milestones.toml", milestone.id)
        yield from absent(plan, "tasks", [milestone.task], *where, "task")
        yield from absent(plan, "departments", [milestone.department], *where, "department")
        department = plan.departments.get(milestone.department)
        if department is not None and not department.reports:
            yield mistake(*where, "department", "files_nothing", code=milestone.department)
        yield from outside_plan(plan, milestone.due, *where)
        task = plan.tasks.get(milestone.task)
        if task is not None:
            if department is not None and milestone.department not in (*task.departments, task.reporter):
                yield mistake(*where, "department", "not_of_task", code=milestone.department, task=task.number)
            yield from quoted(milestone.quote, task, *where)


def quoted(quote: str, task: Task, file: str, entry: str) -> Iterator[Mistake]:
    """A clause is verbatim, blanks apart, and stands in its own task."""
    wanted = "".join(quote.split())
    if not wanted:
        yield mistake(file, entry, "quote", "empty")
    elif wanted not in "".join(task.text.split()):
        yield mistake(file, entry, "quote", "not_in_text", quote=quote, task=task.number)
