"""On the wall, at the left: how many promises stand at each light, the units as tiles for one theme, their race on one indicator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from catalogue.model import Indicator
from catalogue.wording import pick, say
from sentences import by_theme, reading
from sentences.by_theme import Tally
from sentences.lights import LIGHTS
from ui import reads
from ui.kit import figures
from ui.kit.templates import render
from ui.reads.kept import per_version
from ui.screens.overview import bullets, standing, standings

FEWEST = 3  # units with a value; fewer are no race


@dataclass(frozen=True, slots=True)
class WallTile:
    """A unit on the tile map, from 1. count: how many stand at its worst light; words: instead of a light."""

    name: str
    row: int
    column: int
    look: str
    light: str = ""
    count: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Race:
    """Units on one indicator, the best first: (name, place on the track, value in words). missing: names of those not in it."""

    title: str
    runners: tuple[tuple[str, str, str], ...]
    missing: str


@per_version(256, by=(figures.key, reads.today))
def html(basis: str, period: str, turn: int) -> Markup:
    """turn: which theme and which indicator have their turn; it runs on for ever."""
    plan, told, themes = reads.plan(), standings.of(basis, period), _themes(basis, period)
    counts = standing.light_counts(told)
    theme, tallies = themes[turn % len(themes)] if themes else ("", {})
    return render(
        "wall/city.html",
        total=len(told),
        counts=[(light, counts[light]) for light in LIGHTS],
        theme=pick(plan.themes[theme], "title") if themes else None,
        tiles=[_tile(unit, tallies[unit], period) for unit in plan.units] if themes else [],
        race=_race(basis, period, turn),
    )


def turns(basis: str, period: str) -> int:
    """After so many turns themes and indicators stand as they began; what is cached need not know more."""
    return max(1, len(_themes(basis, period))) * max(1, len(_races(basis, period)))


def _themes(basis: str, period: str) -> list[tuple[str, dict[str, Tally]]]:
    """Themes in which at least one unit has lights of its own, with each unit's."""
    plan = reads.plan()
    found = {
        unit: by_theme.of_unit(
            reads.own("approved", period, unit), reads.own("filed", period, unit), plan, basis, unit, plan.themes
        )
        for unit in plan.units
    }
    return [
        (theme, {unit: tallies[theme] for unit, tallies in found.items()})
        for theme in plan.themes
        if any(tallies[theme].total for tallies in found.values())
    ]


def _tile(code: str, tally: Tally, period: str) -> WallTile:
    unit, worst = reads.plan().units[code], tally.worst
    name, row, column = reading.unit_name(unit), unit.tile[0] + 1, unit.tile[1] + 1
    status = reads.return_status(period, code)
    if status is not None and status.state == "missing":
        return WallTile(name, row, column, "missing", words=say("state.missing"))
    if worst is None:
        return WallTile(name, row, column, "none", words="·")
    look = f"{worst.light} {'' if worst.firm else 'pale'}"
    return WallTile(name, row, column, look, worst.light, tally.of(worst.light))


def _races(basis: str, period: str) -> list[Indicator]:
    """Indicators on which units can be held side by side, and enough of them have a number."""
    plan = reads.plan()
    promised = {promise.indicator for promise in plan.commitments.values()}
    rows = reads.of_period(basis, period)
    there = rows[rows["subject"].isin(list(plan.units)) & rows["value"].notna()]["indicator"].value_counts()
    return [
        indicator
        for code, indicator in plan.indicators.items()
        if code in promised and reading.is_comparable(indicator) and there.get(code, 0) >= FEWEST
    ]


def _race(basis: str, period: str, turn: int) -> Race | None:
    races = _races(basis, period)
    if not races:
        return None
    indicator = races[turn % len(races)]
    told = reading.unit_readings(reads.of_period(basis, period), indicator, reads.plan(), period)
    there: list[Any] = sorted(
        (one for one in told if one.value is not None), key=lambda one: one.value, reverse=indicator.better != "lower"
    )
    along = bullets.scale([one.value for one in there])
    runners = tuple((reading.unit_name(one.unit), along.at(one.value), one.worded) for one in there)
    missing = [reading.unit_name(one.unit) for one in told if one.state in ("missing", "pending")]
    return Race(pick(indicator), runners, say("grey.and").join(missing))
