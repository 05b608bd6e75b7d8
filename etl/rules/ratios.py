"""An indicator's ratio for one subject, now and a quarter ago, from the same returns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from catalogue.model import Indicator, Plan
from etl.model import Entry, History, Return

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Parts:
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
    now: Parts
    before: Parts
    numerator: Entry
    denominator: Entry


def parts(indicator: Indicator, value_of: Callable[[str], Decimal | None]) -> Parts | None:
    """None while a part is blank or 不适用, or the denominator is zero: no ratio, not a ratio of 0."""
    above = [value_of(code) for code in indicator.numerator]
    below = [value_of(code) for code in indicator.denominator]
    if None in above or None in below or not below or sum(below) <= 0:
        return None
    return Parts(sum(above), sum(below), indicator.scale)


def compared(ret: Return, plan: Plan, history: History) -> Iterator[Ratio]:
    """Every ratio known both for this quarter and the last.

    Annual ratios are left out, and ratios with a flow in the first quarter: flows restart on 1 January.
    """
    last = ret.period.previous
    for subject in ret.subjects():
        for indicator in plan.indicators.values():
            codes = (*indicator.numerator, *indicator.denominator)
            natures = {plan.elements[code].nature for code in codes}
            if "annual" in natures or ("flow" in natures and last.year != ret.period.year):
                continue
            now = parts(indicator, lambda code, who=subject: ret.value(code, who))
            before = parts(indicator, lambda code, who=subject: history.value(last, code, who))
            if now and before:
                yield Ratio(
                    indicator,
                    now,
                    before,
                    numerator=ret.entry(indicator.numerator[0], subject),
                    denominator=ret.entry(indicator.denominator[0], subject),
                )
