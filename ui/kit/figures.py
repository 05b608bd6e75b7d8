"""Figures, drawn once per version, choice, language, theme and kind of screen. Nobody writes into a cached figure."""

from __future__ import annotations

import streamlit as st

from catalogue import early
from charts.theme import Mode
from reports.pictures import figures
from reports.pictures.figures import AskedChart, Picture
from ui import reads
from ui.reads.drawing import once
from ui.reads.kept import per_version
from ui.reads.snapshot import snapshot

TILES = 60  # units; of more, a grid of tiles is neither a map nor legible


def of_indicator(kind: str, indicator: str, basis: str, period: str, subject: str | None = None) -> Picture:
    """trend (of the city, or of `subject`), county_bars or tile_map."""
    return drawn(AskedChart(kind, indicator, subject), basis, period)


def by_unit(indicator: str, basis: str, period: str) -> dict[str, Picture]:
    """gap and change, each unit's part of the city's, where there is something to share out; and tile_map of not too many."""
    kinds = ("gap", "change", *(("tile_map",) if len(reads.plan().units) <= TILES else ()))
    asked = [AskedChart(kind, indicator) for kind in kinds]
    return {one.kind: drawn(one, basis, period) for one in asked if figures.has(snapshot(basis, period), one)}


def of_period(kind: str, basis: str, period: str) -> Picture:
    """targets or matrix."""
    return drawn(AskedChart(kind), basis, period)


def of_rates(period: str) -> Picture:
    """How completely and how punctually the returns of the quarter's year came in, as of today."""
    own = reads.plan(period)
    newest = [one for one in reads.periods() if reads.plan(one).code == own.code]
    return drawn(AskedChart("rates"), "filed", (newest or [period])[-1])


def drawn(asked: AskedChart, basis: str, period: str) -> Picture:
    """One of the charts there are."""
    return _drawn(asked, basis, period, reads.today() if asked.kind == "rates" else "")


@once
def mode() -> Mode:
    """light or dark, as the viewer's browser shows the app; a wall is dark."""
    return "dark" if is_wall() or st.context.theme.type == "dark" else "light"


@once
def is_wall() -> bool:
    return "kiosk" in st.query_params


@once
def is_phone() -> bool:
    """By what the browser calls itself: a server never learns how wide a window is."""
    agent = st.context.headers.get("User-Agent")
    return isinstance(agent, str) and "Mobi" in agent


def key() -> tuple:
    """What every cached figure and table of ours hangs on: version, plan, language, which quarter is not over, mode, kind of screen."""
    return *reads.spoken(), _running(), mode(), not is_phone()


@once
def _running() -> str:
    return early.running()


@per_version(768, by=key)
def _drawn(asked: AskedChart, basis: str, period: str, day: str) -> Picture:
    """day: from which lateness is counted, "" where nothing hangs on it."""
    picture = figures.draw(snapshot(basis, period), asked, mode(), not is_phone())
    told = picture.figure.to_dict()  # else copied to the last number at every showing
    picture.figure.to_dict = lambda: told
    return picture
