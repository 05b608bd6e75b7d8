"""An indicator's ratio for one subject, now and a quarter ago, from the same returns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from catalogue.model import Indicator, Plan
from etl.model import Entry, History, Return

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class RatioParts:
    """Σ numerator over Σ denominator, the denominator above zero."""

    numerator: Decimal
    denominator: Decimal
    scale: int

    @property
    def value(self) -> Decimal:
        return self.scale * self.numerator / self.denominator

    @property
    def shown(self) -> Decimal:
        """Two decimals, half up, as the bureau prints percentages."""
        return self.value.quantize(_HUNDREDTH, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Ratio:
    """Grain: indicator × subject. `numerator`, `denominator`: the first entry of either side."""

    indicator: Indicator
    now: RatioParts
    before: RatioParts
    numerator: Entry
    denominator: Entry


def parts(indicator: Indicator, value_of: Callable[[str], Decimal | None]) -> RatioParts | None:
    """None while a part is blank or 不适用, or the denominator is zero: no ratio, not a ratio of 0."""
    above, below = _sum(indicator.numerator, value_of), _sum(indicator.denominator, value_of)
    if above is None or below is None or below <= 0:
        return None
    return RatioParts(above, below, indicator.scale)


def _sum(codes: Iterable[str], value_of: Callable[[str], Decimal | None]) -> Decimal | None:
    values = [value_of(code) for code in codes]
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None


def compared(ret: Return, plan: Plan, history: History) -> Iterator[Ratio]:
    """Every ratio known both for this quarter and the last.

    Annual ratios are left out, and ratios with a flow in the first quarter: flows restart on 1 January.
    """
    last = ret.period.previous
    if not history.values.get(last):
        return
    for subject in ret.subjects():
        for indicator in plan.indicators.values():
            if ret.value(indicator.numerator[0], subject) is None:
                continue
            codes = (*indicator.numerator, *indicator.denominator)
            natures = {plan.elements[code].nature for code in codes}
            if "annual" in natures or ("flow" in natures and last.year != ret.period.year):
                continue
            now = parts(indicator, partial(ret.value, subject=subject))
            before = parts(indicator, partial(history.value, last, subject=subject))
            if now and before:
                above, below = ret.entry(indicator.numerator[0], subject), ret.entry(indicator.denominator[0], subject)
                assert above and below, "now is a ratio of these entries"
                yield Ratio(indicator, now, before, numerator=above, denominator=below)
