"""Indicators: computed from numbers that are there, in a measure that fits; baselines."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.checks.refer import absent, twice
from catalogue.display import EXACT
from catalogue.entries import Mistake, mistake
from catalogue.model import Indicator, Plan

FILE = "indicators.toml"


def indicators(plan: Plan) -> Iterator[Mistake]:
    for indicator in plan.indicators.values():
        yield from _parts(plan, indicator)
        yield from _measure(plan, indicator)
        yield from _decimals(plan, indicator)
        yield from _units(plan, indicator)


def _parts(plan: Plan, indicator: Indicator) -> Iterator[Mistake]:
    where = (FILE, indicator.code)
    if not indicator.numerator:
        yield mistake(*where, "numerator", "empty")
    for field in ("numerator", "denominator"):
        codes = getattr(indicator, field)
        yield from twice(codes, *where, field)
        yield from absent(plan, "elements", codes, *where, field)
        for element in (plan.elements[code] for code in codes if code in plan.elements):
            if element.kind not in ("integer", "decimal"):
                yield mistake(*where, field, "not_numeric", code=element.code)
            if element.ratio_of:
                # A typed ratio is a cross-check; the indicator is computed from counts.
                yield mistake(*where, field, "typed_ratio", code=element.code)
            if element.due_from > indicator.due_from:
                yield mistake(*where, "due_from", "judged_too_early", code=element.code, quarter=element.due_from)


def _measure(plan: Plan, indicator: Indicator) -> Iterator[Mistake]:
    where = (FILE, indicator.code)
    if not 1 <= indicator.due_from <= 4:
        yield mistake(*where, "due_from", "not_a_quarter_number", value=indicator.due_from)
    wanted = 100 if indicator.measure == "percent" else 1
    if indicator.scale != wanted:
        yield mistake(*where, "scale", "other_scale", found=indicator.scale, wanted=wanted, measure=indicator.measure)
    if indicator.is_ratio:
        return
    if indicator.measure in ("percent", "ratio"):
        yield mistake(*where, "denominator", "no_denominator", measure=indicator.measure)
        return
    for code in indicator.numerator:
        if code in plan.elements and plan.elements[code].measure != indicator.measure:
            found = plan.elements[code].measure
            yield mistake(*where, "measure", "measure_of_part", code=code, found=found, measure=indicator.measure)


def _decimals(plan: Plan, indicator: Indicator) -> Iterator[Mistake]:
    """What is promised is published as the clause has it, so the number must not be rounded coarser than that."""
    if indicator.decimals is None:
        return
    if not 0 <= indicator.decimals <= EXACT:
        yield mistake(FILE, indicator.code, "decimals", "not_decimals", value=indicator.decimals, most=EXACT)
        return
    promises = {code: one for code, one in plan.commitments.items() if one.indicator == indicator.code}
    told = [
        *(("commitments.toml", code, one.value) for code, one in promises.items()),
        *(("subtargets.toml", one.commitment, one.value) for one in plan.subtargets if one.commitment in promises),
    ]
    for file, entry, value in told:
        if value is not None and round(value, indicator.decimals) != value:
            yield mistake(file, entry, "value", "finer", value=value, decimals=indicator.decimals, code=indicator.code)


def _units(plan: Plan, indicator: Indicator) -> Iterator[Mistake]:
    where = (FILE, indicator.code, "units")
    if not indicator.units:
        yield mistake(*where, "empty", refers=(("units.toml", ""),))
    yield from twice(indicator.units, *where)
    for code in indicator.units:
        if code not in plan.units and code not in plan.departments:
            yield mistake(*where, "not_a_subject", code=code, refers=(("units.toml", code), ("departments.toml", code)))


def baselines(plan: Plan) -> Iterator[Mistake]:
    for code in plan.baselines:
        yield from absent(plan, "indicators", [code], "baselines.toml", code, "indicator")
