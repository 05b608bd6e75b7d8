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
TEN_THOUSANDS = "10k_yuan"
EXACT = 4  # decimals: what stands in a cell, as it was kept


def number(value: Decimal | float | int | None, measure: str = "", decimals: int | None = None) -> str:
    """1,240 or 79.6: half up, no trailing zeros, — for None and NaN; the measure sets at most how many decimals."""
    if value is None or value != value:
        return NOTHING
    places = _DECIMALS.get(measure, 0) if decimals is None else decimals
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0  # no −0
    text = f"{exact:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def quantity(value: Decimal | float | int | None, measure: str, decimals: int | None = None) -> str:
    """The number with its unit: 79.6%, 1,240人, 1,300万元; English puts a space between, and writes 万元 as millions."""
    if measure == TEN_THOUSANDS and language() == "en":
        return _millions(value, decimals)
    text = number(value, measure, decimals)
    if text == NOTHING:
        return text
    unit = say(f"measure_one.{measure}" if text == "1" else f"measure.{measure}")
    glue = "" if measure in _GLUED or language() == "zh" or not unit else " "
    return f"{text}{glue}{unit}"


def _millions(value: Decimal | float | int | None, decimals: int | None) -> str:
    """13m CNY for 1,300万元."""
    if value is None or value != value:
        return NOTHING
    places = _DECIMALS[TEN_THOUSANDS] if decimals is None else decimals
    text = number(Decimal(str(value)) / 100, "", places + 2)
    return f"{text} {say('measure.yuan')}" if text == "0" else f"{text}{say('measure.million_yuan')}"


def bare(value: Decimal | float | int | None, measure: str) -> str:
    """As `quantity` without the unit, to stand before another of the same: 45 in 45 / 60所, 13 in 13 / 32m CNY."""
    if measure == TEN_THOUSANDS and language() == "en" and value is not None and value == value:
        return number(Decimal(str(value)) / 100, "", _DECIMALS[TEN_THOUSANDS] + 2)
    return number(value, measure)


def entered(value: Decimal | float | int | None, measure: str) -> str:
    """As it stands in a cell of a form, to the last digit and in the form's own unit: 1,300万元, 1,300 × 10,000 CNY."""
    text = number(value, measure, EXACT)
    if text == NOTHING or measure != TEN_THOUSANDS or language() != "en":
        return quantity(value, measure, EXACT)
    return f"{text} × {say(f'measure.{measure}')}"


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
