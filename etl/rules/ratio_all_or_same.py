from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from catalogue.display import number
from catalogue.model import Plan
from etl.model import Finding, History, Return, Severity
from etl.rules.looking import about
from etl.rules.ratios import Ratio, compared

ALL_LEAST = Decimal(20)  # a denominator smaller than this reaches 100 % in one step
SAME_LEAST = Decimal(100)  # among fewer, two fractions often round alike


def ratio_all_or_same(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """A ratio that arrives at exactly 100 %, or is the same to the second decimal though both sides moved.

    Our reading keeps it quiet: 100 % two quarters running is an achievement, an unchanged ratio of
    unchanged numbers is a quiet quarter, and 0 % says nothing. Source: domain rules, 核实
    (ratio = 100 % or unchanged to the digit).
    """
    for ratio in compared(ret, plan, history):
        if _arrived(ratio) or _same_by_other_numbers(ratio):
            yield about(
                ratio.numerator,
                "ratio_all_or_same",
                Severity.EXPLAIN,
                indicator=ratio.indicator.code,
                last_period=ret.period.previous,
                ratio=ratio.now.shown,
                ratio_measure=ratio.indicator.measure,
                last_ratio=ratio.before.shown,
                last_ratio_measure=ratio.indicator.measure,
                parts=_written(ratio.now.numerator, ratio.now.denominator),
                last_parts=_written(ratio.before.numerator, ratio.before.denominator),
            )


def _arrived(ratio: Ratio) -> bool:
    now, before = ratio.now, ratio.before
    return now.numerator == now.denominator >= ALL_LEAST and before.numerator < before.denominator


def _same_by_other_numbers(ratio: Ratio) -> bool:
    now, before = ratio.now, ratio.before
    return (
        now.denominator >= SAME_LEAST
        and now.numerator < now.denominator
        and now.numerator != before.numerator
        and now.denominator != before.denominator
        and now.shown == before.shown
    )


def _written(numerator: Decimal, denominator: Decimal) -> str:
    return f"{number(numerator)}/{number(denominator)}"
