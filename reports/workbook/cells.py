"""What stands in a cell: nothing, words, a day, a plain number, an amount, a light, a link to another sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any, NamedTuple

from catalogue.model import Commitment, Indicator, Plan
from catalogue.naming import subject_name
from catalogue.wording import pick, say
from reports.proof import CHANGES
from reports.snapshot import Snapshot
from sentences import reading
from sentences.lights import MARKS
from sentences.why import verdict_words

LONGEST = 32_767  # signs a cell holds
FORMULA_SIGNS = ("=", "+", "-", "@")
AIM = {"ge": "≥", "le": "≤", "eq": "="}  # before the number a promise names
_MEASURE_BEHIND = re.compile(r"(?<=\S)\s*(?=[（(][^（()）]+[)）]$)")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


Key = tuple[str, str | None, str, str]  # as `Number.key`


class Amount(NamedTuple):
    """value: as the warehouse keeps it, percent as 79.6; see `kept`. formula: what it follows from, its result then being `kept`.

    key: which number of `judged` it is, where it is read from there. before, behind: printed round it. signed: a change.
    """

    value: float
    measure: str
    key: Key | None = None
    formula: str = ""
    before: str = ""
    behind: str = ""
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Lamp:
    """Mark and word."""

    light: str

    @property
    def words(self) -> str:
        return f"{MARKS[self.light]} {say(f'light.{self.light}')}"


@dataclass(frozen=True, slots=True)
class Link:
    """page: key of the sheet it leads to."""

    page: str
    words: str
    cell: str = "A1"


PlainCell = None | str | int | float | date | Lamp | Link
Cell = PlainCell | Amount


def writable(text: str) -> str:
    """Without the characters that make a workbook unreadable, and not longer than a cell holds."""
    return text if text.isprintable() and len(text) <= LONGEST else _UNWRITABLE.sub("", text)[:LONGEST]


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column."""
    if 2 * len(text) < width and "\n" not in text:
        return 1
    room = max(width - 2.5, 2)
    return sum(max(1, ceil(length(part) / room)) for part in text.split("\n"))


def length(text: str) -> int:
    """How wide it is printed; a Chinese sign is two wide."""
    return len(text) + sum(sign > "\u2e7f" for sign in text)


def broken(head: str, width: float) -> str:
    """Words over a column; a measure behind them goes to a line of its own where they do not fit on one."""
    return _MEASURE_BEHIND.sub("\n", head) if lines_of(head, width) > 1 else head


def value_of(row: Any, formula: str = "", light: str | None = None, behind: str = "") -> Amount | str:
    """The value of a row of `judged`, or the word for why there is none. light: its mark stands before it."""
    if row is None:
        return say("charts.missing")
    if reading.state(row) != "value":
        return reading.worded(row)
    return Amount(
        float(row.value), row.measure, key_of(row, "value"), formula, f"{MARKS[light]} " if light else "", behind
    )


def told(row: Any, what: str) -> Amount | None:
    """Its target, pace or change; None for a blank one."""
    if row is None or reading.blank(value := getattr(row, what)):
        return None
    return Amount(float(value), row.measure, key_of(row, what), signed=what in CHANGES)


def key_of(row: Any, what: str) -> Key:
    return row.indicator, row.subject, row.period, what


def number_of(row: Any | None, what: str = "value") -> float | None:
    """A column of a row of `judged`; None for a blank one, or no row."""
    return None if row is None or reading.blank(getattr(row, what)) else float(getattr(row, what))


def on_the_year(snapshot: Snapshot, row: Any) -> Cell:
    """Since the same quarter of last year; 口径已变 where it is computed of other things; None where nothing can be said."""
    if row is None or (one := snapshot.on_the_year(row.period).get((row.indicator, row.subject))) is None:
        return None
    if one.redefined:
        return say("year_before.other")
    if one.change is None:
        return None
    return Amount(one.change, row.measure, key_of(row, "year_change"), signed=True)


def kept(value: float, measure: str, signed: bool = False) -> float:
    """What the cell holds. 79.6% is 0.796 there, as where an office types it: a filter “above 80%” and a formula of somebody
    else's take it for what it is. A change stays in points, 百分点.
    """
    return value / 100 if measure == "percent" and not signed else value


def quotient(indicator: Indicator, above: str, below: str) -> str:
    """The formula of a ratio. A percentage needs no factor: its format has it."""
    factor = indicator.scale / 100 if indicator.measure == "percent" else indicator.scale
    return f"{above}/{below}" if factor == 1 else f"{factor:g}*{above}/{below}"


def plain(value: float, measure: str = "", formula: str = "") -> Amount | None:
    """A number that is no value of `judged`; None for a blank one."""
    return None if reading.blank(value) else Amount(float(value), measure, formula=formula)


def who(plan: Plan, code: str | None) -> str:
    """Name of a unit or department; the city for None."""
    if code is None:
        return pick(plan, "city")
    return subject_name(plan, code)


def lamp(light: str | None) -> Lamp | None:
    return None if light is None else Lamp(light)


def verdict(row: Any | None, promise: Commitment | None = None) -> str:
    """The verdict as the screens say it; for a number that waits for approval, that it does."""
    if row is None:
        return ""
    return say("charts.pending") if reading.state(row) == "pending" else verdict_words(row, promise)


def day_of(value: Any) -> date | None:
    """A day of a frame, whose blank is NaT."""
    if reading.blank(value):
        return None
    return value.date() if hasattr(value, "date") else value
