"""Rows of the mart `judged`, chosen and told apart. Grain there: indicator × commitment × subject × period.

subject is blank for the city, else a unit's or department's code; rows are of one basis (filed or approved)
and there is one for every quarter of the plan, come or not. value is NaN for not reported, not due and
不适用, which `state` tells apart: no figure reads a blank as zero. The city's row of a promise each unit must
keep counts: value units keep it, of target units, and its measure says what is counted.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import pandas as pd

from catalogue.display import quantity
from catalogue.model import Commitment, Indicator, Plan, Unit
from catalogue.period import Period
from catalogue.wording import language, pick, say

State = Literal["value", "missing", "pending", "suppressed", "not_applicable", "not_due"]


@dataclass(frozen=True, slots=True)
class UnitReading:
    """One unit in one period: every unit of the plan has one, with or without a row."""

    unit: Unit
    state: State
    row: Any = None  # None where the mart has no row

    @property
    def value(self) -> float | None:
        return self.row.value if self.state == "value" else None

    @property
    def light(self) -> str | None:
        """None without a value, or where the plan sets this unit nothing to be judged by."""
        return None if self.state != "value" or self.row.verdict in ("no_target", "no_subtarget") else self.row.light

    @property
    def worded(self) -> str:
        return say(f"charts.{self.state}") if self.row is None else worded(self.row)


def blank(value: Any) -> bool:
    return value is None or value != value


def records(rows: pd.DataFrame) -> list[Any]:
    """The rows as named tuples, oldest period first."""
    return listed(rows.sort_values("period", kind="stable"))


def listed(rows: pd.DataFrame) -> list[Any]:
    """The rows as named tuples. As `itertuples`, without its tenth of a millisecond for each column."""
    return list(map(_row(tuple(rows.columns)), *(column.tolist() for _, column in rows.items())))


def by_indicator(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.indicator, []).append(row)
    return found


@lru_cache(maxsize=64)
def _row(columns: tuple[str, ...]) -> type:
    return namedtuple("Row", columns)


def about(rows: pd.DataFrame, subject: str | None = None, indicator: str | None = None) -> pd.DataFrame:
    """The rows about one subject, the city for None."""
    mine = rows["subject"].isna() if subject is None else rows["subject"] == subject
    return rows[mine if indicator is None else mine & (rows["indicator"] == indicator)]


def meant(rows: pd.DataFrame, subject: str | None) -> str | None:
    """The subject asked for; for None the city, or the only one there is where the rows leave the city out."""
    named = rows["subject"].dropna().unique()
    alone = subject is None and len(named) == 1 and rows["subject"].notna().all()
    return str(named[0]) if alone else subject


def newest(rows: pd.DataFrame, period: Period | str | None = None) -> str | None:
    """The period asked for; else the newest with a value, or with a row; None for no rows."""
    if period is not None or rows.empty:
        return str(period) if period is not None else None
    told = rows[rows["value"].notna()]
    return str((rows if told.empty else told)["period"].max())


def one(rows: pd.DataFrame, indicator: str, period: str | None, subject: str | None = None) -> Any | None:
    """The row about the city (or `subject`) in the period; None when there is none."""
    return next((row for row in records(about(rows, subject, indicator)) if row.period == period), None)


def state(row: Any) -> State:
    """Why a row has no value, if it has none: it is not due, has nothing to count (/), is kept back (保密), was not reported, or waits for approval."""
    if not blank(row.value):
        return "value"
    if row.verdict in ("not_due", "suppressed", "not_applicable"):
        return row.verdict
    return "pending" if not blank(row.filed) and row.filed > stands_on(row) else "missing"


def unit_readings(rows: pd.DataFrame, indicator: Indicator, plan: Plan, period: str | None) -> list[UnitReading]:
    """Every unit of the plan, in its order; those the indicator does not ask are 不适用."""
    mine = rows[(rows["indicator"] == indicator.code) & (rows["period"] == period)]
    return readings_of({row.subject: row for row in records(mine) if not blank(row.subject)}, indicator, plan)


def readings_of(found: Mapping[str, Any], indicator: Indicator, plan: Plan) -> list[UnitReading]:
    """As `unit_readings`; found: code -> its row."""
    return [
        UnitReading(unit, state(found[code]), found[code])
        if code in found
        else UnitReading(unit, "missing" if code in indicator.units else "not_applicable")
        for code, unit in plan.units.items()
    ]


def kept_back(rows: pd.DataFrame, row: Any) -> int:
    """How many units are 保密 in the number of `row`, the city's; rows: `judged` of them."""
    mine = (rows["indicator"] == row.indicator) & (rows["period"] == row.period) & rows["subject"].notna()
    return int((mine & (rows["verdict"] == "suppressed")).sum())


