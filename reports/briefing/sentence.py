"""Sentences that know which of their characters are numbers, and where each number comes from.

A sentence is built from a wording as any other (`fill` is `say`), and keeps the places of its claims. When a person
has rewritten it, `bound` finds the claims that still stand as they were; whatever was changed is only text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from catalogue.wording import say
from reports.proof import Number

_HELD = re.compile("\ue000([0-9]+)\ue001")  # private characters: no wording has them
_POINTS = ".,"  # part of a numeral where a figure follows, else stops
_PARTS = "+−-±/%‰第负零〇一二三四五六七八九十百千万亿两半几余多倍"


@dataclass(frozen=True, slots=True)
class Claim:
    """A number as it is printed with its unit, or words that are quoted.

    means: what it says, source: where it was read; both for the annex. number: where it is a value of `judged`.
    stem: begins its bookmark's name. name: the bookmark, "" until the whole text is known.
    """

    text: str
    means: str
    source: str
    stem: str
    number: Number | None = None
    indicator: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """parts: bare words and claims, in order."""

    parts: tuple[str | Claim, ...] = ()

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    @property
    def claims(self) -> tuple[Claim, ...]:
        return tuple(part for part in self.parts if isinstance(part, Claim))

    @property
    def numbers(self) -> tuple[Number, ...]:
        return tuple(claim.number for claim in self.claims if claim.number is not None)


Words = str | Claim | Sentence


def fill(key: str, /, **fields: Any) -> Sentence:
    """The wording of `key`; fields may be claims and sentences too."""
    held: list[Claim | Sentence] = []

    def hold(field: Any) -> Any:
        if not isinstance(field, Claim | Sentence):
            return field
        held.append(field)
        return f"\ue000{len(held) - 1}\ue001"

    told = say(key, **{name: hold(field) for name, field in fields.items()})
    pieces = _HELD.split(told)  # words, place, words, place, …, words
    return together(held[int(piece)] if n % 2 else piece for n, piece in enumerate(pieces))


def together(pieces: Iterable[Words], between: str = "") -> Sentence:
    """One sentence of several, with the same words between each two."""
    parts: list[str | Claim] = []
    for n, piece in enumerate(pieces):
        for part in ((between,) if n else ()) + (piece.parts if isinstance(piece, Sentence) else (piece,)):
            if isinstance(part, str) and parts and isinstance(parts[-1], str):
                parts[-1] += part
            elif part != "":
                parts.append(part)
    return Sentence(tuple(parts))


def bound(sentence: Sentence, text: str) -> list[str | Claim]:
    """`text` in pieces: the claims of the sentence that stand in it unchanged, and the words between them."""
    was = sentence.text
    if text == was:
        return list(sentence.parts)
    blocks = SequenceMatcher(None, was, text, autojunk=False).get_matching_blocks()
    pieces: list[str | Claim] = []
    end = start = 0
    for part in sentence.parts:
        size = len(part) if isinstance(part, str) else len(part.text)
        if isinstance(part, Claim):
            block = next((b for b in blocks if b.a <= start and start + size <= b.a + b.size), None)
            at = block.b + start - block.a if block else -1
            if block and _alone(text, at, at + size, was, start, start + size):
                pieces += [text[end:at], part]
                end = at + size
        start += size
    return [piece for piece in (*pieces, text[end:]) if piece != ""]


def _alone(text: str, at: int, to: int, was: str, was_at: int, was_to: int) -> bool:
    """Nothing was put against it that makes another number of it: 1 before 9座, .5 or 万 behind 9."""
    before, behind = text[at - 1 : at] if at else "", text[to : to + 1]
    if before in _POINTS:
        makes = text[at - 2 : at - 1].isdigit() if before else False
    else:
        makes = _is_part(before) and before != was[max(0, was_at - 1) : was_at]
    if behind in _POINTS:
        return not makes and not (behind and text[to + 1 : to + 2].isdigit())
    return not makes and not (_is_part(behind) and behind != was[was_to : was_to + 1])


def _is_part(sign: str) -> bool:
    """Of a numeral or of what multiplies it."""
    return sign in _PARTS or (sign.isascii() and sign.isalnum())
