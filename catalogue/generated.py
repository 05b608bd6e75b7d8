"""Elements nobody has to write: those of projects, tasks and milestones follow from their entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from catalogue.model import Element, Form, Milestone, Project, Task
from catalogue.reporting import ElementKind, ElementNature

# Sheets, by code, that hold these elements.
WORKS, TASKS, MILESTONES = "works", "tasks", "milestones"
# What the codes of these elements begin with; written elements must not.
PREFIXES = ("project.", "task.", "milestone.")
TOTAL_ROW = "P00"

Columns = tuple[tuple[str, str, str, ElementKind], ...]  # code, printed title, English, kind

# code, printed title, English, measure, kind, nature
PROJECT_COLUMNS: tuple[tuple[str, str, str, str, ElementKind, ElementNature], ...] = (
    ("funded", "到位资金", "Funds received", "10k_yuan", "decimal", "flow"),
    ("invested", "完成投资", "Invested", "10k_yuan", "decimal", "flow"),
    ("area", "完成面积", "Floor area done", "sqm", "decimal", "flow"),
    ("stage", "形象进度", "Stage", "text", "choice", "stock"),
    ("started", "开工日期", "Started on", "date", "date", "stock"),
    ("finished", "完工日期", "Finished on", "date", "date", "stock"),
)
TASK_COLUMNS: Columns = (
    ("status", "状态", "Status", "choice"),
    ("done", "进展情况", "Done", "text"),
    ("problem", "存在问题", "Problem", "text"),
    ("next", "下一步措施", "Next step", "text"),
)
MILESTONE_COLUMNS: Columns = (
    ("status", "状态", "Status", "choice"),
    ("finished_on", "完成日期", "Finished on", "date"),
    ("evidence", "佐证（文号、链接）", "Evidence", "text"),
)
PROJECT_TOTALS = ("funded", "invested")


def generated_elements(
    forms: Mapping[str, Form],
    projects: Mapping[str, Project],
    tasks: Mapping[int, Task],
    milestones: Mapping[str, Milestone],
    choices: Mapping[str, Mapping[str, str]],
) -> Iterator[Element]:
    """`project.<code>.<column>`, `task.<number>.<column>`, `milestone.<id>.<column>`.

    Each only where the plan has a form that is filed by projects or by departments; the first one is theirs.
    """
    stages, progress = (tuple(choices.get(name, {}).items()) for name in ("stage", "progress"))
    filed_by = {form.reporter: form for form in reversed(tuple(forms.values()))}
    form = filed_by.get("project")
    if form is not None and projects and WORKS in form.sheets:
        for project in projects.values():
            yield from _of_project(form.code, project, stages)
        yield from _project_totals(form.code)
    form = filed_by.get("department")
    if form is not None:
        for task in tasks.values():
            spoken = _Spoken(f"task.{task.number}", f"T{task.number:02}", TASKS, task.title, task.title_en)
            yield from _told(form.code, spoken, TASK_COLUMNS, progress)
        for m in milestones.values():
            spoken = _Spoken(f"milestone.{m.id}", f"M{m.id}", MILESTONES, m.name, m.name_en)
            yield from _told(form.code, spoken, MILESTONE_COLUMNS, progress)


def _of_project(form: str, project: Project, stages: tuple[tuple[str, str], ...]) -> Iterator[Element]:
    for code, title, title_en, measure, kind, nature in PROJECT_COLUMNS:
        if code == "area" and project.area is None:
            continue
        yield Element(
            code=f"project.{project.code}.{code}",
            row=project.row,
            name=f"{project.name}·{title}",
            name_en=f"{project.name_en}: {title_en}",
            form=form,
            sheet=WORKS,
            measure=measure,
            definition=f"{project.name}：{title}，本年累计。",
            kind=kind,
            nature=nature,
            choices=stages if kind == "choice" else (),
            required=code in (*PROJECT_TOTALS, "area", "stage"),
        )


def _project_totals(form: str) -> Iterator[Element]:
    for code, title, title_en, measure, kind, nature in PROJECT_COLUMNS:
        if code in PROJECT_TOTALS:
            yield Element(
                code=f"project.total.{code}",
                row=TOTAL_ROW,
                name=f"合计·{title}",
                name_en=f"Total: {title_en}",
                form=form,
                sheet=WORKS,
                measure=measure,
                definition="各项目之和。",
                kind=kind,
                nature=nature,
            )


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A task or milestone that a department speaks of; row: of the form; sheet: on which it stands."""

    code: str
    row: str
    sheet: str
    name: str
    name_en: str


def _told(form: str, of: _Spoken, columns: Columns, progress: tuple[tuple[str, str], ...]) -> Iterator[Element]:
    """What a department says of it; silence is an answer, so nothing is required."""
    for column, title, title_en, kind in columns:
        yield Element(
            code=f"{of.code}.{column}",
            row=of.row,
            name=f"{of.name}·{title}",
            name_en=f"{of.name_en}: {title_en}",
            form=form,
            sheet=of.sheet,
            measure="text",
            definition=title,
            kind=kind,
            required=False,
            choices=progress if kind == "choice" else (),
        )
