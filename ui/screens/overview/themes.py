"""Which themes and which units are behind: lights as one bar per theme, and a table of units by themes. HTML.

Solid is what approved returns give, paler what all returns on file give; a click on a bar shows these promises alone.
"""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from catalogue.period import Period
from catalogue.wording import pick, say
from sentences import by_theme, reading
from sentences.by_theme import Lit, Tally
from ui import reads
from ui.kit import figures, markup
from ui.reads import units as of_units
from ui.reads import year_before
from ui.screens.overview import paging

ORDER = ("green", "yellow", "red", "grey")


def bars(basis: str, period: str) -> str:
    return _bars(figures.key(), basis, period)


def units(basis: str, period: str) -> str:
    """ "" where the plan sets no unit anything of its own. Of many units a page, those that need attention first."""
    return _units(figures.key(), basis, period, reads.today(), paging.asked(len(reads.plan().units)))


@st.cache_resource(max_entries=64, show_spinner=False)
def _bars(key: tuple, basis: str, period: str) -> str:
    plan = reads.plan()
    tallies = by_theme.of_city(
        reads.city_of_period("approved", period), reads.city_of_period("filed", period), plan, basis
    )
    longest = max((tally.total for tally in tallies), default=1)
    rows = "".join(
        f'<span class="bar-name">{_theme(tally.theme)}</span>'
        f'<span class="bar"><span class="segs" style="width:{100 * tally.total / longest:.1f}%">{_segments(tally)}</span></span>'
        for tally in tallies
    )
    title, hint = markup.text(say("overview.themes")), markup.text(say("overview.themes_hint"))
    return f'<section class="card"><h3 class="board-title">{title} <small>{hint}</small></h3><div class="bars">{rows}</div>{_key("overview.themes_key")}</section>'


def _theme(theme: str) -> str:
    return markup.go("overview", markup.text(pick(reads.plan().themes[theme], "title")), theme=theme)


def _segments(tally: Tally) -> str:
    ordered = sorted(tally.counts.items(), key=lambda item: (ORDER.index(item[0].light), not item[0].firm))
    return "".join(_segment(tally.theme, lit, count) for lit, count in ordered)


def _segment(theme: str, lit: Lit, count: int) -> str:
    said = _counted(lit, count)
    link = markup.go(
        "overview",
        f'{count}<span class="unseen"> {markup.text(said)}</span>',
        title=said,
        theme=theme,
        light=lit.light,
    )
    return f'<span class="seg {lit.light} {"" if lit.firm else "pale"}" style="flex:{count}">{link}</span>'


def _counted(lit: Lit, count: int) -> str:
    """绿灯3项, 绿灯1项（含未审核）."""
    told = say("overview.at_light", light=say(f"light.{lit.light}"), count=count)
    return told if lit.firm else say("overview.with_unreviewed", told=told)


@st.cache_resource(max_entries=64, show_spinner=False)
def _units(key: tuple, basis: str, period: str, today: str, page: int) -> str:
    plan = reads.plan()
    count = len(plan.units)
    order = list(plan.units) if count <= paging.ROWS else of_units.worst_first(basis, period)
    shown = order[paging.rows_of(page)]
    approved, filed = (of_units.lights(of, period, shown) for of in ("approved", "filed"))
    last = str(Period.parse(period).previous)
    gone = of_units.lights("filed", last, shown) if last in reads.periods() else {}
    alike = bool(gone) and reads.plan(last) is plan  # at the year's end every target is another
    moves = _moves(period, last if alike else "", shown), _moves(period, year_before.quarter_of(period), shown)
    found = {unit: by_theme.of_unit(approved[unit], filed[unit], plan, basis, unit, plan.themes) for unit in shown}
    themes = [theme for theme in plan.themes if any(tallies[theme].total for tallies in found.values())]
    if not themes and count <= paging.ROWS:
        return ""
    heads = "".join(
        f'<th scope="col" title="{markup.text(pick(plan.themes[theme], "title"))}">{_short(theme)}</th>'
        for theme in themes
    )
    rows = "".join(
        _unit(unit, found[unit], themes, period, gone.get(unit), _moved(*(moved.get(unit) for moved in moves)))
        for unit in shown
    )
    title, hint = markup.text(say("overview.units")), markup.text(say("overview.units_hint"))
    head = f'<tr><th scope="col"><span class="unseen">{markup.text(say("filter.unit"))}</span></th>{heads}<th scope="col">{markup.text(say("overview.units_moved"))}</th></tr>'
    return (
        f'<section class="card"><h3 class="board-title">{title} <small>{hint}</small></h3>'
        f'<div class="sheet"><table class="heat"><thead>{head}</thead><tbody>{rows}</tbody></table></div>{_key("overview.units_key")}{paging.line(page, count)}</section>'
    )


