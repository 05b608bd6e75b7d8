"""The same quarter last year, beside the quarter before: 同比."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from catalogue.display import NOTHING, bare_difference, difference, quarter
from catalogue.wording import say
from sentences import reading


@dataclass(frozen=True, slots=True)
class YearBefore:
    """period: last year's quarter. change: over exactly the units that answered in both, of `same` of `expected`; None where that
    cannot be said. redefined: the indicator is computed of other things since."""

    period: str
    measure: str
    change: float | None
    same: int = 1
    expected: int = 1
    redefined: bool = False

    def words(self, with_unit: bool = True) -> str:
        """同比+1.6个百分点, 同比+1.6; 同比：口径已变; "" where nothing can be said."""
        if self.redefined:
            return say("year_before.redefined")
        told = (difference if with_unit else bare_difference)(self.change, self.measure)
        return "" if told == NOTHING else say("year_before.change", change=told)

    @property
    def hint(self) -> str:
        of = say("year_before.hint", period=quarter(self.period))
        return of if self.expected == 1 else of + say("year_before.same", same=self.same, expected=self.expected)


def of(rows: pd.DataFrame, before: str) -> dict[tuple[str, str | None], YearBefore]:
    """By indicator and subject, None for the city. rows: of `compare_periods.city_since` or `own_since`."""
    return {
        (row.indicator, row.subject): YearBefore(
            before,
            row.measure,
            None if reading.blank(row.change) or row.redefined else float(row.change),
            int(row.same_units),
            int(row.expected),
            bool(row.redefined),
        )
        for row in rows.itertuples(index=False)
    }
