from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from catalogue.model import Plan
from etl.model import Finding, History, Return, Severity
from etl.rules.looking import about
from etl.rules.ratios import compared

LEAST_RISE = Decimal("0.1")  # percentage points; below it nobody would call it better


def ratio_by_denominator(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """A ratio that looks better only because there is less to divide by.

    A note, not a question: `denominator_moved` asks about the change itself, and between school
    years it is natural. Source: small-sample checks, plan task 10 and 11 ratios.
    """
    for ratio in compared(ret, plan, history):
        now, before = ratio.now, ratio.before
        rise = now.value - before.value
        if (
            ratio.indicator.better == "higher"
            and now.denominator < before.denominator
            and now.numerator <= before.numerator
            and rise >= LEAST_RISE
        ):
            yield about(
                ratio.denominator,
                "ratio_by_denominator",
                Severity.NOTE,
                indicator=ratio.indicator.code,
                ratio=now.shown,
                ratio_measure=ratio.indicator.measure,
                last_ratio=before.shown,
                last_ratio_measure=ratio.indicator.measure,
                value=now.denominator,
                last=before.denominator,
                numerator=now.numerator,
                last_numerator=before.numerator,
            )