def _key(wording: str) -> str:
    return f'<p class="key">{markup.text(say(wording))}</p>'


def _short(theme: str) -> str:
    return markup.text(pick(reads.plan().themes[theme], "title"))


def _unit(
    unit: str, tallies: dict[str, Tally], themes: list[str], period: str, before: pd.DataFrame | None, moved: str
) -> str:
    """before: its rows of the quarter before, of all returns on file; None where nothing is known of it."""
    plan = reads.plan()
    name = markup.go(
        "county", markup.text(reading.unit_name(plan.units[unit])), title=pick(plan.units[unit]), unit=unit
    )
    status = reads.return_status(period, unit)
    if status is not None and status.state == "missing":
        last = {} if before is None else by_theme.of_unit(before, before, plan, "filed", unit, plan.themes)
        cells = "".join(f"<td>{_cell(unit, last.get(theme), gone=True)}</td>" for theme in themes)
        return f'<tr class="gone"><th scope="row">{name}</th>{cells}<td>{_owed(status.due)}</td></tr>'
    cells = "".join(f"<td>{_cell(unit, tallies[theme])}</td>" for theme in themes)
    return f'<tr><th scope="row">{name}</th>{cells}<td class="moved">{moved}</td></tr>'


def _cell(unit: str, tally: Tally | None, gone: bool = False) -> str:
    """The worst light and how many stand at it; gone: of the quarter before, for a unit that has not filed."""
    if tally is None or tally.worst is None:
        return f'<span class="tile none" title="{markup.text(say("overview.unit_none"))}">·</span>'
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
    hint = f"{theme}: {told}"
    inside = f'{markup.lamp(worst.light, word=False, hint=hint)}<small>{tally.of(worst.light)}</small><span class="unseen">{markup.text(hint)}</span>'
    look = f"{worst.light} {'pale' if gone or not worst.firm else ''}"
    return markup.go("county", f'<span class="tile {look}">{inside}</span>', title=hint, unit=unit)


def _owed(due: object) -> str:
    late = (date.fromisoformat(reads.today()) - date.fromisoformat(str(due)[:10])).days
    told = say("overview.unit_late", days=late) if late > 0 else say("state.missing")
    return f'<span class="owed">{markup.text(told)}</span>'


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


def _moved(last: tuple[int, int] | None, last_year: tuple[int, int] | None) -> str:
    """↑4 ↓1 since the quarter before; below it, small, since the same quarter of last year."""
    told = "—" if last is None else _arrows(last, "overview.unit_moved")
    if last_year is None or not any(last_year):
        return told
    on_the_year = say("year_before.change", change=_arrows(last_year, "overview.unit_moved_year"))
    return on_the_year if last is None else f'{told}<small class="muted on-the-year">{on_the_year}</small>'


def _arrows(moved: tuple[int, int], hint: str) -> str:
    better, worse = moved
    told = " ".join(f"{sign}{count}" for sign, count in (("↑", better), ("↓", worse)) if count)
    return f'<span title="{markup.text(say(hint, better=better, worse=worse))}">{told or "—"}</span>'
