"""One promise as it stands for the city: what the overview, the wall and the cards say of it, in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from catalogue.display import NOTHING, bare, difference, number, quantity
from catalogue.model import Commitment, Indicator
from catalogue.wording import say
from sentences import cause, reading
from sentences.lights import LIGHTS
from sentences.spark import sparkline_values
from sentences.standings import goal_of, share
from sentences.year_before import YearBefore
from ui import reads
from ui.kit import show
from ui.reads import year_before


@dataclass(frozen=True, slots=True)
class PromiseStanding:
    """value, target, pace, change: with their units. share, pace_share: parts of the track, None where there is none; goal:
    where on it the target lies (see `sentences.standings`).

    why: what a grey light lacks, or which rule a red or yellow one does not keep, in a few words; "" for green. hint: the same
    in a sentence. provisional: the light that all returns on file would
    give where only approved ones count and those do not suffice; "" otherwise. points: a value a quarter, NaN where there
    is none or where a sum lacks units; hollow: the last one is a ratio that lacks units. same: how many units the change is
    over; counts: what the value counts of a promise each unit must keep, 零事故单位; "" for the others; earlier: what these had a quarter before, where they are all that is in the value.
    """

    promise: Commitment
    indicator: Indicator
    row: Any
    light: str
    why: str
    provisional: str
    value: str
    target: str
    pace: str
    change: str
    coverage: str
    share: float | None
    pace_share: float | None
    points: list[float]
    hollow: bool
    counts: str = ""
    same: int = 0
    earlier: float | None = None
    goal: float = 1.0
    last_year: YearBefore | None = None
    hint: str = ""

    @property
    def like_for_like(self) -> str:
        """31→33所: from what to what the same units moved; "" where they are not those in the value."""
        if self.earlier is None:
            return ""
        return say(
            "board.from_to", then=bare(self.earlier, self.row.measure), now=bare(self.row.value, self.row.measure)
        )

    @property
    def of_target(self) -> str:
        """5 / 8个政府: value and target with their common unit once; the value alone where there is no target."""
        if self.target == NOTHING or reading.state(self.row) != "value":
            return self.value if self.target == NOTHING else f"{self.value} / {self.target}"
        target = f"{int(self.row.target)}" if self.counts else self.target
        return f"{bare(self.row.value, self.row.measure)} / {target}"

    @property
    def stands_on(self) -> str:
        """4/8: the units in the number, of those that owe it."""
        counted = self.row.approved if self.row.basis == "approved" else self.row.filed
        return f"{int(counted)}/{int(self.row.expected)}"

    @property
    def partial(self) -> bool:
        return reading.is_partial(self.row)


def standings(basis: str, period: str) -> list[PromiseStanding]:
    """Every promise, in the plan's order; those without a row are left out."""
    plan, last_year = reads.plan(), year_before.of_city(basis, period)
    city = {row.commitment: row for row in _city(basis, period)}
    filed = {row.commitment: row.light for row in _city("filed", period)} if basis == "approved" else {}
    return [
        replace(
            _standing(
                promise, plan.indicators[promise.indicator], city[promise.id], filed.get(promise.id, ""), basis, period
            ),
            last_year=last_year.get(promise.indicator),
        )
        for promise in plan.commitments.values()
        if promise.id in city
    ]


def _city(basis: str, period: str) -> list[Any]:
    rows = reads.city_of_period(basis, period)
    return list(rows[rows["commitment"].notna()].itertuples(index=False, name="Row"))


def _standing(
    promise: Commitment, indicator: Indicator, row: Any, filed: str, basis: str, period: str
) -> PromiseStanding:
    has_value = reading.state(row) == "value"
    counted = reading.counts_units(indicator, promise, None)
    goal = goal_of(indicator, promise)
    if not has_value:
        value = say(f"charts.{reading.state(row)}")
    else:
        value = number(row.value, row.measure) if counted else quantity(row.value, row.measure)
    return PromiseStanding(
        promise,
        indicator,
        row,
        row.light,
        cause.cause(row, promise),
        filed if row.light == "grey" and filed not in ("grey", row.light) else "",
        value,
        reading.target_worded(row, promise),
        _pace(row),
        _moved(row),
        show.coverage(row),
        share(row.value, row.target, goal),
        share(row.pace, row.target, goal),
        _points(indicator, basis, period),
        reading.is_partial(row) and _can_be_partial(indicator),
        reading.kept_by(indicator) if counted and has_value else "",
        0 if reading.blank(row.change) else int(row.same_units),
        reading.earlier(row),
        goal,
        hint=cause.sentence(row, promise),
    )


def _points(indicator: Indicator, basis: str, period: str) -> list[float]:
    """A ratio of some units can stand beside one of all; a sum or a count of some cannot."""
    city = reading.about(reads.city(basis), None, indicator.code)
    if not _can_be_partial(indicator):
        city = city[[not reading.is_partial(row) for row in city.itertuples()]]
    return sparkline_values(city, reads.plan(), until=period) if len(city) else []


def _can_be_partial(indicator: Indicator) -> bool:
    return indicator.is_ratio and indicator.scope != "each"


def _or_nothing(value: float, measure: str) -> str:
    return NOTHING if reading.blank(value) else quantity(value, measure)


def _moved(row: Any) -> str:
    """One decimal is enough beside the value."""
    return difference(row.change, row.measure, decimals=1)


def _pace(row: Any) -> str:
    return _or_nothing(row.pace, row.measure)


def grey_reasons(standing: list[PromiseStanding]) -> str:
    """有单位未报齐、尚不能判定19项；已报待审核8项: what the grey ones lack, the most frequent first; "" for none."""
    return cause.counted(one.row for one in standing)


def light_counts(standing: list[PromiseStanding]) -> dict[str, int]:
    counts = Counter(one.light for one in standing)
    return {light: counts.get(light, 0) for light in LIGHTS}


def of_numerals(standing: list[PromiseStanding]) -> list[PromiseStanding]:
    return [one for one in standing if one.promise.numeral]


def of_others(standing: list[PromiseStanding]) -> list[PromiseStanding]:
    return [one for one in standing if not one.promise.numeral]
