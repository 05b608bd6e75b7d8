"""Data elements: on which form they stand, who reports them, what they look like."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.checks.refer import absent, twice
from catalogue.entries import Mistake, mistake
from catalogue.generated import PREFIXES
from catalogue.model import Element, Plan

FILE = "elements.toml"


def elements(plan: Plan) -> Iterator[Mistake]:
    for element in plan.elements.values():
        if not element.code.startswith(PREFIXES):
            yield from _home(plan, element)
            yield from _shape(element)
            yield from _ratio(plan, element)
            yield from _suppressible(plan, element)
    yield from _rows(plan)


def _rows(plan: Plan) -> Iterator[Mistake]:
    """A row is found by its code, and so is the column of an element on the history form."""
    taken: dict[tuple[str, str, str], str] = {}
    for element in plan.elements.values():
        if not element.code.startswith(PREFIXES):
            place = (element.form, element.sheet, element.row)
            if place in taken:
                yield mistake(FILE, element.code, "row", "row_taken", row=element.row, other=taken[place])
            taken.setdefault(place, element.code)


def _home(plan: Plan, element: Element) -> Iterator[Mistake]:
    where = (FILE, element.code)
    form = plan.forms.get(element.form)
    if form is None:
        yield from absent(plan, "forms", [element.form], *where, "form")
        return
    if element.sheet not in form.sheets:
        yield mistake(*where, "sheet", "not_a_sheet", code=element.sheet, form=form.code)
    # A project return is filed by a department; what it counts by county is about the counties.
    home = "departments" if form.reporter == "department" else "units"
    yield from twice(element.units, *where, "units")
    yield from absent(plan, home, element.units, *where, "units")
    for code in element.units:
        if home == "departments" and code in plan.departments and not plan.departments[code].reports:
            yield mistake(*where, "units", "files_nothing", code=code)


def _shape(element: Element) -> Iterator[Mistake]:
    where = (FILE, element.code)
    for field in ("row", "definition"):
        if not getattr(element, field).strip():
            yield mistake(*where, field, "empty")
    if not 1 <= element.due_from <= 4:
        yield mistake(*where, "due_from", "not_a_quarter_number", value=element.due_from)
    if element.indent < 0:
        yield mistake(*where, "indent", "below_zero")
    if element.kind == "choice" and not element.choices:
        yield mistake(*where, "choices", "missing")
    elif element.kind != "choice" and element.choices:
        yield mistake(*where, "choices", "needs_choice_kind", kind=element.kind)


def _suppressible(plan: Plan, element: Element) -> Iterator[Mistake]:
    """Only numbers are kept back; and with them any total of theirs, else the difference would tell them."""
    if not element.suppressible:
        return
    where = (FILE, element.code, "suppressible")
    if element.kind not in ("integer", "decimal") or element.ratio_of:
        yield mistake(*where, "not_suppressible_kind", kind=element.kind)
    for form in plan.forms.values():
        totals = [total for total, parts in form.totals.items() if element.code in parts]
        totals += [total for total, part in form.column_totals.items() if part == element.code]
        for code in totals:
            if code in plan.elements and not plan.elements[code].suppressible:
                yield mistake(*where, "total_not_suppressible", total=code)


def _ratio(plan: Plan, element: Element) -> Iterator[Mistake]:
    """The template prints it by formula from the indicator's own elements, so these must stand on its form."""
    if not element.ratio_of:
        return
    where = (FILE, element.code, "ratio_of")
    indicator = plan.indicators.get(element.ratio_of)
    if indicator is None:
        yield from absent(plan, "indicators", [element.ratio_of], *where)
        return
    if not indicator.is_ratio:
        yield mistake(*where, "not_a_ratio", code=indicator.code)
    if element.measure != indicator.measure:
        yield mistake(FILE, element.code, "measure", "other_measure", found=element.measure, wanted=indicator.measure)
    for code in (*indicator.numerator, *indicator.denominator):
        if code in plan.elements and plan.elements[code].form != element.form:
            yield mistake(*where, "other_form", code=code, form=plan.elements[code].form)
