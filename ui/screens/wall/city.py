"""On the wall, at the left: how many promises stand at each light, the units as tiles for one theme, their race on one indicator."""

from __future__ import annotations

from typing import Any

import streamlit as st

from catalogue.model import Indicator
from catalogue.wording import pick, say
from sentences import by_theme, reading
from sentences.by_theme import Tally
from sentences.lights import LIGHTS, MARKS
from ui import reads
from ui.kit import figures, markup
from ui.screens.overview import bullets, standing, standings

FEWEST = 3  # units with a value; fewer are no race


def html(basis: str, period: str, turn: int) -> str:
    """turn: which theme and which indicator have their turn; it runs on for ever."""
    return _html(figures.key(), basis, period, turn, reads.today())


@st.cache_resource(max_entries=256, show_spinner=False)
def _html(key: tuple, basis: str, period: str, turn: int, today: str) -> str:
    return f"{_counts(basis, period)}{_tiles(basis, period, turn)}{_race(basis, period, turn)}"


def turns(basis: str, period: str) -> int:
    """After so many turns themes and indicators stand as they began; what is cached need not know more."""
    return max(1, len(_themes(basis, period))) * max(1, len(_races(basis, period)))


def _counts(basis: str, period: str) -> str:
    told = standings.of(basis, period)
    counts = standing.light_counts(told)
    tiles = "".join(
        f'<div class="wall-count {light} {"" if counts[light] else "zero"}"><b>{counts[light]}</b><span>{MARKS[light]} {markup.text(say(f"light.{light}"))}</span></div>'
        for light in LIGHTS
    )
    return f'<section class="wall-card"><h3>{markup.text(say("wall.promises", count=len(told)))}</h3><div class="wall-counts">{tiles}</div></section>'


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


def _tiles(basis: str, period: str, turn: int) -> str:
    themes = _themes(basis, period)
    if not themes:
        return ""
    plan = reads.plan()
    theme, tallies = themes[turn % len(themes)]
    tiles = "".join(_tile(unit, tallies[unit], period) for unit in plan.units)
    title = say("wall.units", theme=pick(plan.themes[theme], "title"))
    return f'<section class="wall-card"><h3>{markup.text(title)}</h3><div class="wall-tiles">{tiles}</div></section>'


def _tile(code: str, tally: Tally, period: str) -> str:
    unit, worst = reads.plan().units[code], tally.worst
    row, column = unit.tile
    status = reads.return_status(period, code)
    if status is not None and status.state == "missing":
        look, told = "missing", markup.text(say("state.missing"))
    elif worst is None:
        look, told = "none", "·"
    else:
        look = f"{worst.light} {'' if worst.firm else 'pale'}"
        told = f"{markup.lamp(worst.light, word=False)}<small>{tally.of(worst.light)}</small>"
    place = f"grid-row:{row + 1};grid-column:{column + 1}"
    return f'<div class="wall-tile {look}" style="{place}"><span>{markup.text(reading.unit_name(unit))}</span><b>{told}</b></div>'


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


def _race(basis: str, period: str, turn: int) -> str:
    races = _races(basis, period)
    if not races:
        return ""
    plan = reads.plan()
    indicator = races[turn % len(races)]
    told = reading.unit_readings(reads.of_period(basis, period), indicator, plan, period)
    there: list[Any] = sorted(
        (one for one in told if one.value is not None), key=lambda one: one.value, reverse=indicator.better != "lower"
    )
    along = bullets.scale([one.value for one in there])
    lines = "".join(
        f'<span>{markup.text(reading.unit_name(one.unit))}</span><span class="dots-track"><em></em><i class="dot" style="left:{along.at(one.value)}"></i></span><b>{markup.text(one.worded)}</b>'
        for one in there
    )
    missing = [reading.unit_name(one.unit) for one in told if one.state in ("missing", "pending")]
    note = (
        f'<p class="muted">{markup.text(say("wall.not_in", names=say("grey.and").join(missing)))}</p>'
        if missing
        else ""
    )
    return f'<section class="wall-card grow"><h3>{markup.text(pick(indicator))}</h3><div class="wall-race">{lines}</div>{note}</section>'
