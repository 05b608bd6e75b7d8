"""One indicator then and now, ready to be told: how its light turned, how far it moved, which units moved it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from catalogue.display import bare_difference, difference
from catalogue.model import Commitment, Indicator
from sentences import reading
from ui import reads
from ui.reads.compare import Between
from warehouse.compare_periods import turn

# In the order of the board: what needs a leader first.
TURNS = ("worse", "better", "greyed", "lit")
MOVERS = 3


@dataclass(frozen=True, slots=True)
class Moved:
    """One indicator. then, now: its city rows, None where that moment has none.

    change: over the same_units that are in both, NaN where nothing is like for like; restarted: because it counts from
    January. turned: how its light changed, "" if it did not. good: better, worse or "" for the number itself.
    movers: (unit, its part), the strongest with the change first; against: those the other way. left, came: units that
    are in only one of both numbers. restated: rows of `Between.restated`; city_now: the city's row of then as it stands now.
    """

    indicator: Indicator
    promise: Commitment | None
    then: Any | None
    now: Any | None
    change: float
    restarted: bool
    is_each: bool
    same_units: int
    expected: int
    turned: str
    good: str
    movers: tuple[tuple[str, float], ...]
    against: tuple[tuple[str, float], ...]
    left: tuple[str, ...]
    came: tuple[str, ...]
    restated: tuple[Any, ...]
    city_now: Any | None

    @property
    def measure(self) -> str:
        """Of the change; where units are counted that keep a promise, units."""
        row = self.now if self.now is not None else self.then
        assert row is not None, "what moved is there then or now"
        measure: str = row.measure
        return measure

    @property
    def same_quarter(self) -> bool:
        return self.then is not None and self.now is not None and self.then.period == self.now.period

    @property
    def moved(self) -> bool:
        """By something that can be read: ±0 is no move."""
        return not reading.blank(self.change) and not difference(self.change, self.measure).startswith("±")

    @property
    def group(self) -> str:
        """turned, moved, same or unknown: where on the screen it stands."""
        if self.turned:
            return "turned"
        if self.moved or self.restated:
            return "moved"
        return "unknown" if reading.blank(self.change) else "same"

    @property
    def paces(self) -> tuple[float, float] | None:
        """序时 then and now where it moved on: why a light can turn though the number stood still."""
        if self.then is None or self.now is None or reading.blank(self.then.pace) or reading.blank(self.now.pace):
            return None
        return (self.then.pace, self.now.pace) if self.then.pace != self.now.pace else None

    @property
    def is_like_for_like(self) -> bool:
        """The difference leaves units out, so that it is not what one gets by subtracting the values."""
        return not reading.blank(self.change) and (self.same_units < self.expected or bool(self.left or self.came))


class _CityRows(NamedTuple):
    """Of `judged`, about the city, None where there is none. corrected: then's quarter, as it stands now."""

    then: Any
    now: Any
    corrected: Any


def rows(between: Between) -> list[Moved]:
    """Every indicator: turned lights first, worse before better, then by the size of the move, then the plan's order."""
    plan = reads.plan()
    promised = {promise.indicator: promise for promise in plan.commitments.values()}
    order = [*promised, *(code for code in plan.indicators if code not in promised)]
    then, now, later = (_by_indicator(frame) for frame in (between.then, between.now, between.city_restated))
    units = {
        code: list(group.itertuples(index=False)) for code, group in between.moves.groupby("indicator", sort=False)
    }
    restated = {
        code: tuple(group.itertuples(index=False)) for code, group in between.restated.groupby("indicator", sort=False)
    }
    found = [
        _moved(
            plan.indicators[code],
            promised.get(code),
            _CityRows(then.get(code), now.get(code), later.get(code)),
            units[code],
            restated.get(code, ()),
        )
        for code in order
        if code in units and (code in then or code in now)
    ]
    return sorted(found, key=_rank)


def _by_indicator(city: pd.DataFrame) -> dict[str, Any]:
    return {row.indicator: row for row in city.itertuples(index=False, name="Row")}


def _moved(
    indicator: Indicator,
    promise: Commitment | None,
    city: _CityRows,
    units: list[Any],
    restated: tuple[Any, ...],
) -> Moved:
    then, now, first = city.then, city.now, units[0]
    change = float(first.change)
    parts = [
        (one.subject, one.contribution) for one in units if one.contribution and not reading.blank(one.contribution)
    ]
    parts.sort(key=lambda part: -abs(part[1]))
    up = change >= 0
    return Moved(
        indicator,
        promise,
        then,
        now,
        change,
        bool(first.restarted),
        bool(first.is_each),
        int(first.same_units),
        int(first.expected),
        _turned(then, now, bool(first.is_each)),
        _good(indicator, bool(first.is_each), change),
        tuple(part for part in parts if (part[1] > 0) == up)[:MOVERS],
        tuple(part for part in parts if (part[1] > 0) != up)[:1],
        tuple(one.subject for one in units if one.was_in and not one.is_in),
        tuple(one.subject for one in units if one.is_in and not one.was_in),
        restated,
        city.corrected,
    )


def _turned(then: Any, now: Any, is_each: bool) -> str:
    """A better light of what each unit must keep says nothing while some are missing: theirs may be the worst."""
    turned = turn(then.light if then is not None else None, now.light if now is not None else None)
    return "" if turned == "better" and is_each and reading.is_partial(now) else turned


def _good(indicator: Indicator, is_each: bool, change: float) -> str:
    """Where units are counted that keep a promise, more is better whatever they count."""
    if reading.blank(change) or change == 0 or (indicator.better == "neither" and not is_each):
        return ""
    rises_well = is_each or indicator.better == "higher"
    return "better" if (change > 0) == rises_well else "worse"


def _rank(one: Moved) -> tuple[int, float]:
    place = TURNS.index(one.turned) if one.turned else len(TURNS)
    return place, -_size(one)


def _size(one: Moved) -> float:
    """The move beside what it moves towards, or from, so that persons and percentages can stand in one order."""
    if reading.blank(one.change):
        return 0.0
    beside = [
        row.target if not reading.blank(row.target) else row.value for row in (one.now, one.then) if row is not None
    ]
    scale = max((abs(value) for value in beside if not reading.blank(value)), default=0.0)
    return abs(one.change) / scale if scale else float(bool(one.change))


def part_said(part: float, one: Moved) -> str:
    """+0.52: beside the difference its unit need not be said again."""
    return bare_difference(part, one.measure)
