"""A declared total against what it adds up."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from etl.model import Entry
from etl.rules.looking import NA_MARK, is_answered


def sum_off(total: Entry | None, parts: Iterable[Entry | None]) -> dict[str, Any] | None:
    """Fields total, sum and difference when they do not agree; None when they do or an answer is missing.

    Exact: reading has rounded away the noise of binary fractions. A part that this reporter's
    form lacks, or that does not apply, adds nothing.
    """
    asked = [part for part in parts if part is not None]
    if not is_answered(total) or not all(is_answered(part) for part in asked):
        return None
    stated = total.value if total.value is not None else Decimal(0)
    added = sum((part.value for part in asked if part.value is not None), Decimal(0))
    if stated == added:
        return None
    shown = NA_MARK if total.value is None else stated
    return {"total": shown, "sum": added, "difference": abs(stated - added)}
