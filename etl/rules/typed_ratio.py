from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from catalogue.model import Plan
from etl.model import Finding, History, Return, Severity
from etl.rules.looking import about
from etl.rules.ratios import parts

TOLERANCE = Decimal("0.05")  # percentage points, for rounding


def typed_ratio(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """Ratios are computed from counts; one that was typed over its formula is only a cross-check.

    Source: domain rules (±0.05 percentage points).
    """
    for slot, entry in ret.entries.items():
        indicator = plan.indicators.get(plan.elements[slot.element].ratio_of)
        if indicator is None or entry.value is None or entry.value < 0:
            continue
        computed = parts(indicator, partial(ret.value, subject=slot.subject))
        if computed and not _agrees(entry.value, computed.value):
            yield about(
                entry,
                "typed_ratio",
                Severity.EXPLAIN,
                value=entry.value,
                computed=computed.shown,
                difference=abs(entry.value - computed.shown).quantize(Decimal("0.01")),
                difference_measure="point",
            )


def _agrees(typed: Decimal, computed: Decimal) -> bool:
    """A cell formatted as a percentage shows 47% and holds 0.47."""
    return abs(typed - computed) <= TOLERANCE or abs(typed * 100 - computed) <= TOLERANCE
