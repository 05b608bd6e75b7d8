"""The formulas a template holds: what they add up, how they are written, what they give.

Template and reader share them: the reader takes a formula for ours only when it is, to the
letter, what the template would write for the places where it found the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from catalogue.model import Layout, Plan, Slot

NA = "/"
Part = Decimal | str | None  # a number, "/" for 不适用, None for blank
Ref = Callable[[Slot], str]


@dataclass(frozen=True, slots=True)
class Total:
    """合计: the sum of its parts; blank while all are blank, / when all are /."""

    parts: tuple[Slot, ...]

    def written(self, ref: Ref) -> str:
        cells = [ref(part) for part in self.parts]
        listed = ",".join(cells)
        return f'IF(COUNT({listed})>0,SUM({listed}),IF({"&".join(cells)}="{NA * len(cells)}","{NA}",""))'

    def result(self, value: Callable[[Slot], Part]) -> Part:
        parts = [value(part) for part in self.parts]
        numbers = [part for part in parts if isinstance(part, Decimal)]
        if numbers:
            return sum(numbers, Decimal(0))
        return NA if all(part == NA for part in parts) else None


@dataclass(frozen=True, slots=True)
class Share:
    """A ratio printed as a cross-check: scale × Σ numerator ÷ Σ denominator; blank while a part is."""

    numerator: tuple[Slot, ...]
    denominator: tuple[Slot, ...]
    scale: int
    places: int

    @property
    def parts(self) -> tuple[Slot, ...]:
        return self.numerator + self.denominator

    def written(self, ref: Ref) -> str:
        above = ",".join(map(ref, self.numerator))
        below = ",".join(map(ref, self.denominator))
        missing = f"COUNT({above},{below})<{len(self.parts)}"
        return f'IF(OR({missing},SUM({below})=0),"",ROUND({self.scale}*SUM({above})/SUM({below}),{self.places}))'

    def result(self, value: Callable[[Slot], Part]) -> Part:
        above = _sum([value(part) for part in self.numerator])
        below = _sum([value(part) for part in self.denominator])
        if above is None or not below:
            return None
        exact = self.scale * above / below
        return exact.quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP)


def _sum(parts: list[Part]) -> Decimal | None:
    """None while a part is no number."""
    total = Decimal(0)
    for part in parts:
        if not isinstance(part, Decimal):
            return None
        total += part
    return total


Formula = Total | Share


def formulas(plan: Plan, layout: Layout) -> Mapping[Slot, Formula]:
    """Which slots of a layout are computed.

    A total adds the parts that this reporter's layout has; a ratio needs all of its own.
    """
    form = plan.forms[layout.form]
    here = dict.fromkeys(layout.slots())
    found: dict[Slot, Formula] = {}
    for slot in here:
        if parts := form.totals.get(slot.element):
            present = tuple(p for part in parts if (p := Slot(element=part, subject=slot.subject)) in here)
            if present:
                found[slot] = Total(present)
        elif added := form.column_totals.get(slot.element):
            found[slot] = Total(tuple(other for other in here if other.element == added and other != slot))
    for slot in here:
        if share := _share(plan, slot, here):
            found[slot] = share
    return found


def _share(plan: Plan, slot: Slot, here: Mapping[Slot, None]) -> Share | None:
    element = plan.elements[slot.element]
    indicator = plan.indicators.get(element.ratio_of)
    if indicator is None:
        return None
    above = tuple(Slot(element=code, subject=slot.subject) for code in indicator.numerator)
    below = tuple(Slot(element=code, subject=slot.subject) for code in indicator.denominator)
    if not below or not all(part in here for part in above + below):
        return None
    return Share(above, below, indicator.scale, places=2 if element.measure == "percent" else 4)


def evaluate(slot: Slot, computed: Mapping[Slot, Formula], value: Callable[[Slot], Part]) -> Part:
    """What the formula of `slot` gives; parts that are formulas themselves are computed first."""
    return computed[slot].result(lambda part: evaluate(part, computed, value) if part in computed else value(part))


def bare(formula: str) -> str:
    """A formula's text without what programs add on saving: $, spaces, quotes around sheet names, case."""
    return "".join(formula.lstrip("=").replace("$", "").replace("'", "").split()).upper()
