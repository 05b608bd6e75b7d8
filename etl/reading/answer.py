"""What one cell says: a value, a text, nothing, 不适用, or something that is no answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from etl.model import EntryState, Severity
from etl.reading.plain import visible


@dataclass(frozen=True, slots=True)
class CellRepair:
    """What a reader did to a cell, or why it could not; becomes a Finding once the cell is known."""

    rule: str
    severity: Severity
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """value for numbers; text for texts, dates (ISO) and choices (their key)."""

    state: EntryState
    value: Decimal | None = None
    text: str | None = None
    repairs: tuple[CellRepair, ...] = ()

    @classmethod
    def of(cls, answer: Decimal | str, *repairs: CellRepair) -> Answer:
        if isinstance(answer, str):
            return cls(EntryState.VALUE, text=answer, repairs=repairs)
        return cls(EntryState.VALUE, value=answer, repairs=repairs)


BLANK = Answer(EntryState.BLANK)


def note(rule: str, *, raw: str, **fields: Any) -> CellRepair:
    return CellRepair(rule, Severity.NOTE, {"raw": brief(raw), **fields})


def bad(rule: str, *, raw: str, **fields: Any) -> Answer:
    return Answer(EntryState.BAD, repairs=(CellRepair(rule, Severity.BLOCKS, {"raw": brief(raw), **fields}),))


def brief(raw: str) -> str:
    """What a cell shows, short enough for a sentence."""
    text = " ".join(visible(raw).split())
    return text if len(text) <= 40 else text[:39] + "…"
