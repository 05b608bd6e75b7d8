"""The small line on a card or in a table."""

from __future__ import annotations

import pandas as pd

from catalogue.model import Plan
from catalogue.period import Period, span
from sentences import reading

BLANK = float("nan")


def sparkline_values(
    rows: pd.DataFrame, plan: Plan, until: Period | str | None = None, subject: str | None = None
) -> list[float]:
    """rows: `judged` of one indicator. One number per quarter from the baseline's to `until` (the newest).

    A quarter without a value is NaN, never 0. What is counted since 1 January begins with the plan's first
    quarter: the year before ends high, and a line would fall from it.
    """
    mine = reading.about(rows, reading.meant(rows, subject))
    at = reading.newest(mine, until)
    if mine.empty or at is None:
        return []
    indicator = plan.indicators[mine["indicator"].iloc[0]]
    first = plan.first if reading.grows_through_the_year(indicator, plan) else plan.baseline_period
    value = {row.period: float(row.value) for row in reading.records(mine)}
    return [value.get(str(period), BLANK) for period in span(first, Period.parse(at))]