def is_by_unit(indicator: Indicator, plan: Plan) -> bool:
    return any(code in plan.units for code in indicator.units)


def stands_on(row: Any) -> int:
    """How many units are in the number: those approved where only approved returns count, else those filed."""
    counted = row.approved if row.basis == "approved" else row.filed
    return 0 if blank(counted) else int(counted)


def is_partial(row: Any) -> bool:
    """The number stands on fewer units than owe it."""
    return not blank(row.filed) and not blank(row.expected) and stands_on(row) < row.expected


def earlier(row: Any) -> float | None:
    """What the units in the value had a quarter before; None where the change is over others than these."""
    if blank(row.change) or blank(row.value) or row.same_units != stands_on(row):
        return None
    return float(row.value - row.change)


def coverage(row: Any | None) -> str:
    """7/8家已报, 4/8家已审核 where only approved returns count; "" for a figure that only one subject reports."""
    if row is None or blank(row.expected) or row.expected < 2:
        return ""
    return say(f"charts.{row.basis}", count=stands_on(row), expected=int(row.expected))


def worded(row: Any) -> str:
    """The value with its unit, or the word for why there is none."""
    return quantity(row.value, row.measure) if state(row) == "value" else say(f"charts.{state(row)}")


def entry_word(state: str) -> str:
    """What stands for an entry without a value: 不适用, 保密."""
    return say("charts.suppressed" if state == "suppressed" else "charts.not_applicable")


def target_worded(row: Any, commitment: Commitment | None = None) -> str:
    """The target with its unit: 46%; ≤5% where it is a limit; of a promise each unit must keep 7个县区."""
    told = quantity(row.target, row.measure)
    is_units = commitment is not None and commitment.scope == "each" and blank(row.subject)
    if commitment is None or not commitment.is_limit or blank(row.target) or is_units:
        return told
    return say("method.aim.le", value=told)


def unit_name(unit: Unit) -> str:
    """Short enough for an axis: 新抚 / Xinfu."""
    return unit.short if language() == "zh" else pick(unit)


def counts_units(indicator: Indicator, commitment: Commitment | None, subject: str | None) -> bool:
    """The city's row says how many units keep the promise, not what they reported."""
    return commitment is not None and commitment.scope == "each" and subject is None and indicator.scope == "each"


def kept_by(indicator: Indicator) -> str:
    """What the city's number counts of a promise each unit must keep: 零事故单位; in general words where the plan has none."""
    return pick(indicator, "counts") or say("charts.kept_by")


def city_name(indicator: Indicator, commitment: Commitment | None) -> str:
    """The indicator's name over the city's number; of one that counts units, with what is counted."""
    if not counts_units(indicator, commitment, None):
        return pick(indicator)
    return say("charts.counted", name=pick(indicator), counts=kept_by(indicator))


def is_comparable(indicator: Indicator) -> bool:
    """Units of any size can be held against each other: a ratio, or what each must do; not people or money added up."""
    return indicator.better != "neither" and (indicator.is_ratio or indicator.scope == "each")


def grows_through_the_year(indicator: Indicator, plan: Plan) -> bool:
    """Counted since 1 January."""
    elements = [plan.elements[code] for code in indicator.numerator if code in plan.elements]
    return bool(elements) and not indicator.is_ratio and all(element.nature == "flow" for element in elements)


def joined(parts: Iterable[str]) -> str:
    """What is there, with a middle dot between."""
    return " · ".join(part for part in parts if part)
