"""What the city's number would be if its units' numbers were others. The light it would have is judged by the warehouse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WhatIfPart:
    """One unit as it answered. value: as its screen shows it; weight: its denominator, 1 for a sum."""

    unit: str
    value: float
    weight: float = 1


def city(parts: list[WhatIfPart], moved: Mapping[str, float], is_ratio: bool) -> tuple[float, float]:
    """(num, den) of the city's number, as in `subject_value`, with `moved` (unit -> its new value) in place of what was
    reported; denominators stay. den: 1 for a sum."""
    total = sum(moved.get(part.unit, part.value) * part.weight for part in parts)
    return total, sum(part.weight for part in parts) if is_ratio else 1


def reach(value: float, highest: float, whole: bool) -> tuple[float, float]:
    """(top, step) of a slider for a count: twice what is there, to a round number, in steps a finger can hit."""
    top = max(2 * value, highest / 4, 10)
    size = 1.0
    while size * 10 <= top:
        size *= 10
    top = -(-top // size) * size
    step = size / 100
    return top, max(1, step) if whole else step
