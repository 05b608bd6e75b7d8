from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from catalogue.model import Plan
from etl.model import Finding, History, Return, Severity
from etl.rules.looking import about, form_of
from etl.rules.unit_slip import slipped


def mean_out_of_range(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """Two numbers that are each plausible may not be so together: money paid over pupils aided.

    Both ends of the range are inside; money and nobody paid is outside, none and nobody is not.
    A slip of unit is `unit_slip`'s. Source: domain rules, 核实 (mean aid outside 500–5000 元).
    """
    for subject in ret.subjects():
        for over, under, low, high, factor, measure in form_of(ret, plan).means:
            entry, number = ret.entry(over, subject), ret.value(under, subject)
            if entry is None or entry.value is None or number is None or number < 0 or entry.value < 0:
                continue
            mean = factor * entry.value / number if number else None
            inside = entry.value == 0 if mean is None else low <= mean <= high
            if inside or slipped(entry, ret, plan, history):
                continue
            yield about(
                entry,
                "mean_out_of_range",
                Severity.EXPLAIN,
                value=entry.value,
                number=number,
                number_element=under,
                number_measure=plan.elements[under].measure,
                mean=None if mean is None else mean.quantize(Decimal(1), ROUND_HALF_UP),
                mean_measure=measure,
                low=low,
                low_measure=measure,
                high=high,
                high_measure=measure,
            )
