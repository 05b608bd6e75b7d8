"""Where one unit stands on each indicator of a quarter, and what can be said of it altogether."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from catalogue.model import Commitment, Indicator, Plan
from sentences import by_theme, reading
from sentences.lights import LIGHTS
from sentences.spark import sparkline_values

TOP = 3  # 位次居前三, and how many strong and weak points are named


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """One indicator of the unit. row, city: of `judged`, city None where the version has none.

    rank, of: among the units with a value, None where there is none. alike: how many have this value, it among them.
    moved: ranks gained since last quarter among the units with a value in both, None where it cannot be said. score: the share of the others it
    does better than, less the share it does worse than, so −1…1; None where it is not comparable.
    """

    indicator: Indicator
    promise: Commitment | None
    row: Any
    city: Any | None
    rank: int | None
    of: int | None
    alike: int
    moved: int | None
    score: float | None
    points: tuple[float, ...]

    @property
    def comparable(self) -> bool:
        return self.score is not None

    @property
    def light(self) -> str | None:
        """As the mart says; None where the plan sets the unit nothing of its own to be judged by, or it has nothing to count (不适用).

        What is not reported or not due is grey: it is owed, and will be judged.
        """
        return self.row.light if by_theme.is_judged(self.row, self.promise) else None

    @property
    def on_top(self) -> bool:
        """Among the first three of twice as many at least; not where all are alike."""
        if not self.comparable or self.rank is None or self.of is None:
            return False
        return self.rank <= TOP and self.of >= 2 * TOP and self.alike < self.of


def of_unit(rows: pd.DataFrame, places: pd.DataFrame, plan: Plan, period: str, unit: str) -> tuple[UnitStanding, ...]:
    """rows: `judged` about the unit and the city, all quarters. places: of `read_county.places`. In the plan's order."""
    own = rows[rows["subject"] == unit]
    now = {row.indicator: row for row in reading.records(own[own["period"] == period])}
    city = {row.indicator: row for row in reading.records(reading.about(rows[rows["period"] == period]))}
    placed = {row.indicator: row for row in reading.records(places[places["period"] == period])}
    promised = {promise.indicator: promise for promise in reversed(tuple(plan.commitments.values()))}
    quarters = dict(list(own.groupby("indicator")))
    return tuple(
        _standing(
            indicator,
            promised.get(code),
            now[code],
            city.get(code),
            placed.get(code),
            sparkline_values(quarters[code], plan, period, unit),
        )
        for code, indicator in plan.indicators.items()
        if code in now
    )


def _standing(
    indicator: Indicator,
    promise: Commitment | None,
    row: Any,
    city: Any | None,
    placed: Any | None,
    points: list[float],
) -> UnitStanding:
    """placed: the row of `places`, None without a value."""
    alike = 0 if placed is None else placed.alike
    moved = None if placed is None or reading.blank(placed.moved) else int(placed.moved)
    rank, of, score = None, None, None
    if not reading.blank(row.rank):
        rank, of = int(row.rank), int(row.ranked_of)
        score = _score(rank, of, alike) if reading.is_comparable(indicator) else None
    return UnitStanding(indicator, promise, row, city, rank, of, alike, moved, score, tuple(points))


def _score(rank: int, of: int, alike: int) -> float:
    better, worse = rank - 1, of - rank - (alike - 1)
    return (worse - better) / (of - 1)


def strongest(standings: Sequence[UnitStanding]) -> list[UnitStanding]:
    """Where it does better than most, best first; nothing that falls short of its own target."""
    found = (
        s for s in standings if s.score is not None and s.score > 0 and s.row.verdict not in ("behind", "far_behind")
    )
    return sorted(found, key=lambda s: -(s.score or 0))[:TOP]


def weakest(standings: Sequence[UnitStanding]) -> list[UnitStanding]:
    """Where it does worse than most, worst first; nothing that keeps its own target."""
    found = (s for s in standings if s.score is not None and s.score < 0 and s.row.verdict != "met")
    return sorted(found, key=lambda s: s.score or 0)[:TOP]


@dataclass(frozen=True, slots=True)
class UnitLights:
    """Of the promises that concern the unit: those at each light, those the plan sets it no target of its own for, those 不适用."""

    by_light: dict[str, int]
    aimless: int
    not_applicable: int

    @property
    def judged(self) -> int:
        return sum(self.by_light.values())


def lit(standings: Sequence[UnitStanding]) -> UnitLights:
    promised = [s for s in standings if s.promise]
    found, lacking = (
        Counter(s.light for s in promised if s.light),
        sum(s.row.verdict == "not_applicable" for s in promised),
    )
    by_light = {light: found[light] for light in LIGHTS}
    return UnitLights(by_light, len(promised) - found.total() - lacking, lacking)


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the comparable indicators: all, those with enough ranked for a first three, among these, comparable with last quarter,
    of these up and down."""

    comparable: int
    contested: int
    top: int
    followed: int
    up: int
    down: int


def counts(standings: Sequence[UnitStanding]) -> Counts:
    ranked = [s for s in standings if s.comparable]
    moves = [s.moved for s in ranked if s.moved is not None]
    return Counts(
        len(ranked),
        sum(s.of is not None and s.of >= 2 * TOP for s in ranked),
        sum(s.on_top for s in ranked),
        len(moves),
        sum(m > 0 for m in moves),
        sum(m < 0 for m in moves),
    )
