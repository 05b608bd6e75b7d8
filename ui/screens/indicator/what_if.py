"""What the city's number would be if its units' numbers were others, and the light it would have. Arithmetic only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class WhatIfPart:
    """One unit as it answered. value: as its screen shows it; weight: its denominator, 1 for a sum."""

    unit: str
    value: float
    weight: float = 1


def city(parts: list[WhatIfPart], moved: Mapping[str, float], is_ratio: bool) -> float:
    """The city's number with `moved` (unit -> its new value) in place of what was reported; denominators stay.

    Raises ZeroDivisionError for a ratio of nothing.
    """
    total = sum(moved.get(part.unit, part.value) * part.weight for part in parts)
    return total / sum(part.weight for part in parts) if is_ratio else total


def light(value: float, yardstick: Any) -> str:
    """green, yellow, red, or grey where there is nothing to judge by: the rules of the mart `case_verdict`, for one number.

    yardstick: the city's row of the mart `target_pace`.
    """
    held, sign, value = yardstick, yardstick.sign, round(value, 9)
    if held.rule == "direction":
        return (
            "grey"
            if not held.base_whole
            else "green"
            if sign * (value - held.base_num / held.base_den) > 0
            else "yellow"
        )
    if held.rule == "zero":
        return "red" if value > 0 else "green"
    if held.rule not in ("pace", "threshold", "frequency", "deadline"):
        return "grey"
    if held.rule == "threshold" and held.operator == "eq" and value > held.target:
        return "yellow" if value <= held.target + held.tolerance else "red"
    if sign * (value - held.green_at) >= 0:
        return "green"
    if held.rule == "deadline" and not held.is_over:
        return "grey"
    return "yellow" if held.yellow_at == held.yellow_at and sign * (value - held.yellow_at) >= 0 else "red"


def reach(value: float, highest: float, whole: bool) -> tuple[float, float]:
    """(top, step) of a slider for a count: twice what is there, to a round number, in steps a finger can hit."""
    top = max(2 * value, highest / 4, 10)
    size = 1.0
    while size * 10 <= top:
        size *= 10
    top = -(-top // size) * size
    step = size / 100
    return top, max(1, step) if whole else step
