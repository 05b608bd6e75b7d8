"""The targets the plan writes in figures, as they stand: what `targets` draws and `alt` reads out."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from catalogue.display import bare, quantity
from catalogue.model import Commitment, Indicator, Plan
from catalogue.wording import say
from sentences import reading

LIMIT = 0.5  # of a track: at most so much


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """One target as it stands. share, pace: parts of its track, None where there is none; goal: where on it the target lies."""

    commitment: Commitment
    indicator: Indicator
    light: str
    figures: str
    share: float | None = None
    pace: float | None = None
    partial: bool = False
    coverage: str = ""
    goal: float = 1.0

    @property
    def is_limit(self) -> bool:
        return self.goal < 1


def standings(rows: pd.DataFrame, plan: Plan, at: str | None) -> list[TargetStanding]:
    """Every numeral commitment, also those without a row: they are grey and 未报."""
    return [_standing(rows, c, plan, at) for c in plan.commitments.values() if c.numeral]


def _standing(rows: pd.DataFrame, commitment: Commitment, plan: Plan, at: str | None) -> TargetStanding:
    """Where each unit must keep the promise, the city's row already counts those that do: 6 / 7个县区."""
    indicator = plan.indicators[commitment.indicator]
    row = reading.one(rows, indicator.code, at)
    light = "grey" if row is None else row.light
    goal = goal_of(indicator, commitment)
    if row is None or reading.state(row) != "value":
        word = "missing" if row is None else reading.state(row)
        return TargetStanding(
            commitment, indicator, light, say(f"charts.{word}"), coverage=reading.coverage(row), goal=goal
        )
    value = quantity(row.value, row.measure) if row.measure == "percent" else bare(row.value, row.measure)
    return TargetStanding(
        commitment,
        indicator,
        light,
        f"{value} / {reading.target_worded(row, commitment)}",
        share=share(row.value, row.target, goal),
        pace=share(row.pace, row.target, goal),
        partial=reading.is_partial(row),
        coverage=reading.coverage(row),
        goal=goal,
    )


def goal_of(indicator: Indicator, commitment: Commitment) -> float:
    """Where on its track the target lies: at the end; a limit in the middle, for a full bar would praise what is past it."""
    return LIMIT if commitment.is_limit and not reading.counts_units(indicator, commitment, None) else 1.0


def share(part: float, whole: float, goal: float = 1.0) -> float | None:
    """How far along the track; None where either is blank, or the target is 0 and has no way to it."""
    return None if reading.blank(part) or reading.blank(whole) or whole == 0 else goal * part / whole
