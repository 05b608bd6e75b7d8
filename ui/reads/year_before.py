"""The same quarter last year, cached; nothing where last year has no returns of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pandas as pd

from catalogue.period import Period
from sentences import year_before
from sentences.year_before import YearBefore
from ui import reads
from ui.reads.kept import per_version
from warehouse import across, compare_periods


def quarter_of(period: str) -> str:
    """Last year's quarter; "" where the version has no returns of it."""
    before = str(Period.parse(period).year_before)
    return before if before in reads.periods() else ""


@per_version(16, by=reads.place)
def of_city(basis: str, period: str) -> dict[str, YearBefore]:
    """By indicator."""
    if not (before := quarter_of(period)):
        return {}
    with _both(period, before) as (con, earlier):
        rows = compare_periods.city_since(con, earlier, basis, before, period)
    return _by_indicator(rows, before)


@per_version(64, by=reads.place)
def of_unit(basis: str, period: str, unit: str) -> dict[str, YearBefore]:
    """By indicator: one unit's own values."""
    if not (before := quarter_of(period)):
        return {}
    with _both(period, before) as (con, earlier):
        rows = compare_periods.own_since(con, earlier, basis, before, period, unit)
    return _by_indicator(rows, before)


@per_version(64, by=reads.place)
def ranks_of(basis: str, period: str, unit: str) -> dict[str, int]:
    """Ranks the unit gained: see `across.ranks_since`."""
    if not (before := quarter_of(period)):
        return {}
    with _both(period, before) as (con, earlier):
        return across.ranks_since(con, earlier, basis, before, period, unit)


@per_version(16, by=reads.place)
def redefined(period: str, earlier: str) -> frozenset[str]:
    """Indicators that are computed of other things than in an earlier quarter."""
    with _both(period, earlier) as (con, before):
        return compare_periods.redefined(across.definitions(before), across.definitions(con))


@contextmanager
def _both(period: str, earlier: str) -> Iterator[tuple[Any, Any]]:
    """The version on show under the plan of each of the two quarters."""
    with reads.opened(reads.place(period)) as con, reads.opened(reads.place(earlier)) as before:
        yield con, before


def _by_indicator(rows: pd.DataFrame, before: str) -> dict[str, YearBefore]:
    return {indicator: one for (indicator, _), one in year_before.of(rows, before).items()}
