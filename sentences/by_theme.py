"""Promises by theme (field of work): how many stand at each light, for the city, and theme by theme for each unit.

A light is firm where approved returns alone give it. Where these do not suffice, what everybody has filed is told beside it,
so that the day after a deadline is not all grey; grey is what neither decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from catalogue.model import Commitment, Plan
from sentences import reading

WORST_FIRST = ("red", "yellow", "green", "grey")


@dataclass(frozen=True, slots=True)
class Lit:
    """A light; firm: approved returns alone give it."""

    light: str
    firm: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """One theme. counts: promises by light and firmness, zeros left out."""

    theme: str
    counts: Mapping[Lit, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def of(self, light: str) -> int:
        return sum(count for lit, count in self.counts.items() if lit.light == light)

    @property
    def worst(self) -> Lit | None:
        """The worst light there is, grey only where no other is; None for no promises. Firm where one such light is."""
        for light in WORST_FIRST:
            if mine := [lit for lit in self.counts if lit.light == light]:
                return Lit(light, any(lit.firm for lit in mine))
        return None


def together(name: str, tallies: Iterable[Tally]) -> Tally:
    """All of a unit's themes as one."""
    return Tally(name, sum((Counter(one.counts) for one in tallies), Counter()))


def behind(tallies: Iterable[Tally], firm: bool) -> tuple[str, list[tuple[str, int]]]:
    """The worse of red and yellow that any of them has, and how many each has that has any, most first; ("", []) for none.

    firm: only what approved returns alone give.
    """
    told = list(tallies)
    for light in ("red", "yellow"):
        counts = {one.theme: one.counts.get(Lit(light, True), 0) for one in told}
        if not firm:
            counts = {one.theme: one.of(light) for one in told}
        if found := [(theme, count) for theme, count in counts.items() if count]:
            return light, sorted(found, key=lambda item: -item[1])
    return "", []


def settled(approved: str, filed: str, basis: str) -> Lit:
    """The light of one promise in pictures. basis: of the numbers on show; it decides where both bases judge and differ."""
    if basis == "filed" or approved == "grey":
        return Lit(filed, approved == filed)
    return Lit(approved, True)


def of_city(approved: pd.DataFrame, filed: pd.DataFrame, plan: Plan, basis: str) -> list[Tally]:
    """Themes with promises, in the plan's order. approved, filed: `judged` of one quarter in either basis."""
    first, second = _lights(reading.about(approved)), _lights(reading.about(filed))
    return _tallies(
        (
            (promise, settled(first.get(promise.id, "grey"), second[promise.id], basis))
            for promise in plan.commitments.values()
            if promise.id in second
        ),
        plan,
    )


def of_unit(
    approved: pd.DataFrame, filed: pd.DataFrame, plan: Plan, basis: str, unit: str, themes: Iterable[str]
) -> dict[str, Tally]:
    """Theme -> the unit's own lights in it; an empty tally where the plan sets it nothing of its own to be judged by."""
    first, second = (_own(rows, plan, unit) for rows in (approved, filed))
    lit = (
        (plan.commitments[code], settled(first.get(code, "grey"), light, basis))
        for code, light in second.items()
        if code in plan.commitments
    )
    found = {tally.theme: tally for tally in _tallies(lit, plan)}
    return {theme: found.get(theme, Tally(theme, {})) for theme in themes}


def moved(now: Mapping[str, str], before: Mapping[str, str]) -> tuple[int, int]:
    """How many promises went to a better light, and to a worse; of those judged in both. Promise -> light."""
    both = [
        (WORST_FIRST.index(now[code]), WORST_FIRST.index(before[code]))
        for code in now
        if "grey" not in (now[code], before.get(code, "grey"))
    ]
    return sum(a > b for a, b in both), sum(a < b for a, b in both)


def own_lights(rows: pd.DataFrame, plan: Plan, unit: str) -> dict[str, str]:
    """Promise -> light, of those the unit has a light of its own for. rows: `judged` of one quarter."""
    return _own(rows, plan, unit)


def renumbered(lights: Mapping[str, str], theirs: Plan, ours: Plan, other: Collection[str] = ()) -> dict[str, str]:
    """Promise -> light, promises numbered as in our plan instead of another year's, by their indicator.

    Left out: what our plan does not promise, and indicators in `other`, which are computed of other things by now.
    """
    mine = {promise.indicator: code for code, promise in ours.commitments.items() if promise.indicator not in other}
    indicators = {code: promise.indicator for code, promise in theirs.commitments.items()}
    return {mine[indicators[code]]: light for code, light in lights.items() if indicators[code] in mine}


def is_judged(row: Any, promise: Commitment | None) -> bool:
    """The plan sets the subject something of its own to be judged by, and it has something to count."""
    return _is_judged(row.verdict, row.target, promise)


def _is_judged(verdict: str, target: Any, promise: Commitment | None) -> bool:
    if promise is None or verdict == "not_applicable":
        return False
    return promise.operator in ("up", "down") or not reading.blank(target)


def _lights(rows: pd.DataFrame) -> dict[str, str]:
    mine = rows[rows["commitment"].notna()]
    return dict(zip(mine["commitment"], mine["light"], strict=True))


def _own(rows: pd.DataFrame, plan: Plan, unit: str) -> dict[str, str]:
    mine = rows[(rows["subject"] == unit) & rows["commitment"].notna()]
    columns = (mine[name] for name in ("commitment", "light", "verdict", "target"))
    return {
        commitment: light
        for commitment, light, verdict, target in zip(*columns, strict=True)
        if _is_judged(verdict, target, plan.commitments.get(commitment))
    }


def _tallies(lit: Iterable[tuple[Commitment, Lit]], plan: Plan) -> list[Tally]:
    counts: dict[str, Counter[Lit]] = {theme: Counter() for theme in plan.themes}
    for promise, one in lit:
        counts[plan.indicators[promise.indicator].theme][one] += 1
    return [Tally(theme, dict(count)) for theme, count in counts.items() if count]
