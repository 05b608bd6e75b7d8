"""The plan's year, its deadlines and its light rules."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date

from catalogue.entries import Mistake, mistake
from catalogue.model import Plan
from catalogue.period import Period
from catalogue.zone import zone_of

PLAN = "plan.toml"


def periods(plan: Plan) -> Iterator[Mistake]:
    if plan.last < plan.first:
        yield mistake(PLAN, "", "last", "before", what=plan.last, other=plan.first)
    elif (plan.first.quarter, plan.first.year) != (1, plan.last.year):
        # Flows count from 1 January and pace is a share of the year.
        yield mistake(PLAN, "", "first", "not_one_year", first=plan.first, last=plan.last)
    if plan.baseline_period >= plan.first:
        yield mistake(PLAN, "", "baseline_period", "not_before", what=plan.baseline_period, other=plan.first)


def timezone(plan: Plan) -> Iterator[Mistake]:
    try:
        zone_of(plan.timezone)
    except ValueError:
        yield mistake(PLAN, "", "timezone", "not_a_time_zone", value=plan.timezone)


def outside_plan(plan: Plan, due: date | Period, file: str, entry: str, field: str = "due") -> Iterator[Mistake]:
    """A mistake for what is due before or after the plan's year."""
    at = due if isinstance(due, Period) else Period.of(due)
    if plan.first <= plan.last and not plan.first <= at <= plan.last:
        yield mistake(file, entry, field, "outside_plan", due=due, first=plan.first, last=plan.last)


def deadlines(plan: Plan) -> Iterator[Mistake]:
    if plan.last < plan.first:
        return  # `periods` speaks about that
    for period in plan.periods:
        if period not in plan.deadlines:
            yield mistake(PLAN, "deadlines", str(period), "missing")
    latest = None
    for period, due in sorted(plan.deadlines.items()):
        where = (PLAN, "deadlines", str(period))
        if period not in plan.periods:
            yield from outside_plan(plan, period, PLAN, "deadlines", "")
        elif due < period.last_day:
            yield mistake(*where, "before", what=due, other=period.last_day)
        elif latest is not None and due <= latest:
            yield mistake(*where, "not_after", what=due, other=latest)
        latest = due


def lights(plan: Plan) -> Iterator[Mistake]:
    for field in dataclasses.fields(plan.lights):
        if getattr(plan.lights, field.name) < 0:
            yield mistake("lights.toml", "", field.name, "below_zero")
    if plan.lights.attention_soft > 1:
        yield mistake("lights.toml", "", "attention_soft", "above_one")
