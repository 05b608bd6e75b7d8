"""Rows of the mart `judged` for the chapters on figures, written by hand or spun over a whole plan."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from catalogue.model import Commitment, Indicator, Plan

NAN = float("nan")
COLUMNS = (
    "indicator",
    "commitment",
    "theme",
    "period",
    "subject",
    "value",
    "measure",
    "target",
    "pace",
    "baseline",
    "change",
    "rank",
    "ranked_of",
    "light",
    "verdict",
    "firm",
    "filed",
    "approved",
    "expected",
    "numerator",
    "denominator",
    "same_units",
    "low",
    "high",
    "whole_verdict",
    "basis",
)
BLANK = {
    "commitment": None,
    "theme": "preschool",
    "subject": None,
    "value": NAN,
    "measure": "percent",
    "target": NAN,
    "pace": NAN,
    "baseline": NAN,
    "change": NAN,
    "rank": NAN,
    "ranked_of": NAN,
    "light": "grey",
    "verdict": "no_target",
    "firm": True,
    "filed": 8,
    "approved": 8,
    "expected": 8,
    "numerator": NAN,
    "denominator": NAN,
    "same_units": NAN,
    "low": NAN,
    "high": NAN,
    "whole_verdict": None,
    "basis": "filed",
}


def judged(*rows: dict[str, Any]) -> pd.DataFrame:
    """A frame as the warehouse gives it; fields left out are blank."""
    return pd.DataFrame([BLANK | row for row in rows], columns=list(COLUMNS))


def unit_row(indicator: str, unit: str, period: str, value: float = NAN, **more: Any) -> dict[str, Any]:
    """A unit that filed when it has a value, else one that did not."""
    filed = int(not math.isnan(value))
    verdict = "no_subtarget" if filed else "not_reported"
    return {
        "indicator": indicator,
        "subject": unit,
        "period": period,
        "value": value,
        "filed": filed,
        "approved": filed,
        "expected": 1,
        "verdict": verdict,
    } | more


def whole_year(plan: Plan, last: str = "2021Q3", missing: str = "210423") -> pd.DataFrame:
    """Every indicator, city and units, in every quarter; nothing after `last`, and `missing` not in `last`."""
    promised = {c.indicator: c for c in plan.commitments.values()}
    rows: list[dict[str, Any]] = []
    for n, indicator in enumerate(plan.indicators.values()):
        for q, period in enumerate((plan.baseline_period, *plan.periods)):
            absent = tuple(plan.units) if str(period) > last else (missing,) if str(period) == last else ()
            rows += _quarter(indicator, promised.get(indicator.code), plan, (n, q), absent)
    return judged(*rows)


def _quarter(
    indicator: Indicator, promise: Commitment | None, plan: Plan, place: tuple[int, int], absent: tuple[str, ...]
):
    """place: of the indicator in the plan, and of the quarter after its baseline."""
    n, q = place
    period = str((plan.baseline_period, *plan.periods)[q])
    goal = float(promise.value) if promise and promise.value is not None else NAN
    level = goal if goal == goal else (40.0 if indicator.is_ratio else 800.0)
    flow = not indicator.is_ratio and plan.elements[indicator.numerator[0]].nature == "flow"
    reach = (1.05, 0.2, 0.45, 0.72 + (n % 3) * 0.02, 1.0)[q] if flow else 0.92 + 0.02 * q + (n % 5) * 0.015
    ceiling = 100.0 if indicator.measure == "percent" else math.inf
    asked = [code for code in indicator.units if code in plan.units]
    due = q >= indicator.due_from
    each = indicator.scope == "each"
    share = 1 if indicator.is_ratio or each else 1 / max(1, len(asked))
    common = {
        "indicator": indicator.code,
        "commitment": promise.id if promise else None,
        "theme": indicator.theme,
        "period": period,
        "measure": indicator.measure,
    }
    met = 0
    for k, unit in enumerate(asked):
        value = min(
            ceiling, round(level * reach * share * (0.82 + 0.06 * ((k * 3 + n) % 7)), 1 if indicator.is_ratio else 0)
        )
        told = unit_row(indicator.code, unit, period, NAN if unit in absent or (not due and q) else value)
        told |= common | _unit_light(indicator, promise, value, goal, unit in absent, due)
        met += told["verdict"] == "met"
        yield told
    expected = max(1, len(asked))
    filed = sum(code not in absent for code in asked) if asked else int(len(absent) < 2)
    value = min(ceiling, round(level * reach, 2 if indicator.is_ratio else 0)) if filed and (due or not q) else NAN
    light, verdict = _light(promise, value, goal, q, filed < expected, due)
    pace = goal * q / 4 if promise and promise.light == "pace" and q else NAN
    if promise and promise.light == "threshold" and not each and q:
        pace = goal * (0.94 + 0.06 * q / 4)
    city = {"value": value, "target": goal, "pace": pace, "baseline": level * 0.92}
    if each:
        measure = "county" if "210400" not in asked else "unit"
        city = {"value": float(met) if filed else NAN, "target": float(len(asked)), "measure": measure}
    yield (
        common
        | city
        | {"light": light, "verdict": verdict, "filed": filed, "approved": max(0, filed - 1), "expected": expected}
    )


def _unit_light(
    indicator: Indicator, promise: Commitment | None, value: float, goal: float, absent: bool, due: bool
) -> dict[str, Any]:
    if not due:
        return {"light": "grey", "verdict": "not_due"}
    if absent:
        return {"light": "grey", "verdict": "not_reported"}
    if promise is None or promise.scope != "each":
        return {"light": "grey", "verdict": "no_target" if promise is None else "no_subtarget"}
    ahead = value <= goal if indicator.better == "lower" else value >= goal
    near = abs(value - goal) <= 5
    return {
        "target": goal,
        "light": "green" if ahead else "yellow" if near else "red",
        "verdict": "met" if ahead else "behind" if near else "far_behind",
    }


def _light(promise: Commitment | None, value: float, goal: float, q: int, partial: bool, due: bool) -> tuple[str, str]:
    if not due:
        return "grey", "not_due"
    if value != value:
        return "grey", "not_reported"
    if promise is None:
        return "grey", "no_target"
    if goal != goal:
        return ("grey", "undecided") if partial else ("green", "improved")
    if value >= goal:
        return ("grey", "met_but_partial") if partial else ("green", "met")
    if promise.light == "pace":
        return ("green", "on_pace") if value >= goal * q / 4 and not partial else ("yellow", "behind")
    return ("yellow", "behind") if goal - value <= 5 else ("red", "far_behind")
