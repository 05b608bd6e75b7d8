"""The same quarter last year, cached; nothing where last year has no returns of it."""

from __future__ import annotations

import streamlit as st

from catalogue.period import Period
from sentences import year_before
from sentences.year_before import YearBefore
from ui import reads
from warehouse import across, compare_periods


def of_city(basis: str, period: str) -> dict[str, YearBefore]:
    """By indicator."""
    before = quarter_of(period)
    return _of_city(reads.place(period), reads.place(before), basis, before, period) if before else {}


def of_unit(basis: str, period: str, unit: str) -> dict[str, YearBefore]:
    """By indicator: one unit's own values."""
    before = quarter_of(period)
    return _of_unit(reads.place(period), reads.place(before), basis, before, period, unit) if before else {}


def ranks_of(basis: str, period: str, unit: str) -> dict[str, int]:
    """Ranks the unit gained: see `across.ranks_since`."""
    before = quarter_of(period)
    return _ranks_of(reads.place(period), reads.place(before), basis, before, period, unit) if before else {}


def redefined(period: str, earlier: str) -> frozenset[str]:
    """Indicators that are computed of other things than in an earlier quarter."""
    return _redefined(reads.place(period), reads.place(earlier))


def quarter_of(period: str) -> str:
    """Last year's quarter; "" where the version has no returns of it."""
    before = str(Period.parse(period).year_before)
    return before if before in reads.periods() else ""


@st.cache_resource(max_entries=16, show_spinner=False)
def _of_city(now: reads.Place, then: reads.Place, basis: str, before: str, period: str) -> dict[str, YearBefore]:
    with reads.opened(now) as con, reads.opened(then) as earlier:
        rows = compare_periods.city_since(con, earlier, basis, before, period)
    return {indicator: one for (indicator, _), one in year_before.of(rows, before).items()}


@st.cache_resource(max_entries=64, show_spinner=False)
def _ranks_of(now: reads.Place, then: reads.Place, basis: str, before: str, period: str, unit: str) -> dict[str, int]:
    with reads.opened(now) as con, reads.opened(then) as earlier:
        return across.ranks_since(con, earlier, basis, before, period, unit)


@st.cache_resource(max_entries=16, show_spinner=False)
def _redefined(now: reads.Place, then: reads.Place) -> frozenset[str]:
    with reads.opened(now) as con, reads.opened(then) as earlier:
        return compare_periods.redefined(across.definitions(earlier), across.definitions(con))


@st.cache_resource(max_entries=64, show_spinner=False)
def _of_unit(
    now: reads.Place, then: reads.Place, basis: str, before: str, period: str, unit: str
) -> dict[str, YearBefore]:
    with reads.opened(now) as con, reads.opened(then) as earlier:
        rows = compare_periods.own_since(con, earlier, basis, before, period, unit)
    return {indicator: one for (indicator, _), one in year_before.of(rows, before).items()}
