from __future__ import annotations

from collections.abc import Iterator

from catalogue.model import Plan
from etl.model import Finding, History, Return, Severity
from etl.rules.looking import about, form_of, last_quarter, numbers

NEW_SCHOOL_YEAR = 3  # the quarter that begins one: from September to August


def held_still(ret: Return, plan: Plan) -> tuple[str, ...]:
    """Elements that should be what they were last quarter; none when a school year has just begun."""
    return () if ret.period.quarter == NEW_SCHOOL_YEAR else form_of(ret, plan).school_year


def denominator_moved(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """Denominators hold still within a school year, or ratios of two quarters do not compare.

    Source: domain rules, 核实 (den changed mid school year); education statistics, time point 9月1日.
    """
    still = held_still(ret, plan)
    for element, entry, value in numbers(ret, plan):
        last = last_quarter(ret, history, entry.slot)
        if element.code in still and last is not None and value != last:
            yield about(
                entry,
                "denominator_moved",
                Severity.EXPLAIN,
                value=value,
                last=last,
                last_period=ret.period.previous,
            )
