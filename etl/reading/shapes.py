"""What a form asks of a reporter, worked out once for a plan: returns are read and checked by it again and again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Generic, TypeVar

from catalogue.layout import layout
from catalogue.model import Layout, Plan, Slot
from etl.reading.formulas import Formula, formulas

T = TypeVar("T")
_MOST = 256


class VerySame(Generic[T]):
    """Something as the key of a cache: that object and no equal one; it is held as long as it is a key."""

    def __init__(self, it: T) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, VerySame) and other.it is self.it


def shape(plan: Plan, form: str, reporter: str) -> Layout:
    """As `catalogue.layout.layout`."""
    return _layout(VerySame(plan), form, reporter)


def computed_slots(plan: Plan, shape: Layout) -> Mapping[Slot, Formula]:
    """As `etl.reading.formulas.formulas`."""
    return _formulas(VerySame(plan), VerySame(shape))


@lru_cache(_MOST)
def _layout(plan: VerySame[Plan], form: str, reporter: str) -> Layout:
    return layout(plan.it, form, reporter)


@lru_cache(_MOST)
def _formulas(plan: VerySame[Plan], shape: VerySame[Layout]) -> Mapping[Slot, Formula]:
    return formulas(plan.it, shape.it)
