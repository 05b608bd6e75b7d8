"""Why a promise's light is not green, in a few words and in a sentence: which rule is not kept, or what a grey one lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from catalogue.model import Commitment
from catalogue.wording import say
from sentences import reading, verdicts

LACKING = ("undecided", "met_but_partial")  # verdicts that wait for units


def cause(row: Any, promise: Commitment) -> str:
    """略低于序时, 每家都要做到，1家没做到, 4家未报或未审: for a city's row of `judged`; "" for green."""
    if row.light == "grey":
        return _lacks(row)
    return "" if row.light == "green" else _broken(row, promise)


def sentence(row: Any, promise: Commitment) -> str:
    """The light, and behind it the rule or what is missing: 灰灯：8家中4家未报或未审，报齐后结论可能不同."""
    if row.light == "green":
        return say("light.green")
    told = cause(row, promise)
    if row.light == "grey":
        told = say(f"cause.grey.{kind(row)}", **_missing(row))
        if row.verdict in LACKING and (ranged := verdicts.range_words(row)):
            told = say("cause.ranged", told=told, range=ranged)
    elif promise.scope == "each" and row.verdict != "not_improved":
        told = say(f"cause.each.{'zero' if promise.is_zero else row.light}", told=told)
    return say("cause.sentence", light=say(f"light.{row.light}"), told=told) if told else say(f"light.{row.light}")


def kind(row: Any) -> str:
    """The group a grey row is counted in: its verdict, `pending` where it is filed and waits for approval."""
    return "pending" if row.verdict == "not_reported" and reading.state(row) == "pending" else str(row.verdict)


def counted(rows: Iterable[Any]) -> str:
    """单位未报齐、尚不能判定19项；已报待审核8项: what the grey ones among city rows lack, the most frequent first."""
    kinds = Counter(kind(row) for row in rows if row.light == "grey")
    return say("cause.then").join(
        say("grey.count", why=say(f"cause.counted.{each}"), count=n) for each, n in kinds.most_common()
    )


def _lacks(row: Any) -> str:
    if row.verdict == "not_reported" and reading.state(row) != "missing":
        return say(f"charts.{reading.state(row)}")  # filed, and not approved yet
    if row.verdict == "undecided" and reading.is_partial(row):
        return say(f"cause.lacking.{row.basis}", **_missing(row))
    return verdicts.grey_word(row)


def _missing(row: Any) -> dict[str, object]:
    """Fields of the words: how many units are owed, how many of them the number lacks, and how these are told."""
    if reading.blank(row.expected):
        return {"expected": "", "count": "", "lacking": ""}
    count = int(row.expected) - reading.stands_on(row)
    return {"expected": int(row.expected), "count": count, "lacking": say(f"cause.lacking.{row.basis}", count=count)}


def _broken(row: Any, promise: Commitment) -> str:
    if row.verdict == "not_improved":
        return say("why.is.not_improved")
    if promise.scope == "each":
        short = 0 if reading.is_partial(row) or reading.blank(row.value) else int(row.expected) - int(row.value)
        return say("cause.units", count=short) if short > 0 else say("cause.some_units")
    if promise.is_zero:
        return say("why.is_zero.behind")
    paced = not reading.blank(row.pace) and row.pace != row.target
    way = "above" if promise.wants_less else "below"
    return say(f"cause.{way}.{row.light}_{'pace' if paced else 'target'}")
