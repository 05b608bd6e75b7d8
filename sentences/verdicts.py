"""A verdict in a few words, the same on every screen and in every file; what a grey light lacks; what the missing may make of it."""

from __future__ import annotations

from typing import Any

from catalogue.display import bare, quantity
from catalogue.model import Commitment
from catalogue.wording import knows, say
from sentences import reading


def verdict_words(row: Any, promise: Commitment | None = None) -> str:
    """待报齐（报齐后46.29%–46.99%，达标）: the verdict in a few words; the same on every screen.

    promise: tells of a row that counts units whether they are to be above or below; other rows say so themselves.
    """
    if row.verdict in ("met_but_partial", "undecided") and (told := range_words(row)):
        key = f"{row.verdict}.{row.whole_verdict}" if row.verdict == "met_but_partial" else row.verdict
        return say(f"why.is_ranged.{key}", range=told)
    return say(f"why.{_said_of(row, promise)}.{row.verdict}")


def _said_of(row: Any, promise: Commitment | None) -> str:
    """is, is_over past a limit, is_zero where none is allowed: the group of words for a verdict that falls short."""
    if row.verdict not in ("behind", "far_behind") or reading.blank(row.value) or reading.blank(row.target):
        return "is"
    if promise is None or not (promise.scope == "each" and reading.blank(row.subject)):
        return "is" if row.value <= row.target else "is_over" if row.target else "is_zero"
    return "is_zero" if promise.is_zero else "is_over" if promise.is_limit else "is"


def grey_word(row: Any) -> str:
    """What a grey light lacks, in a word; what would hold once all have filed, where that is known; "" for other lights."""
    for key in (f"grey.whole.{getattr(row, 'whole_verdict', None)}", f"grey.{row.verdict}"):
        if knows(key) and (row.verdict == "met_but_partial" or key == f"grey.{row.verdict}"):
            return say(key)
    return ""


def range_words(row: Any) -> str:
    """46.29%–46.99%; of a promise each must keep 6–7个县区; "" where nothing is known of who is missing."""
    low, high = getattr(row, "low", None), getattr(row, "high", None)
    if reading.blank(low) or reading.blank(high):
        return ""
    if quantity(low, row.measure) == quantity(high, row.measure):
        return quantity(low, row.measure)
    return say("why.range", low=bare(low, row.measure), high=quantity(high, row.measure))
