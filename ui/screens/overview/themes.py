"""Which themes and which units are behind: lights as one bar per theme, and a table of units by themes. HTML.

Solid is what approved returns give, paler what all returns on file give; a click on a bar shows these promises alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd
from markupsafe import Markup

from catalogue.period import Period
from catalogue.wording import pick, say
from sentences import by_theme, reading
from sentences.by_theme import Lit, Tally
from ui import reads
from ui.kit import figures
from ui.kit.templates import Macros, render
from ui.reads import units as of_units
from ui.reads import year_before
from ui.reads.kept import per_version
from ui.screens.overview import paging

ORDER = ("green", "yellow", "red", "grey")
MISSING = "missing"  # a return that is owed and has not come
NAMED = 2  # of those that are behind, beside a heading
_CELLS, _TILES, _MARKS = Macros("overview/cells.html"), Macros("overview/tiles.html"), Macros("kit/marks.html")


@dataclass(frozen=True, slots=True)
class ThemeBar:
    """A theme's promises. name: the way to them; segments: how many stand at each light, the longest bar at full width."""

    theme: str
    name: Markup
    segments: Markup


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit's tile in each theme, a dot where it has no light of its own. name: the way to it; owed: what is said of one that
    has not filed, else "".
    """

    name: Markup
    tiles: tuple[Markup, ...]
    owed: str
    moved: Markup


@per_version(64, by=figures.key)
def bars(basis: str, period: str, chosen: str = "") -> Markup:
    """chosen: the theme whose promises alone stand below; "" for none."""
    bars, finding = _bars(basis, period)
    return render("overview/themes.html", bars=bars, finding=finding, chosen=chosen)


@per_version(64, by=figures.key)
def _bars(basis: str, period: str) -> tuple[list[ThemeBar], str]:
    """And in words which are behind."""
    plan = reads.plan()
    tallies = by_theme.of_city(
        reads.city_of_period("approved", period), reads.city_of_period("filed", period), plan, basis
    )
    light, themes = by_theme.behind(tallies, firm=basis == "approved")
    finding = _behind(light, [(pick(plan.themes[theme], "title"), count) for theme, count in themes])
    longest = max((tally.total for tally in tallies), default=1)
    bars = [
        ThemeBar(
            tally.theme,
            _MARKS.go("overview", pick(plan.themes[tally.theme], "title"), theme=tally.theme),
            _TILES.segments(
                tally.theme,
                f"{100 * tally.total / longest:.1f}",
                [(lit, count, _counted(lit, count)) for lit, count in _ordered(tally)],
            ),
        )
        for tally in tallies
    ]
    return bars, finding


def _behind(light: str, found: list[tuple[str, int]]) -> str:
    """明显落后：党建、改革与督导1项. found: themes with how many, most first."""
    if not light:
        return say("overview.themes_hint")
    named = [say("overview.behind.one", name=name, count=count) for name, count in found]
    return say(f"overview.behind.{light}", names=_first(named, "and_themes"))


def _behind_units(found: Mapping[str, Mapping[str, Tally]], missing: list[str], basis: str) -> str:
    """黄灯：望花4项、顺城3项；未报：抚顺县. Of its own lights; "" where none is behind and all have filed."""
    plan = reads.plan()
    names = {unit: reading.unit_name(plan.units[unit]) for unit in found}
    whole = [by_theme.together(unit, tallies.values()) for unit, tallies in found.items() if unit not in missing]
    light, units = by_theme.behind(whole, firm=basis == "approved")
    named = [say("overview.behind.one", name=names[unit], count=count) for unit, count in units]
    told = [say(f"overview.behind.units_{light}", names=_first(named, "and_units"))] if light else []
    if missing:
        told.append(say("overview.behind.missing", names=_first([names[unit] for unit in missing], "and_units")))
    return say("overview.behind.and_themes").join(told)


def _first(named: list[str], joiner: str) -> str:
    """Of many the first, and how many there are."""
    told = say(f"overview.behind.{joiner}").join(named[:NAMED])
    return told if len(named) <= NAMED else say("overview.behind.more", names=told, count=len(named))


@per_version(64, by=(figures.key, reads.today))
def units(basis: str, period: str, page: int, chosen: str = "") -> Markup:
    """Empty where the plan sets no unit anything of its own. chosen: a theme; its column stands out, and where it has none it
    is said.
    """
    themes, rows, finding = _units(basis, period, page)
    plan = reads.plan()
    count = len(plan.units)
    if not themes and count <= paging.ROWS:
        return Markup()
    key = "hint" if not chosen else "of_theme" if chosen in themes else "not_by_theme"
    return render(
        "overview/units.html",
        themes=[pick(plan.themes[theme], "title") for theme in themes],
        here=themes.index(chosen) if chosen in themes else None,
        hint=(not chosen and finding)
        or say(f"overview.units_{key}", theme=pick(plan.themes[chosen], "title") if chosen else ""),
        rows=rows,
        told=paging.told(page, count),
        ways=paging.ways(page, count),
    )


@per_version(64, by=(figures.key, reads.today))
def _units(basis: str, period: str, page: int) -> tuple[list[str], list[UnitRow], str]:
    """Themes that set any unit a target of its own, and the units of a page; of many units, those that need attention first.
    And in words which of them are behind and which have not filed.
    """
    plan = reads.plan()
    count = len(plan.units)
    order = list(plan.units) if count <= paging.ROWS else of_units.worst_first(basis, period)
    shown = order[paging.rows_of(page)]
    approved, filed = (of_units.lights(of, period, shown) for of in ("approved", "filed"))
    last = str(Period.parse(period).previous)
    before = of_units.lights("filed", last, shown) if last in reads.periods() else {}
    alike = bool(before) and reads.plan(last) is plan  # at the year's end every target is another
    moves = _moves(period, last if alike else "", shown), _moves(period, year_before.quarter_of(period), shown)
    found = {unit: by_theme.of_unit(approved[unit], filed[unit], plan, basis, unit, plan.themes) for unit in shown}
    themes = [theme for theme in plan.themes if any(tallies[theme].total for tallies in found.values())]
    rows = [
        _unit(unit, found[unit], themes, period, before.get(unit), _moved(*(each.get(unit) for each in moves)))
        for unit in shown
    ]
    return themes, rows, _behind_units(found, [unit for unit in shown if _is_missing(period, unit)], basis)


def _ordered(tally: Tally) -> list[tuple[Lit, int]]:
    return sorted(tally.counts.items(), key=lambda item: (ORDER.index(item[0].light), not item[0].firm))


def _counted(lit: Lit, count: int) -> str:
    """绿灯3项, 绿灯1项（含未审核）."""
    told = say("overview.at_light", light=say(f"light.{lit.light}"), count=count)
    return told if lit.firm else say("overview.with_unreviewed", told=told)


def _unit(
    unit: str, tallies: Mapping[str, Tally], themes: list[str], period: str, before: pd.DataFrame | None, moved: Markup
) -> UnitRow:
    """before: its rows of the quarter before, of all returns on file; None where nothing is known of it."""
    plan = reads.plan()
    name = _MARKS.go("county", reading.unit_name(plan.units[unit]), title=pick(plan.units[unit]), unit=unit)
    status = reads.return_status(period, unit)
    if status is None or status.state != MISSING:
        return UnitRow(name, tuple(_tile(unit, tallies[theme]) for theme in themes), "", moved)
    last = {} if before is None else by_theme.of_unit(before, before, plan, "filed", unit, plan.themes)
    tiles = tuple(_tile(unit, last.get(theme), gone=True) for theme in themes)
    return UnitRow(name, tiles, _owed(status.due), moved)


def _is_missing(period: str, unit: str) -> bool:
    status = reads.return_status(period, unit)
    return status is not None and status.state == MISSING


def _tile(unit: str, tally: Tally | None, gone: bool = False) -> Markup:
    """gone: of the quarter before, for a unit that has not filed."""
    if tally is None or tally.worst is None:
        return _TILES.blank()
    worst = tally.worst
    told = say("grey.and").join(
        say("overview.at_light", light=say(f"light.{light}"), count=tally.of(light))
        for light in ORDER
        if tally.of(light)
    )
    if gone:
        told = say("overview.unit_before", told=told)
    elif not worst.firm:
        told = say("overview.with_unreviewed", told=told)
    theme = pick(reads.plan().themes[tally.theme], "title")
    return _TILES.tile(unit, worst.light, gone or not worst.firm, tally.of(worst.light), f"{theme}: {told}")


def _owed(due: object) -> str:
    late = (date.fromisoformat(reads.today()) - date.fromisoformat(str(due)[:10])).days
    return say("overview.unit_late", days=late) if late > 0 else say("state.missing")


def _moves(period: str, earlier: str, units: list[str]) -> dict[str, tuple[int, int]]:
    """Unit -> how many promises went to a better light and to a worse since an earlier quarter, each quarter under its own plan;
    all returns on file. Nothing for "".
    """
    if not earlier:
        return {}
    ours, theirs = reads.plan(period), reads.plan(earlier)
    other = year_before.redefined(period, earlier) if ours is not theirs else frozenset()
    now, then = (of_units.lights("filed", at, units) for at in (period, earlier))
    return {
        unit: by_theme.moved(
            by_theme.own_lights(now[unit], ours, unit),
            by_theme.renumbered(by_theme.own_lights(then[unit], theirs, unit), theirs, ours, other),
        )
        for unit in units
    }


def _moved(last: tuple[int, int] | None, last_year: tuple[int, int] | None) -> Markup:
    """↑4 ↓1 since the quarter before; below it, small, since the same quarter of last year."""
    on_the_year = last_year if last_year and any(last_year) else None
    return _CELLS.moved(_arrows(last, "overview.unit_moved"), _arrows(on_the_year, "overview.unit_moved_year"))


def _arrows(moved: tuple[int, int] | None, hint: str) -> Markup:
    if moved is None:
        return Markup()
    better, worse = moved
    return _CELLS.arrows(better, worse, say(hint, better=better, worse=worse))
