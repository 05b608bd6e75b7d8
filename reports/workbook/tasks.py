"""The tasks' ledger in three sheets: every task, what each responsible unit wrote, every milestone."""

from __future__ import annotations

from typing import Any

from catalogue.model import Plan
from catalogue.naming import responsible
from catalogue.wording import knows, language, pick, say
from reports.workbook.book import HEAD, Book, BookColumn, Page
from reports.workbook.cells import Cell, Lamp, day_of, who
from sentences.lights import MARKS

TASKS = (
    ("task", 6),
    ("title", 34),
    ("section", 18),
    ("units", 34),
    ("lead", 14),
    ("said", 14),
    ("light", 12),
    ("promises", 10),
    ("milestones", 12),
    ("done_steps", 12),
    ("late_steps", 12),
    ("soon_steps", 12),
    ("return_state", 10),
)
REPORTS = (
    ("task", 6),
    ("title", 26),
    ("department", 14),
    ("said", 10),
    ("done", 44),
    ("problem", 36),
    ("next", 36),
    ("file", 36),
    ("sheet", 12),
    ("cell", 8),
)
STEPS = (
    ("task", 6),
    ("step", 34),
    ("department", 14),
    ("due", 15),
    ("said", 10),
    ("finished", 15),
    ("step_state", 12),
    ("evidence", 32),
    ("said_in", 9),
    ("file", 36),
    ("sheet", 12),
    ("cell", 8),
)


def tasks(book: Book, page: Page) -> None:
    """A row per task."""
    plan, rows = book.plan, book.snapshot.tasks.itertuples(index=False)
    _sheet(page, "tasks", TASKS, [_task(plan, row) for row in rows], fixed=2, light="light")


def _task(plan: Plan, row: Any) -> tuple[Cell, ...]:
    task = plan.tasks[row.task]
    return (
        task.number,
        pick(task, "title"),
        pick(plan.sections[task.section], "title"),
        responsible(plan, task),
        who(plan, row.lead),
        progress(plan, row.status) if row.said == "declared" else say(f"tasks.said_by.{row.said}"),
        Lamp(row.light) if row.commitments else say("tasks.no_number"),
        int(row.commitments),
        int(row.milestones_total),
        int(row.milestones_done),
        int(row.milestones_overdue),
        int(row.milestones_soon),
        say(f"state.{row.return_state}") if row.return_state else None,
    )


def reports(book: Book, page: Page) -> None:
    """What every unit named in a task wrote: its own words."""
    plan, rows = book.plan, book.snapshot.task_reports.itertuples(index=False)
    _sheet(
        page,
        "reports",
        REPORTS,
        [
            (
                int(row.task),
                pick(plan.tasks[row.task], "title"),
                who(plan, row.department),
                progress(plan, row.status) if row.status else say("workbook.silent"),
                row.done,
                row.problem,
                row.next,
                row.file_name,
                row.sheet,
                row.cell,
            )
            for row in rows
        ],
        fixed=3,
    )


def milestones(book: Book, page: Page) -> None:
    """A row per milestone; what was last said of it up to the quarter's end."""
    plan, rows = book.plan, book.snapshot.milestones.itertuples(index=False)
    _sheet(
        page,
        "milestones",
        STEPS,
        [
            (
                int(row.task),
                pick(plan.milestones[row.milestone]),
                who(plan, row.department),
                day_of(row.due),
                progress(plan, row.status) if row.status else say("tasks.detail.never"),
                day_of(row.finished_on),
                f"{MARKS[row.light]} {say(f'tasks.step_state.{row.light}')}",
                row.evidence,
                row.said_in,
                row.file_name,
                row.sheet,
                row.cell,
            )
            for row in rows
        ],
        fixed=2,
    )


def _sheet(
    page: Page, key: str, shape: tuple[tuple[str, int], ...], rows: list[tuple[Cell, ...]], fixed: int, light: str = ""
) -> None:
    page.heading(say(f"workbook.sheet.{key}"), say(f"workbook.note.{key}"))
    columns = [BookColumn(say(f"workbook.column.{name}"), width) for name, width in shape]
    page.widths(columns)
    last = page.table(HEAD, columns, rows)
    page.listed(HEAD, last, len(columns), fixed)
    if light:
        page.lights(HEAD + 1, [name for name, _ in shape].index(light), last)


def progress(plan: Plan, status: str) -> str:
    """As the form prints the answer; in English as we word it, where we do."""
    key = f"tasks.progress.{status}"
    if language() == "en" and knows(key):
        return say(key)
    return next(
        (label for element in plan.elements.values() for code, label in element.choices if code == status), status
    )
