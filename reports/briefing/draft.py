"""The text of a briefing before it is a file: paragraphs that can be changed, and the table of the units.

A person changes `text`; `sentence` keeps what was read, so that what was changed can be told from what was not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from reports.briefing.sentence import Claim, Sentence, bound, together
from reports.briefing.sources import File
from reports.proof import Number

Kind = Literal["title", "address", "h1", "h2", "item", "text", "attached", "sign", "date"]
# What can be left out: sections, and what stands in them
PARTS = ("overall", "met", "behind", "undecided", "works", "units", "ranking", "returns", "next", "charts")
LONGEST = 40  # characters of a bookmark's name, by the format


@dataclass(frozen=True, slots=True)
class Paragraph:
    """id: its section and place, behind.2. text: as it is to be printed; "" leaves it out."""

    id: str
    kind: Kind
    text: str
    sentence: Sentence

    @property
    def section(self) -> str:
        return self.id.rpartition(".")[0]

    @property
    def edited(self) -> bool:
        return self.text != self.sentence.text

    @property
    def pieces(self) -> list[str | Claim]:
        """Words, and the claims that stand in the text as they were read."""
        return bound(self.sentence, self.text)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The table of the units: rows are as long as heads. Empty where nothing can be compared."""

    heads: tuple[str, ...] = ()
    rows: tuple[tuple[Sentence, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class BriefingDraft:
    """stands_on: quarter, basis, version and language it was read in; a file is made only from the same.

    files: the returns under its numbers, as they are numbered in the annex. left_out: parts somebody does not want.
    """

    stands_on: tuple[str, str, int, str]
    paragraphs: tuple[Paragraph, ...]
    ranking: Ranking
    files: tuple[File, ...] = ()
    left_out: tuple[str, ...] = ()

    def without(self, parts: Collection[str]) -> BriefingDraft:
        """Less these of `PARTS`; the file says which. Numbers that stand nowhere any more leave the annex too."""
        left_out = tuple(part for part in PARTS if part in parts)
        ranking = Ranking() if {"ranking", "units"} & set(left_out) else self.ranking
        kept = tuple(one for one in self.paragraphs if one.section not in left_out)
        return replace(self, paragraphs=kept, ranking=ranking, left_out=left_out)

    @property
    def sections(self) -> dict[str, tuple[Paragraph, ...]]:
        """In order of reading."""
        found: dict[str, tuple[Paragraph, ...]] = {}
        for paragraph in self.paragraphs:
            found[paragraph.section] = (*found.get(paragraph.section, ()), paragraph)
        return found

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every number and quotation that stands as it was read, in order of reading."""
        told = [piece for paragraph in self.paragraphs for piece in paragraph.pieces if isinstance(piece, Claim)]
        return (*told, *(claim for row in self.ranking.rows for cell in row for claim in cell.claims))

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Of these the values of `judged`, each with its bookmark."""
        return tuple(replace(claim.number, place=claim.name) for claim in self.claims if claim.number is not None)


class Writing:
    """Paragraphs as they are written, section by section."""

    def __init__(self) -> None:
        self.paragraphs: list[Paragraph] = []
        self._section = ""
        self._count = 0

    def section(self, name: str) -> None:
        self._section, self._count = name, 0

    def add(self, kind: Kind, *pieces: str | Claim | Sentence, between: str = "") -> None:
        self._count += 1
        sentence = together((piece for piece in pieces if piece not in ("", Sentence())), between)
        self.paragraphs.append(Paragraph(f"{self._section}.{self._count}", kind, sentence.text, sentence))


def named(paragraphs: Iterable[Paragraph], ranking: Ranking) -> tuple[tuple[Paragraph, ...], Ranking]:
    """With a bookmark's name for every claim, each only once."""
    taken: set[str] = set()

    def name(claim: Claim) -> Claim:
        stem = re.sub(r"[^A-Za-z0-9]+", "_", f"n_{claim.stem}")[: LONGEST - 4]
        told, n = stem, 1
        while told in taken:
            n += 1
            told = f"{stem}_{n}"
        taken.add(told)
        return replace(claim, name=told)

    return (
        tuple(replace(paragraph, sentence=_each(paragraph.sentence, name)) for paragraph in paragraphs),
        replace(ranking, rows=tuple(tuple(_each(cell, name) for cell in row) for row in ranking.rows)),
    )


def _each(sentence: Sentence, change: Callable[[Claim], Claim]) -> Sentence:
    return Sentence(tuple(change(part) if isinstance(part, Claim) else part for part in sentence.parts))
