"""What each reporter's template holds: forms, elements and tasks laid out on sheets."""
from __future__ import annotations

from collections.abc import Iterator

from catalogue.generated import MILESTONE_COLUMNS, PROJECT_COLUMNS, PROJECT_TOTALS, TASK_COLUMNS
from catalogue.model import Column, Element, Layout, Line, Plan, Sheet, Slot

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
            code=element.row, name=element.name, measure=element.measure, indent=element.indent,
            slots={"current": Slot(element=element.code, subject=reporter)},
        )
        for element in _elements(plan, form, code, reporter)
    )
    return Sheet(name=plan.forms[form].sheets[code], columns=LIST, lines=lines)


def _unit_sheets(plan: Plan, form: str, reporter: str) -> Iterator[Sheet]:
    for code in plan.forms[form].sheets:
        yield _list_sheet(plan, form, code, reporter)


def _project_sheets(plan: Plan, form: str, reporter: str) -> Iterator[Sheet]:
    names = plan.forms[form].sheets
    columns = tuple(Column(code=code, title=title, role="entry") for code, title, *_ in PROJECT_COLUMNS)
    previous = Column(code="previous", title="上期完成投资", role="previous", of="invested")
    lines = [
        Line(
            code=project.row, name=project.name, measure="10k_yuan",
            slots={
                column.code: Slot(element=f"project.{project.code}.{column.code}", subject=reporter)
                for column in columns
                if f"project.{project.code}.{column.code}" in plan.elements
            },
        )
        for project in plan.projects.values()
    ]
    total = {code: Slot(element=f"project.total.{code}", subject=reporter) for code in PROJECT_TOTALS}
    lines.append(Line(code="P00", name="合计", measure="10k_yuan", slots=total))
    yield Sheet(name=names["works"], columns=(previous, *columns, REASON), lines=tuple(lines))
    yield _by_county(plan, form, reporter, names["toilets"])


def _by_county(plan: Plan, form: str, reporter: str, name: str) -> Sheet:
    """One row per county and a total row, for each element that the form adds up by column."""
    [(total, element)] = plan.forms[form].column_totals.items()
    measure = plan.elements[element].measure
    lines = [
        Line(code=unit.code, name=unit.name, measure=measure, slots={"current": Slot(element=element, subject=unit.code)})
        for unit in plan.counties
    ]
    total_line = Line(
        code=plan.elements[total].row, name=plan.elements[total].name, measure=measure,
        slots={"current": Slot(element=total, subject=reporter)},
    )
    return Sheet(name=name, columns=LIST, lines=(*lines, total_line))


def _department_sheets(plan: Plan, form: str, reporter: str) -> Iterator[Sheet]:
    names = plan.forms[form].sheets
    tasks = [
        (f"T{task.number:02}", f"{task.number}. {task.title}", f"task.{task.number}")
        for task in plan.tasks.values()
        if reporter in (*task.departments, task.reporter)
    ]
    milestones = [
        (f"M{m.id}", m.name, f"milestone.{m.id}") for m in plan.milestones.values() if m.department == reporter
    ]
    yield _told_sheet(names["tasks"], tasks, TASK_COLUMNS, reporter)
    yield _told_sheet(names["milestones"], milestones, MILESTONE_COLUMNS, reporter)
    yield _list_sheet(plan, form, "counts", reporter)


def _told_sheet(name: str, rows: list[tuple[str, str, str]], columns, reporter: str) -> Sheet:
    lines = tuple(
        Line(
            code=code, name=title, measure="",
            slots={column: Slot(element=f"{element}.{column}", subject=reporter) for column, *_ in columns},
        )
        for code, title, element in rows
    )
    entries = tuple(Column(code=code, title=title, role="entry") for code, title, *_ in columns)
    return Sheet(name=name, columns=entries, lines=lines)


def _backfill_sheets(plan: Plan, form: str, reporter: str) -> Iterator[Sheet]:
    """The county form turned on its side: a row per unit, a column per number."""
    [county] = [f for f in plan.forms.values() if f.reporter == "unit"]
    for code, name in county.sheets.items():
        elements = [
            e for e in plan.elements.values() if e.form == county.code and e.sheet == code and not e.ratio_of
        ]
        yield Sheet(
            name=name,
            columns=tuple(Column(code=e.row, title=e.name, role="entry") for e in elements),
            lines=tuple(
                Line(
                    code=unit.code, name=unit.name, measure="",
                    slots={
                        e.row: Slot(element=e.code, subject=unit.code)
                        for e in elements
                        if not e.units or unit.code in e.units
                    },
                )
                for unit in plan.units.values()
            ),
        )


_SHEETS = {
    "unit": _unit_sheets,
    "project": _project_sheets,
    "department": _department_sheets,
    "city": _backfill_sheets,
}
