"""Forms: sheets, and the sums, shares, means and caps they are checked by; the projects of their plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from catalogue.checks.refer import absent, twice
from catalogue.entries import Mistake, mistake
from catalogue.generated import MILESTONES, PREFIXES, TASKS, TOTAL_ROW, WORKS
from catalogue.model import Form, Plan
from catalogue.wording import knows

FILE = "forms.toml"


def forms(plan: Plan) -> Iterator[Mistake]:
    filers: dict[str, str] = {}
    for form in plan.forms.values():
        if form.reporter in ("project", "department") and form.reporter in filers:
            yield mistake(FILE, form.code, "reporter", "reporter_taken", other=filers[form.reporter])
        filers.setdefault(form.reporter, form.code)
        if form.version in form.replaces:
            yield mistake(FILE, form.code, "replaces", "replaces_itself", version=form.version)
        yield from _sheets(plan, form)
        yield from _sums(plan, form)
        yield from _bounds(plan, form)
        yield from _reviewers(plan, form)
        for code in form.school_year:
            yield from _of_form(plan, form, [code], "school_year")
    if "project" in filers and plan.project_task not in plan.tasks:
        home = (("tasks.toml", str(plan.project_task)),)
        yield mistake("plan.toml", "", "project_task", "not_a_task", code=plan.project_task, refers=home)
    yield from _choices(plan)


def _sheets(plan: Plan, form: Form) -> Iterator[Mistake]:
    where = (FILE, form.code, "sheets")
    for name in form.sheets.values():
        if not name.strip() or len(name) > 31 or re.search(r"[\[\]:*?/\\]", name):
            yield mistake(*where, "not_a_sheet_name", name=name)
    yield from twice(form.sheets.values(), *where)
    if form.reporter == "department":
        for code, entries in ((TASKS, plan.tasks), (MILESTONES, plan.milestones)):
            if entries and code not in form.sheets:
                yield mistake(*where, "sheet_missing", code=code)
    used = {element.sheet for element in plan.elements.values() if element.form == form.code}
    for code in form.sheets:
        if code not in used:
            homes = tuple((file, "") for file in ("elements.toml", "projects.toml", "tasks.toml", "milestones.toml"))
            yield mistake(*where, "sheet_unused", code=code, refers=homes)


def _of_form(plan: Plan, form: Form, codes: Iterable[str], field: str) -> Iterator[Mistake]:
    """Elements of this form that are numbers."""
    for code in codes:
        element = plan.elements.get(code)
        if element is None:
            yield from absent(plan, "elements", [code], FILE, form.code, field)
        elif element.form != form.code:
            yield mistake(FILE, form.code, field, "other_form", code=code, form=element.form)
        elif element.kind not in ("integer", "decimal"):
            yield mistake(FILE, form.code, field, "not_numeric", code=code)


def _alike(plan: Plan, form: Form, codes: Iterable[str], field: str) -> Iterator[Mistake]:
    """What is added up or compared has one measure."""
    elements = (plan.elements.get(code) for code in codes)
    known = [element for element in elements if element is not None and element.form == form.code]
    for element in known[1:]:
        if element.measure != known[0].measure:
            yield mistake(
                FILE,
                form.code,
                field,
                "measures_differ",
                code=element.code,
                measure=element.measure,
                other=known[0].code,
                other_measure=known[0].measure,
            )


def _sums(plan: Plan, form: Form) -> Iterator[Mistake]:
    for total, parts in form.totals.items():
        codes = (total, *parts)
        if not parts:
            yield mistake(FILE, form.code, "totals", "no_parts", code=total)
        yield from twice(codes, FILE, form.code, "totals")
        yield from _of_form(plan, form, codes, "totals")
        yield from _alike(plan, form, codes, "totals")
    if form.column_totals and form.reporter != "project":
        yield mistake(FILE, form.code, "column_totals", "only_on_project_forms")
    for pair in form.column_totals.items():
        yield from _of_form(plan, form, pair, "column_totals")
        yield from _alike(plan, form, pair, "column_totals")
    summed = [plan.elements[code].sheet for code in form.column_totals.values() if code in plan.elements]
    yield from twice(summed, FILE, form.code, "column_totals")


def _bounds(plan: Plan, form: Form) -> Iterator[Mistake]:
    for pair in form.within:
        yield from twice(pair, FILE, form.code, "within")
        yield from _of_form(plan, form, pair, "within")
        yield from _alike(plan, form, pair, "within")
    for numerator, denominator, low, high, factor, measure in form.means:
        yield from _of_form(plan, form, (numerator, denominator), "means")
        if not low < high or factor <= 0:
            yield mistake(FILE, form.code, "means", "no_range", code=numerator, low=low, high=high, factor=factor)
        if not knows(f"measure.{measure}"):
            yield mistake(FILE, form.code, "means", "not_a_measure", code=measure)
    planned = {f"project.{project.code}.invested": project.planned for project in plan.projects.values()}
    for code, value, share in form.caps:
        yield from _of_form(plan, form, [code], "caps")
        if share <= 0:
            yield mistake(FILE, form.code, "caps", "below_zero")
        if planned.get(code, value) != value:
            yield mistake(FILE, form.code, "caps", "other_plan_value", code=code, found=value, wanted=planned[code])


def _reviewers(plan: Plan, form: Form) -> Iterator[Mistake]:
    """Departments of the plan; and whoever files the form has somebody else to decide about it."""
    yield from absent(plan, "departments", form.reviewers, FILE, form.code, "reviewers")
    yield from twice(form.reviewers, FILE, form.code, "reviewers")
    if form.reporter == "project" and plan.project_task not in plan.tasks:
        return
    for reporter in plan.reporters(form.code) if form.reviewers else ():
        if set(form.reviewers) <= {reporter}:
            yield mistake(FILE, form.code, "reviewers", "reviews_itself", code=reporter)


def _choices(plan: Plan) -> Iterator[Mistake]:
    """Generated elements take their answers from [choices.progress] and [choices.stage]."""
    empty = {
        "stage" if element.sheet == WORKS else "progress"
        for element in plan.elements.values()
        if element.code.startswith(PREFIXES) and element.kind == "choice" and not element.choices
    }
    for name in sorted(empty):
        yield mistake(FILE, "choices", name, "missing")


def projects(plan: Plan) -> Iterator[Mistake]:
    file = "projects.toml"
    rows = {TOTAL_ROW: "project.total"}
    for project in plan.projects.values():
        for field in ("planned", "area"):
            value = getattr(project, field)
            if value is not None and value <= 0:
                yield mistake(file, project.code, field, "not_above_zero")
        if project.row in rows:
            yield mistake(file, project.code, "row", "row_taken", row=project.row, other=rows[project.row])
        rows.setdefault(project.row, project.code)
        if project.code == "total":
            yield mistake(file, project.code, "code", "code_taken")
