"""Quarters, the grain of every return."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """One calendar quarter, written 2021Q1."""

    year: int
    quarter: int

    @classmethod
    def parse(cls, text: str) -> Period:
        """Raises ValueError, naming the text, unless it reads like 2021Q4."""
        if not isinstance(text, str) or not re.fullmatch(r"\d{4}Q[1-4]", text):
            raise ValueError(f"{text!r} is not a quarter like 2021Q4")
        return cls(int(text[:4]), int(text[5]))

    @classmethod
    def of(cls, day: date) -> Period:
        return cls(day.year, (day.month + 2) // 3)

    def __str__(self) -> str:
        return f"{self.year}Q{self.quarter}"

    def __lt__(self, other: Period) -> bool:
        return self.ordinal < other.ordinal

    @property
    def ordinal(self) -> int:
        """Quarters since year 0: neighbours differ by one."""
        return self.year * 4 + self.quarter - 1

    @classmethod
    def from_ordinal(cls, ordinal: int) -> Period:
        return cls(ordinal // 4, ordinal % 4 + 1)

    @property
    def previous(self) -> Period:
        return self.from_ordinal(self.ordinal - 1)

    @property
    def year_before(self) -> Period:
        """The same quarter of last year."""
        return Period(self.year - 1, self.quarter)

    @property
    def following(self) -> Period:
        return self.from_ordinal(self.ordinal + 1)

    @property
    def last_day(self) -> date:
        month = self.quarter * 3
        first_of_next = date(self.year + month // 12, month % 12 + 1, 1)
        return first_of_next - timedelta(days=1)


def span(first: Period, last: Period) -> tuple[Period, ...]:
    """Every quarter from `first` to `last`, both included."""
    return tuple(Period.from_ordinal(n) for n in range(first.ordinal, last.ordinal + 1))
