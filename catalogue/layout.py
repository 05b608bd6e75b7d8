"""What each reporter's template holds: forms, elements and tasks laid out on sheets."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.display import number
from catalogue.generated import (
    MILESTONE_COLUMNS,
    MILESTONES,
    PROJECT_COLUMNS,
    PROJECT_TOTALS,
    TASK_COLUMNS,
    TASKS,
    TOTAL_ROW,
    WORKS,
    Columns,
)
from catalogue.model import Column, Element, Layout, Line, Plan, Project, Sheet, Slot, Unit
from catalogue.wording import say

LIST = (
    Column(code="previous", title="上期", role="previous", of="current"),
    Column(code="current", title="本期", role="entry"),
    Column(code="reason", title="变化原因", role="reason"),
)
REASON = Column(code="reason", title="变化原因", role="reason")


def layout(plan: Plan, form: str, reporter: str) -> Layout:
    """Raises KeyError for a form the plan lacks, ValueError for a reporter who does not owe it."""
    if reporter not in plan.reporters(form):
        raise ValueError(f"{reporter!r} does not file the form {form!r}")
    sheets = _SHEETS[plan.forms[form].reporter](plan, form, reporter)
    return Layout(form=form, reporter=reporter, sheets=tuple(sheet for sheet in sheets if sheet.lines))


def _elements(plan: Plan, form: str, sheet: str, reporter: str) -> list[Element]:
    return [
        element
        for element in plan.elements.values()
        if element.form == form and element.sheet == sheet and (not element.units or reporter in element.units)
    ]


def _list_sheet(plan: Plan, form: str, code: str, reporter: str) -> Sheet:
    lines = tuple(
        Line(
            code=element.row,
            name=element.name,
            measure=element.measure,
            indent=element.indent,
            slots={"current": Slot(element=element.code, subject=reporter)},
        )
        for element in _elements(plan, form, code, reporter)
    )
    return Sheet(name=plan.forms[form].sheets[code], columns=LIST, lines=lines)


def _unit_sheets(plan: Plan, form: str, reporter: str) -> Iterator[Sheet]:
    for code in plan.forms[form].sheets:
        yield _list_sheet(plan, form, code, reporter)


def _project_sheets(plan: Plan, form: str, reporter: str) -> Iterator[Sheet]:
    for code, name in plan.forms[form].sheets.items():
        yield _works(plan, name, reporter) if code == WORKS else _by_county(plan, form, code, reporter)


def _with_plan(project: Project) -> str:
    """What the plan promises stands beside the name: whoever reports progress sees against what."""
    figures = [number(project.planned, "10k_yuan") + say("measure.10k_yuan", "zh")]
    if project.area is not None:
        figures.append(number(project.area, "sqm") + say("measure.sqm", "zh"))
    return f"{project.name}（计划{'、'.join(figures)}）"


def _works(plan: Plan, name: str, reporter: str) -> Sheet:
    columns = tuple(Column(code=code, title=title, role="entry") for code, title, *_ in PROJECT_COLUMNS)
    previous = Column(code="previous", title="上期完成投资", role="previous", of="invested")
    lines = [
        Line(
            code=project.row,
            name=_with_plan(project),
            measure="10k_yuan",
            slots={
                column.code: Slot(element=f"project.{project.code}.{column.code}", subject=reporter)
                for column in columns
                if f"project.{project.code}.{column.code}" in plan.elements
            },
        )
        for project in plan.projects.values()
    ]
    if lines:
        total = {code: Slot(element=f"project.total.{code}", subject=reporter) for code in PROJECT_TOTALS}
        lines.append(Line(code=TOTAL_ROW, name="合计", measure="10k_yuan", slots=total))
    return Sheet(name=name, columns=(previous, *columns, REASON), lines=tuple(lines))


def _by_county(plan: Plan, form: str, code: str, reporter: str) -> Sheet:
    """One row per county and a total row, for the element of this sheet that the form adds up by column."""
    lines: list[Line] = []
    for total, part in _column_totals(plan, form, code):
        lines += (
            Line(
                code=unit.code,
                name=unit.name,
                measure=part.measure,
                slots={"current": Slot(element=part.code, subject=unit.code)},
            )
            for unit in plan.counties
            if not part.units or unit.code in part.units
        )
        slot = Slot(element=total.code, subject=reporter)
        lines.append(Line(code=total.row, name=total.name, measure=part.measure, slots={"current": slot}))
    return Sheet(name=plan.forms[form].sheets[code], columns=LIST, lines=tuple(lines))


def _column_totals(plan: Plan, form: str, sheet: str) -> Iterator[tuple[Element, Element]]:
    """(total, part) for the columns that the form adds up on this sheet."""
    for total, part in plan.forms[form].column_totals.items():
        if plan.elements[part].sheet == sheet:
            yield plan.elements[total], plan.elements[part]


def _department_sheets(plan: Plan, form: str, reporter: str) -> Iterator[Sheet]:
    """Own tasks, own milestones, and lists of what is counted, in the form's order."""
    tasks = [
        (f"T{task.number:02}", f"{task.number}. {task.title}", f"task.{task.number}")
        for task in plan.tasks.values()
        if reporter in (*task.departments, task.reporter)
    ]
    milestones = [
        (f"M{m.id}", m.name, f"milestone.{m.id}") for m in plan.milestones.values() if m.department == reporter
    ]
    for code, name in plan.forms[form].sheets.items():
        if code == TASKS:
            yield _told_sheet(name, tasks, TASK_COLUMNS, reporter)
        elif code == MILESTONES:
            yield _told_sheet(name, milestones, MILESTONE_COLUMNS, reporter)
        else:
            yield _list_sheet(plan, form, code, reporter)


def _told_sheet(name: str, rows: list[tuple[str, str, str]], columns: Columns, reporter: str) -> Sheet:
    lines = tuple(
        Line(
            code=code,
            name=title,
            measure="",
            slots={column: Slot(element=f"{element}.{column}", subject=reporter) for column, *_ in columns},
        )
        for code, title, element in rows
    )
    entries = tuple(Column(code=code, title=title, role="entry") for code, title, *_ in columns)
    return Sheet(name=name, columns=entries, lines=lines)


def _backfill_sheets(plan: Plan, form: str, reporter: str) -> Iterator[Sheet]:
    """The units' forms turned on their side: a row per unit, a column per number."""
    for unit_form in (f for f in plan.forms.values() if f.reporter == "unit"):
        for code, name in unit_form.sheets.items():
            elements = [
                e for e in plan.elements.values() if e.form == unit_form.code and e.sheet == code and not e.ratio_of
            ]
            yield Sheet(
                name=name,
                columns=tuple(Column(code=e.row, title=e.name, role="entry") for e in elements),
                lines=tuple(_history_line(unit, elements) for unit in plan.units.values()) if elements else (),
            )


def _history_line(unit: Unit, elements: list[Element]) -> Line:
    slots = {e.row: Slot(element=e.code, subject=unit.code) for e in elements if not e.units or unit.code in e.units}
    return Line(code=unit.code, name=unit.name, measure="", slots=slots)


_SHEETS = {
    "unit": _unit_sheets,
    "project": _project_sheets,
    "department": _department_sheets,
    "city": _backfill_sheets,
}
