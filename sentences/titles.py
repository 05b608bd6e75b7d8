"""The sentences over the figures: the finding, and what it stands on. Each states only numbers it reads."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

import pandas as pd

from catalogue import early
from catalogue.display import distance, quantity, quarter
from catalogue.model import Commitment, Indicator, Plan
from catalogue.period import Period
from catalogue.wording import pick, say
from sentences import reading
from sentences.lights import LIGHTS

# verdict -> wording, where the sentence does not depend on the operator or on a pace
_PLAIN = ("met_but_partial", "undecided", "no_target", "no_subtarget", "no_baseline", "improved", "not_improved")


def finding(
    rows: pd.DataFrame,
    indicator: Indicator,
    commitment: Commitment | None,
    plan: Plan,
    period: Period | str | None = None,
    subject: str | None = None,
) -> str:
    """公办幼儿园在园幼儿占比43.8%，距46%还差2.2个百分点.

    rows: `judged` for any subjects and periods. About the city (or `subject`, or the only one the rows speak
    of), in the newest quarter with a value unless `period` says which.
    """
    rows = rows[rows["indicator"] == indicator.code]
    subject = reading.meant(rows, subject)
    at = reading.newest(reading.about(rows, subject), period)
    row = reading.one(rows, indicator.code, at, subject)
    what = _what(indicator, plan, subject)
    if at is None:
        return what
    if row is None or reading.state(row) != "value":
        verdict = "missing" if row is None else reading.state(row)
        return say(f"charts.finding.{verdict}", what=what, quarter=quarter(at))
    if reading.counts_units(indicator, commitment, subject):
        return _each(row, what, indicator, reading.kept_back(rows, row))
    return _judged(row, commitment, what)


def _what(indicator: Indicator, plan: Plan, subject: str | None) -> str:
    """公办幼儿园在园幼儿占比, or 新抚区… for a unit; a bureau figure needs no department before it."""
    if subject is None or subject not in plan.units:
        return pick(indicator)
    return say("charts.finding.of_unit", unit=pick(plan.units[subject]), name=pick(indicator))


def _judged(row: Any, commitment: Commitment | None, what: str) -> str:
    """The sentence about a row that has a value."""
    fields = {"what": what, "value": quantity(row.value, row.measure)}
    if not reading.blank(row.expected):
        fields["coverage"] = reading.coverage(row)
    key = key_of(row, commitment)
    if key in _PLAIN:
        return say(f"charts.finding.{key}", moved=_moved(row), **fields)
    said = say(
        f"charts.finding.{key}",
        **fields,
        target=quantity(row.target, row.measure),
        gap=_gap(row.value, row.target, row.measure),
        pace_gap=_gap(row.value, row.pace, row.measure),
    )
    return say("charts.finding.partial", finding=said, **fields) if reading.is_partial(row) else said


def key_of(row: Any, commitment: Commitment | None) -> str:
    """Under charts.finding, of a row that has a value: its verdict, or how it stands to target and pace."""
    if row.verdict in _PLAIN:
        return row.verdict
    return "plain" if reading.blank(row.target) else _key(row, commitment)


def _key(row: Any, commitment: Commitment | None) -> str:
    """The wording of a verdict that depends on target, pace or operator."""
    limit = commitment is not None and commitment.is_limit
    if row.verdict == "not_due":
        return "early_limit" if limit and row.target else "early"
    if row.target == 0:
        return "zero" if row.value == 0 else "not_zero"
    if limit:
        return _limit_key(row, commitment)
    if row.verdict == "met":
        return "met"
    if row.value > row.target:
        return "over"
    if row.verdict == "on_pace":
        return "on_pace"
    by_pace = commitment is not None and commitment.light in ("pace", "frequency")
    return "behind_pace" if by_pace and row.pace > row.value else "short"


def _limit_key(row: Any, commitment: Commitment | None) -> str:
    """Of at most so much: kept, still on the way down to it, or past it."""
    if row.verdict in ("met", "on_pace"):
        return f"limit_{row.verdict}"
    by_pace = commitment is not None and commitment.light == "pace"
    return "limit_behind_pace" if by_pace and row.target < row.pace < row.value else "limit_over"


def _gap(value: float, goal: float, measure: str) -> str:
    return distance(None if reading.blank(goal) else value - goal, measure)


def _moved(row: Any) -> str:
    if reading.blank(row.baseline):
        return ""
    key = "rose" if row.value > row.baseline else "fell" if row.value < row.baseline else "level"
    return say(f"charts.finding.{key}", gap=_gap(row.value, row.baseline, row.measure))


def _each(row: Any, what: str, indicator: Indicator, kept_back: int) -> str:
    """零事故单位7/8，1家未报: the city's row counts the units that keep the promise."""
    fields = {"what": what, "met": int(row.value), "expected": int(row.target)}
    said = say("charts.finding.each", counts=reading.kept_by(indicator), **fields)
    return _lacking(said, int(row.expected - row.filed) - kept_back, int(row.filed - reading.stands_on(row)), kept_back)


