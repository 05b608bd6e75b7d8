"""What a text says once the ways of typing it are set aside."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache, wraps
from typing import Any, TypeVar

# Full-width forms only. NFKC would go too far: it reads ① as 1 and 10² as 102.
_FULL_WIDTH = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x2212: "-"}
_SPACES = {0x3000: " ", 0x00A0: " "}
# Nobody sees these: Unicode's format characters (Cf, but for the few that print a sign) and what else
# it lets a program ignore, and control characters but for tab and line breaks.
_UNSEEN_RANGES = (
    (0x00, 0x08), (0x0E, 0x1B), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C),
    (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF), (0xFFF0, 0xFFFB), (0x13430, 0x13440), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)  # fmt: skip
_IS_UNSEEN = re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in _UNSEEN_RANGES) + "]")
_UNSEEN = dict.fromkeys(n for first, last in _UNSEEN_RANGES for n in range(first, last + 1))
_NO_WORD = re.compile(r"[^\w%]")
_DASHES = dict.fromkeys(range(0x2010, 0x2016), "-")
_SEEN = _FULL_WIDTH | _UNSEEN
_PLAIN = _SEEN | _SPACES
_BACKWARDS = "\u202e"  # everything up to its end is shown from right to left, digits too
_A_DAY = timedelta(days=1)
_A_MINUTE = timedelta(minutes=1)
_LONGEST_KEPT, _MOST_KEPT = 200, 8192
T = TypeVar("T")


def remembered(work: Callable[[str], T]) -> Callable[[str], T]:
    """`work`, done once for a short text that comes again and again: the lines and headings of a form, in every return of it."""
    known = lru_cache(_MOST_KEPT)(work)

    @wraps(work)
    def asked(text: str) -> T:
        return known(text) if len(text) <= _LONGEST_KEPT else work(text)

    return asked


@remembered
def plain(text: str) -> str:
    """Half-width, without unseen characters, stripped; line breaks and inner spaces stay."""
    return text.translate(_PLAIN).strip()


def visible(text: str) -> str:
    """Without unseen characters, else as it is."""
    return text.translate(_UNSEEN)


def seen(text: str) -> str:
    """`plain` with every space as it is: which one separates two digits matters."""
    return text.translate(_SEEN).strip()


@remembered
def compact(text: str) -> str:
    """`plain` without any space: two spellings of a name, a title or a code compare equal."""
    return "".join(text.translate(_PLAIN).split())


@remembered
def unseen(text: str) -> str:
    """The unseen characters in it, each once, by number: U+202D、U+202C; empty where all can be seen."""
    return "、".join(dict.fromkeys(f"U+{ord(char):04X}" for char in _IS_UNSEEN.findall(text)))


def is_backwards(text: str) -> bool:
    """Whether it shows other than it is stored: 12 as 21."""
    return _BACKWARDS in text


def code(raw: Any) -> str:
    """A printed code as it compares: 210402.0, ' a０1 ' and '２１０４０２' are 210402, A01 and 210402."""
    if type(raw) is int or type(raw) is float:  # nothing in it to be set aside
        return as_written(raw).upper()
    return _code(as_written(raw))


@remembered
def _code(text: str) -> str:
    return compact(text).translate(_DASHES).upper()


@remembered
def heading(text: str) -> str:
    """A title or a name as it compares: half-width, without spaces and punctuation."""
    return _NO_WORD.sub("", compact(text))


def nearest_day(moment: datetime) -> date | None:
    """The day that begins within a minute of `moment`: programs write midnight as 23:59:17 of the day before."""
    day = moment.date()
    since = moment.replace(tzinfo=None) - datetime.combine(day, datetime.min.time())
    if since <= _A_MINUTE:
        return day
    return day + _A_DAY if since >= _A_DAY - _A_MINUTE and day < date.max else None


def as_written(raw: Any) -> str:
    """A cell's value as text, shortest form; '' for None."""
    if isinstance(raw, str):
        return raw
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, int) and abs(raw) >= 10**30:
        return f"{Decimal(raw):.3E}"  # str() refuses integers of many thousand digits
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    if isinstance(raw, datetime):
        day = nearest_day(raw)
        return day.isoformat() if day else raw.isoformat(" ")
    return raw.isoformat() if isinstance(raw, date) else str(raw)
