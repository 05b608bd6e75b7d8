"""The same quarter last year, beside the quarter before: 同比. Cached; nothing where last year has no returns of it."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from catalogue.display import NOTHING, bare_difference, difference, quarter
from catalogue.period import Period
from catalogue.wording import say
from sentences import reading
from ui import reads
from warehouse import compare_periods


@dataclass(frozen=True, slots=True)
class YearBefore:
    """period: last year's quarter. change: over exactly the units that answered in both, of `same` of `expected`; None where that
    cannot be said. redefined: the indicator is computed of other things since."""

    period: str
    measure: str
    change: float | None
    same: int = 1
    expected: int = 1
    redefined: bool = False

    def words(self, with_unit: bool = True) -> str:
        """同比+1.6个百分点, 同比+1.6; 同比：口径已变; "" where nothing can be said."""
        if self.redefined:
            return say("year_before.redefined")
        told = (difference if with_unit else bare_difference)(self.change, self.measure)
        return "" if told == NOTHING else say("year_before.change", change=told)

    @property
    def hint(self) -> str:
        of = say("year_before.hint", period=quarter(self.period))
        return of if self.expected == 1 else of + say("year_before.same", same=self.same, expected=self.expected)


def of_city(basis: str, period: str) -> dict[str, YearBefore]:
    """By indicator."""
    before = _of(period)
    return _of_city(reads.place(period), reads.place(before), basis, before, period) if before else {}


def of_unit(basis: str, period: str, unit: str) -> dict[str, YearBefore]:
    """By indicator: one unit's own values."""
    before = _of(period)
    return _of_unit(reads.place(period), reads.place(before), basis, before, period, unit) if before else {}


def _of(period: str) -> str:
    """Last year's quarter; "" where the version has no returns of it."""
    before = str(Period.parse(period).year_before)
    return before if before in reads.periods() else ""


@st.cache_resource(max_entries=16, show_spinner=False)
def _redefined(now: reads.Place, then: reads.Place, basis: str, before: str, period: str) -> frozenset[str]:
    with reads.opened(now) as con, reads.opened(then) as earlier:
        return compare_periods.redefined(
            compare_periods.moment(earlier, basis, before), compare_periods.moment(con, basis, period)
        )


@st.cache_resource(max_entries=16, show_spinner=False)
def _of_city(now: reads.Place, then: reads.Place, basis: str, before: str, period: str) -> dict[str, YearBefore]:
    with reads.opened(now) as con, reads.opened(then) as earlier:
        past, present = compare_periods.moment(earlier, basis, before), compare_periods.moment(con, basis, period)
        moves = compare_periods.moves(con, past, present).drop_duplicates("indicator")
    measures = dict(zip(present.city["indicator"], present.city["measure"], strict=True))
    found = {
        row.indicator: YearBefore(
            before,
            measures[row.indicator],
            None if reading.blank(row.change) else float(row.change),
            int(row.same_units),
            int(row.expected),
        )
        for row in moves.itertuples()
        if row.indicator in measures
    }
    changed = compare_periods.redefined(past, present)
    return found | {code: YearBefore(before, "", None, redefined=True) for code in changed if code in measures}


@st.cache_resource(max_entries=64, show_spinner=False)
def _of_unit(
    now: reads.Place, then: reads.Place, basis: str, before: str, period: str, unit: str
) -> dict[str, YearBefore]:
    past = {row.indicator: row for row in reads.own(basis, before, unit).itertuples()}
    changed = _redefined(now, then, basis, before, period)
    return {
        row.indicator: YearBefore(
            before,
            row.measure,
            None
            if reading.blank(row.value) or reading.blank(past[row.indicator].value)
            else row.value - past[row.indicator].value,
            redefined=row.indicator in changed,
        )
        for row in reads.own(basis, period, unit).itertuples()
        if row.indicator in past
    }