def _lacking(title: str, missing: int, pending: int, kept_back: int) -> str:
    """…，1家未报，3家待审核，1家保密."""
    for state, count in (("missing", missing), ("pending", pending), ("suppressed", kept_back)):
        title = say(f"charts.units.{state}", title=title, count=count) if count else title
    return title


def by_unit(
    rows: pd.DataFrame,
    indicator: Indicator,
    commitment: Commitment | None,
    plan: Plan,
    period: Period | str | None = None,
) -> str:
    """Over a comparison of the units: highest and lowest, or n/7 met where each must; and how many are missing.

    rows: as for `finding`.
    """
    rows = rows[rows["indicator"] == indicator.code]
    at = reading.newest(rows, period)
    name = pick(indicator)
    if at is None:
        return name
    return of_units(
        reading.unit_readings(rows, indicator, plan, at),
        reading.one(rows, indicator.code, at),
        indicator,
        commitment,
        at,
    )


def of_units(
    readings: list[reading.UnitReading], city: Any | None, indicator: Indicator, commitment: Commitment | None, at: str
) -> str:
    """As `by_unit`, of the quarter `at`; city: its row, None where there is none."""
    name = pick(indicator)
    if city is not None and reading.state(city) == "value" and reading.counts_units(indicator, commitment, None):
        return _each(city, name, indicator, sum(r.state == "suppressed" for r in readings))
    filed = sorted((r for r in readings if r.state == "value"), key=lambda r: r.value or 0)
    if not filed:
        states = {r.state for r in readings}
        told = ("not_due", "pending", *(("suppressed",) if states <= {"suppressed", "not_applicable"} else ()))
        key = next((key for key in told if key in states), "none")
        return say(
            "charts.units.none" if key == "none" else f"charts.finding.{key}", what=name, name=name, quarter=quarter(at)
        )
    low, high = _extreme(filed, filed[0]), _extreme(filed, filed[-1])
    if len(filed) == 1:
        title = say("charts.units.only", name=name, unit=low[0], value=low[1])
    elif low[1] == high[1]:
        title = say("charts.units.same", name=name, count=len(filed), value=low[1])
    else:
        title = say("charts.units.range", name=name, lowest=low[0], low=low[1], highest=high[0], high=high[1])
    each = [r.state for r in readings]
    return _lacking(title, each.count("missing"), each.count("pending"), each.count("suppressed"))


def _extreme(filed: list[reading.UnitReading], extreme: reading.UnitReading) -> tuple[str, str]:
    """(新宾, 61.2%), or (新抚等2家, 2座) where several share the value as printed: next to each other, for they are in order."""
    words = extreme.worded
    lowest = extreme is filed[0]
    alike = list(takewhile(lambda one: one.worded == words, filed if lowest else reversed(filed)))
    first = reading.unit_name(alike[0 if lowest else -1].unit)
    shared = say("charts.units.alike", unit=first, count=len(alike), others=len(alike) - 1)
    return first if len(alike) == 1 else shared, words


def headline(rows: pd.DataFrame, plan: Plan, period: Period | str | None = None) -> str:
    """14项数字目标：绿灯5、黄灯4、红灯2、灰灯3. A target without a row counts as grey."""
    numerals = {c.id for c in plan.commitments.values() if c.numeral}
    at = reading.newest(rows, period)
    city = reading.about(rows)
    lights = city[(city["period"] == at) & city["commitment"].isin(numerals)].set_index("commitment")["light"]
    counts = {light: int((lights == light).sum()) for light in LIGHTS}
    counts["grey"] += len(numerals) - sum(counts.values())
    return say("charts.headline.lights", count=len(numerals), **counts)


def caption(
    row: Any | None, indicator: Indicator, commitment: Commitment | None, plan: Plan, period: str | None
) -> tuple[str, str]:
    """As-of and coverage; the clause it comes from, or the definition where the plan promises nothing."""
    state = reading.joined((_as_of(period), reading.coverage(row), _demo(plan)))
    if commitment is not None:
        source = say(
            "charts.source", document=plan.document_of(commitment), task=commitment.task, quote=commitment.quote
        )
    else:
        source = say("charts.definition", definition=pick(indicator, "definition"))
    return state, source


def plan_caption(plan: Plan, period: str | None) -> tuple[str, str]:
    """For figures about many indicators."""
    return reading.joined((_as_of(period), _demo(plan))), say("charts.source_plan", document=plan.document)


def _as_of(period: str | None) -> str:
    return say("charts.as_of", day=early.as_of(str(period))) if period else ""


def _demo(plan: Plan) -> str:
    return say("app.demo") if plan.demo else ""
