"""The forms as every reporter gets them: each number is reported by somebody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from catalogue.entries import Mistake, mistake
from catalogue.layout import layout
from catalogue.model import Form, Layout, Plan

# Who reports what follows from these: a mistake in one of them may be the cause of ours.
CAUSES = (
    ("plan.toml", ""),
    ("units.toml", ""),
    ("departments.toml", ""),
    ("tasks.toml", ""),
    ("milestones.toml", ""),
    ("forms.toml", ""),
)


def layouts(plan: Plan) -> Iterator[Mistake]:
    summed = {code for form in plan.forms.values() for pair in form.column_totals.items() for code in pair}
    if summed - plan.elements.keys():
        return  # `forms` speaks about these, and no layout can be built
    built = [layout(plan, form.code, reporter) for form in plan.forms.values() for reporter in reporters(plan, form)]
    yield from _reported(plan, built)


def reporters(plan: Plan, form: Form) -> tuple[str, ...]:
    """As `plan.reporters`, but empty where the plan does not say who files the project return."""
    task = plan.tasks.get(plan.project_task)
    if form.reporter == "project" and (task is None or not (task.reporter or task.departments)):
        return ()
    return plan.reporters(form.code)


def _reported(plan: Plan, built: Iterable[Layout]) -> Iterator[Mistake]:
    """Every element stands on somebody's sheet; whoever an indicator expects reports all its parts."""
    subjects: dict[str, set[str]] = defaultdict(set)
    for each in built:
        if plan.forms[each.form].reporter != "city":  # that is history, not this year's reporting
            for slot in each.slots():
                subjects[slot.element].add(slot.subject)
    for code in plan.elements:
        if code not in subjects:
            yield mistake("elements.toml", code, "", "on_no_sheet", refers=(("elements.toml", code), *CAUSES))
    for indicator in plan.indicators.values():
        where = ("indicators.toml", indicator.code, "units")
        for element in (*indicator.numerator, *indicator.denominator):
            silent = [code for code in indicator.units if code not in subjects[element]]
            if element in plan.elements and silent:
                refers = (("indicators.toml", indicator.code), ("elements.toml", element), *CAUSES)
                yield mistake(*where, "not_reported", code=element, units=", ".join(silent), refers=refers)
