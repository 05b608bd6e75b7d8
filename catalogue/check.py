"""Holds the plan's entries against each other."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue.checks.commitments import commitments, subtargets
from catalogue.checks.elements import elements
from catalogue.checks.forms import forms, projects
from catalogue.checks.indicators import baselines, indicators
from catalogue.checks.layouts import layouts
from catalogue.checks.names import measures, names, something_of_each
from catalogue.checks.people import departments, units
from catalogue.checks.periods import deadlines, lights, periods, timezone
from catalogue.checks.refer import is_follow_on
from catalogue.checks.tasks import milestones, tasks
from catalogue.entries import Mistake
from catalogue.generated import PREFIXES
from catalogue.model import Element, Plan

CHECKS = (
    something_of_each,
    names,
    measures,
    periods,
    timezone,
    deadlines,
    lights,
    units,
    departments,
    tasks,
    milestones,
    projects,
    forms,
    elements,
    indicators,
    baselines,
    commitments,
    subtargets,
)


def cross_check(plan: Plan, unread: Sequence[Mistake] = ()) -> list[Mistake]:
    """Every mistake between entries, sorted. `unread`: what reading already said, so as not to say it twice."""
    found = [problem for check in CHECKS for problem in check(plan) if not is_follow_on(problem, unread)]
    # A form is laid out last: what is wrong above is often why something is missing from it.
    said = (*unread, *found)
    found += [problem for problem in layouts(plan) if not is_follow_on(problem, said)]
    return sorted(set(found))


def unused_elements(plan: Plan) -> list[Element]:
    """Numbers that are reported and feed no indicator, in the order of the forms.

    Not a mistake, but work for whoever files: each should serve a check or be dropped.
    """
    fed = {code for each in plan.indicators.values() for code in (*each.numerator, *each.denominator)}
    return [
        element
        for element in plan.elements.values()
        if element.code not in fed
        and element.kind in ("integer", "decimal")
        and not element.ratio_of
        and not element.code.startswith(PREFIXES)
    ]


def serves_a_check(plan: Plan, element: Element) -> bool:
    """It is part or whole of a sum, share, mean or cap of its form."""
    form = plan.forms[element.form]
    return element.code in {
        *form.totals,
        *(part for parts in form.totals.values() for part in parts),
        *form.column_totals,
        *form.column_totals.values(),
        *(code for pair in form.within for code in pair),
        *(code for mean in form.means for code in mean[:2]),
        *(cap[0] for cap in form.caps),
    }
