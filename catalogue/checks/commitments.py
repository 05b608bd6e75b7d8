"""Commitments: a clause, an indicator and a target that fit each other; sub-targets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from catalogue.checks.periods import outside_plan
from catalogue.checks.refer import absent, twice
from catalogue.checks.tasks import quoted
from catalogue.entries import Mistake, mistake
from catalogue.model import Commitment, Indicator, Plan

FILE = "commitments.toml"
WITHOUT_VALUE = ("up", "down", "count")
# Which light rules can judge a promise of that nature; a direction and a mere count have their own.
LIGHTS = {
    "stock": ("pace", "threshold", "deadline"),
    "flow": ("pace", "deadline"),
    "ratio": ("threshold",),
    "frequency": ("frequency",),
    "zero": ("zero",),
    "full": ("pace", "threshold", "deadline"),
}
# Which way must be better where the target is a bound or a direction.
BETTER = {"ge": "higher", "up": "higher", "le": "lower", "down": "lower"}
# In which way the counted elements must be reported.
REPORTED_AS = {"stock": "stock", "flow": "flow", "frequency": "flow"}


def commitments(plan: Plan) -> Iterator[Mistake]:
    for commitment in plan.commitments.values():
        where = (FILE, commitment.id)
        yield from absent(plan, "tasks", [commitment.task], *where, "task")
        yield from absent(plan, "indicators", [commitment.indicator], *where, "indicator")
        yield from outside_plan(plan, commitment.due, *where)
        if commitment.task in plan.tasks and not commitment.document:
            yield from quoted(commitment.quote, plan.tasks[commitment.task], *where)
        yield from _value(commitment)
        yield from _light(commitment)
        if commitment.indicator in plan.indicators:
            yield from _agrees(plan, commitment, plan.indicators[commitment.indicator])


def _value(commitment: Commitment) -> Iterator[Mistake]:
    where = (FILE, commitment.id, "value")
    value, operator = commitment.value, commitment.operator
    if operator in WITHOUT_VALUE:
        if value is not None:
            yield mistake(*where, "needless_value", operator=operator)
    elif value is None:
        yield mistake(*where, "value_missing", operator=operator)
    elif commitment.nature == "zero" and value != 0:
        yield mistake(*where, "not_zero", value=value)
    elif commitment.measure == "percent" and not 0 <= value <= 100:
        yield mistake(*where, "not_a_percentage", value=value)
    elif commitment.nature == "full" and commitment.measure == "percent" and value != 100:
        yield mistake(*where, "not_full", value=value)
    written = value is not None and value in figures(commitment.quote, commitment.measure)
    if commitment.numeral and not written:
        yield mistake(*where, "not_in_quote", value=value, quote=commitment.quote)
    elif written and not commitment.numeral:
        yield mistake(FILE, commitment.id, "numeral", "is_numeral", value=value)


def figures(quote: str, measure: str) -> set[Decimal]:
    """The numbers a clause writes in figures, in that measure.

    1.5万名 is 15000 of persons; 3000万元 is 3000 of 10k_yuan, 30000000 of yuan, nothing of persons.
    """
    found = set()
    for number, myriad, yuan in re.findall(r"(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)([万亿]?)(元?)", quote):
        value = Decimal(number.replace(",", "")) * {"": 1, "万": 10**4, "亿": 10**8}[myriad]
        if bool(yuan) == (measure in ("10k_yuan", "yuan")):
            found.add(value / 10**4 if measure == "10k_yuan" else value)
    return found


def _light(commitment: Commitment) -> Iterator[Mistake]:
    if commitment.operator == "count":
        fitting: tuple[str, ...] = ("none",)
    elif commitment.operator in WITHOUT_VALUE:
        fitting = ("direction",)
    else:
        fitting = LIGHTS[commitment.nature]
    if commitment.light not in fitting:
        yield mistake(
            FILE,
            commitment.id,
            "light",
            "unfit_light",
            light=commitment.light,
            nature=commitment.nature,
            operator=commitment.operator,
            known=", ".join(fitting),
        )


def _agrees(plan: Plan, commitment: Commitment, indicator: Indicator) -> Iterator[Mistake]:
    where = (FILE, commitment.id)
    for field in ("measure", "scope"):
        found, wanted = getattr(commitment, field), getattr(indicator, field)
        if found != wanted:
            yield mistake(*where, field, "other_than_indicator", found=found, wanted=wanted, indicator=indicator.code)
    better = "lower" if commitment.nature == "zero" else BETTER.get(commitment.operator, indicator.better)
    if better != indicator.better:
        yield mistake(*where, "operator", "unfit_operator", operator=commitment.operator, better=indicator.better)
    if commitment.nature == "ratio" and not indicator.is_ratio:
        yield mistake(*where, "nature", "not_a_ratio", code=indicator.code)
    if commitment.light == "pace" and indicator.is_ratio:
        yield mistake(*where, "light", "no_pace_of_ratios", code=indicator.code)
    wanted = REPORTED_AS.get(commitment.nature)
    for element in (plan.elements[code] for code in indicator.numerator if code in plan.elements):
        if wanted and element.nature != wanted:
            yield mistake(
                *where, "nature", "reported_as", code=element.code, found=element.nature, nature=commitment.nature
            )
    yield from _planned(plan, commitment, indicator)


def _planned(plan: Plan, commitment: Commitment, indicator: Indicator) -> Iterator[Mistake]:
    """The money and area of a project are written twice, in projects.toml too."""
    for project in plan.projects.values():
        for column, planned in (("invested", project.planned), ("area", project.area)):
            if indicator.numerator == (f"project.{project.code}.{column}",) and commitment.value != planned:
                yield mistake(
                    FILE,
                    commitment.id,
                    "value",
                    "other_plan_value",
                    code=project.code,
                    found=commitment.value,
                    wanted=planned,
                )


def subtargets(plan: Plan) -> Iterator[Mistake]:
    file = "subtargets.toml"
    yield from twice([f"{s.commitment} {s.unit}" for s in plan.subtargets], file, "", "")
    for subtarget in plan.subtargets:
        where = (file, subtarget.commitment)
        yield from absent(plan, "commitments", [subtarget.commitment], *where, "commitment")
        yield from absent(plan, "units", [subtarget.unit], *where, "unit")
        commitment = plan.commitments.get(subtarget.commitment)
        if commitment is not None and commitment.operator in WITHOUT_VALUE:
            yield mistake(*where, "value", "needless_value", operator=commitment.operator)
