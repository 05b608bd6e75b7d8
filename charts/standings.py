"""The targets the plan writes in figures, as they stand: what `targets` draws and `alt` reads out."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from catalogue.display import bare, quantity
from catalogue.model import Commitment, Indicator, Plan
from catalogue.wording import say
from charts import reading


@dataclass(frozen=True, slots=True)
class Standing:
    """One target as it stands. share, pace: parts of the target, None where there is none."""

    commitment: Commitment
    indicator: Indicator
    light: str
    figures: str
    share: float | None = None
    pace: float | None = None
    partial: bool = False
    coverage: str = ""


def standings(rows: pd.DataFrame, plan: Plan, at: str | None) -> list[Standing]:
    """Every numeral commitment, also those without a row: they are grey and 未报."""
    return [_standing(rows, c, plan, at) for c in plan.commitments.values() if c.numeral]


def _standing(rows: pd.DataFrame, commitment: Commitment, plan: Plan, at: str | None) -> Standing:
    """Where each unit must keep the promise, the city's row already counts those that do: 6 / 7个县区."""
    indicator = plan.indicators[commitment.indicator]
    row = reading.one(rows, indicator.code, at)
    light = "grey" if row is None else row.light
    if row is None or reading.state(row) != "value":
        word = "missing" if row is None else reading.state(row)
        return Standing(commitment, indicator, light, say(f"charts.{word}"), coverage=reading.coverage(row))
    value = quantity(row.value, "percent") if row.measure == "percent" else bare(row.value, row.measure)
    return Standing(
        commitment,
        indicator,
        light,
        f"{value} / {quantity(row.target, row.measure)}",
        share=_share(row.value, row.target),
        pace=_share(row.pace, row.target),
        partial=reading.is_partial(row),
        coverage=reading.coverage(row),
    )


def _share(part: float, whole: float) -> float | None:
    """None where either is blank, or the target is 0 and has no way to it."""
    return None if reading.blank(part) or reading.blank(whole) or whole == 0 else part / whole
