"""How numbers, quarters and dates are written for people, in either language."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from catalogue.period import Period
from catalogue.wording import language, say

NOTHING = "—"
# What is not measured is counted, and counted things are whole: a pace of 9.75 toilets reads 10.
_DECIMALS = {"": 2, "percent": 2, "point": 2, "ratio": 3, "10k_yuan": 2}
_GLUED = {"percent"}


def number(value: Decimal | float | int | None, measure: str = "", decimals: int | None = None) -> str:
    """1,240 or 79.6: half up, no trailing zeros, — for None and NaN; the measure sets at most how many decimals."""
    if value is None or value != value:
        return NOTHING
    places = _DECIMALS.get(measure, 0) if decimals is None else decimals
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0  # no −0
    text = f"{exact:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def quantity(value: Decimal | float | int | None, measure: str, decimals: int | None = None) -> str:
    """The number with its unit: 79.6%, 1,240人, 1,300万元; English puts a space between."""
    text = number(value, measure, decimals)
    if text == NOTHING:
        return text
    unit = say(f"measure_one.{measure}" if text == "1" else f"measure.{measure}")
    glue = "" if measure in _GLUED or language() == "zh" or not unit else " "
    return f"{text}{glue}{unit}"


def difference(value: Decimal | float | int | None, measure: str, decimals: int | None = None) -> str:
    """A signed change: +1.2个百分点 between percentages, +120人 otherwise; ±0 where it rounds to nothing.

    decimals: at most so many; whole things stay whole.
    """
    if value is None or value != value:
        return NOTHING
    shown_in = "point" if measure == "percent" else measure
    places = None if decimals is None else min(decimals, _DECIMALS.get(shown_in, 0))
    size = -value if value < 0 else value
    sign = "±" if number(size, shown_in, places) == "0" else "+" if value > 0 else "−"
    return sign + quantity(size, shown_in, places)


def quarter(period: Period | str, lang: str | None = None) -> str:
    """2021年第三季度 / Q3 2021."""
    at = Period.parse(period) if isinstance(period, str) else period
    return say(f"quarter.{at.quarter}", lang, year=at.year)


def day(value: date, lang: str | None = None) -> str:
    """2021年10月11日 / 11 Oct 2021."""
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return say("day", lang, year=value.year, month=value.month, day=value.day, month_name=months[value.month - 1])
