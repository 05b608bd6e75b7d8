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


class Measure(str):
    """A measure whose numbers are published with at most `decimals` decimals; for all else it is its plain word."""

    decimals: int

    def __new__(cls, word: str, decimals: int) -> Measure:
        made = super().__new__(cls, word)
        made.decimals = decimals
        return made

    def __getnewargs__(self) -> tuple[str, int]:  # type: ignore[override]  # to be copied
        return str(self), self.decimals


def published(measure: str, decimals: int | None) -> str:
    """The measure of an indicator that the plan publishes with so many decimals; None: with as many as its measure has."""
    return str(measure) if decimals is None else Measure(measure, decimals)


def places_of(measure: str) -> int:
    """With how many decimals numbers of a measure are shown; a `Measure` of a plan knows its own."""
    return measure.decimals if isinstance(measure, Measure) else _DECIMALS.get(measure, 0)


def apart(measure: str) -> str:
    """The measure of a difference: 个百分点 between percentages, published as they are."""
    if measure != "percent":
        return measure
    return Measure("point", measure.decimals) if isinstance(measure, Measure) else "point"


def number(value: Decimal | float | int | None, measure: str = "", decimals: int | None = None) -> str:
    """1,240 or 79.6: half up, no trailing zeros, — for None and NaN; the measure sets at most how many decimals."""
    if value is None or value != value:
        return NOTHING
    places = places_of(measure) if decimals is None else decimals
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0  # no −0
    text = f"{exact:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def quantity(value: Decimal | float | int | None, measure: str, decimals: int | None = None) -> str:
    """The number with its unit: 79.6%, 1,240人, 1,300万元; English puts a space between, and writes 万元 as millions."""
    if measure == TEN_THOUSANDS and language() == "en":
        return _millions(value, places_of(measure) if decimals is None else decimals)
    text = number(value, measure, decimals)
    if text == NOTHING:
        return text
    unit = say(f"measure_one.{measure}" if text == "1" else f"measure.{measure}")
    glue = "" if measure in _GLUED or language() == "zh" or not unit else " "
    return f"{text}{glue}{unit}"


def _millions(value: Decimal | float | int | None, places: int) -> str:
    """13m CNY for 1,300万元."""
    if value is None or value != value:
        return NOTHING
    text = number(Decimal(str(value)) / 100, "", places + 2)
    return f"{text} {say('measure.yuan')}" if text == "0" else f"{text}{say('measure.million_yuan')}"


def bare(value: Decimal | float | int | None, measure: str) -> str:
    """As `quantity` without the unit, to stand before another of the same: 45 in 45 / 60所, 13 in 13 / 32m CNY."""
    if measure == TEN_THOUSANDS and language() == "en" and value is not None and value == value:
        return number(Decimal(str(value)) / 100, "", places_of(measure) + 2)
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
    shown_in = apart(measure)
    places = None if decimals is None else min(decimals, places_of(shown_in))
    return _sign(value, shown_in, places) + quantity(_size(value), shown_in, places)


def bare_difference(value: Decimal | float | int | None, measure: str) -> str:
    """As `difference` without the unit, to stand below another of the same: +1.2, −120, ±0."""
    if value is None or value != value:
        return NOTHING
    shown_in = apart(measure)
    return _sign(value, shown_in, None) + bare(_size(value), shown_in)


def _size(value: Decimal | float | int) -> Decimal | float | int:
    return -value if value < 0 else value


def _sign(value: Decimal | float | int, shown_in: str, places: int | None) -> str:
    """± for what rounds to nothing."""
    return "±" if number(_size(value), shown_in, places) == "0" else "+" if value > 0 else "−"


def distance(size: Decimal | float | int | None, measure: str) -> str:
    """How far two values are apart, without a sign: 2.2个百分点 between percentages, 120人; never 0 for what is more than 0."""
    shown_in = apart(measure)
    if size is None or size != size:
        return NOTHING
    far = -size if size < 0 else size
    nothing = number(far, shown_in) == "0" and number(far, shown_in, EXACT) != "0"
    finer = None if not nothing else 2 if number(far, shown_in, 2) != "0" else EXACT
    return quantity(far, shown_in, finer)


def quarter(period: Period | str, lang: str | None = None) -> str:
    """A quarter for people: 2021年第三季度 / Q3 2021. lang None: the language of now."""
    at = Period.parse(period) if isinstance(period, str) else period
    return say(f"quarter.{at.quarter}", lang, year=at.year)


def day(value: date, lang: str | None = None) -> str:
    """A day for people: 2021年10月11日 / 11 Oct 2021. lang None: the language of now."""
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return say("day", lang, year=value.year, month=value.month, day=value.day, month_name=months[value.month - 1])
