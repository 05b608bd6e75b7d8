"""Figures, drawn once per version, choice, language, theme and kind of screen. Nobody writes into a cached figure."""
from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go
import streamlit as st

from catalogue import clock
from charts.alt import alt
from charts.contribution import Kind, contribution, contribution_alt, moves
from charts.county_bars import county_bars
from charts.matrix import matrix
from charts.reporting_rate import rate_alt, reporting_rate
from charts.targets import targets
from charts.theme import picture_name
from charts.tile_map import tile_map
from charts.trend import trend
from ui import reads, reads_chase, reads_progress

ONE = {"trend": trend, "county_bars": county_bars, "tile_map": tile_map}
MANY = {"targets": targets, "matrix": matrix}


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure, the name its PNG is saved under, and what it says to those who do not see it."""

    figure: go.Figure
    name: str
    alt: str


def of_indicator(kind: str, indicator: str, basis: str, period: str, subject: str | None = None) -> Picture:
    """trend (of the city, or of `subject`), county_bars or tile_map."""
    return _of_indicator(key(), kind, indicator, basis, period, subject)


def by_unit(indicator: str, basis: str, period: str) -> dict[str, Picture]:
    """gap and change, each unit's part of the city's, where there is something to share out; and tile_map."""
    parts = {kind: _of_parts(key(), kind, indicator, basis, period) for kind in ("gap", "change")}
    found = {kind: picture for kind, picture in parts.items() if picture is not None}
    return found | {"tile_map": of_indicator("tile_map", indicator, basis, period)}


def of_period(kind: str, basis: str, period: str) -> Picture:
    """targets or matrix."""
    return _of_period(key(), kind, basis, period)


def of_rates() -> Picture:
    """How completely and how punctually the returns came in, as of today."""
    return _of_rates(key(), str(clock.today()))


def mode() -> str:
    """light or dark, as the viewer's browser shows the app; a wall is dark."""
    return "dark" if "kiosk" in st.query_params or st.context.theme.type == "dark" else "light"


def is_phone() -> bool:
    """By what the browser calls itself: a server never learns how wide a window is."""
    agent = st.context.headers.get("User-Agent")
    return isinstance(agent, str) and "Mobi" in agent


def key() -> tuple:
    """What every cached figure and table of ours hangs on: version, plan, language, mode, kind of screen."""
    return *reads.spoken(), mode(), not is_phone()


@st.cache_resource(max_entries=512, show_spinner=False)
def _of_indicator(key: tuple, kind: str, indicator: str, basis: str, period: str, subject: str | None) -> Picture:
    plan, promise = reads.plan(), reads.promise_of(indicator)
    rows, entry = reads.of_indicator(basis, indicator), plan.indicators[indicator]
    ahead = reads_progress.year_end(basis, period, indicator, subject) if kind == "trend" else None
    more = {"trend": {"subject": subject, "projected": ahead}, "county_bars": {"gap": reads_progress.gaps(basis, period, indicator)}}
    *_, mode, wide = key
    return Picture(
        ONE[kind](rows, entry, promise, plan, mode, period=period, wide=wide and kind != "tile_map", **more.get(kind, {})),
        picture_name(entry, period),
        alt(kind, rows, plan, entry, promise, period, subject, ahead),
    )


@st.cache_resource(max_entries=256, show_spinner=False)
def _of_parts(key: tuple, kind: Kind, indicator: str, basis: str, period: str) -> Picture | None:
    ask = reads_progress.contributions if kind == "change" else reads_progress.gaps
    plan, rows, parts = reads.plan(), reads.of_indicator(basis, indicator), ask(basis, period, indicator)
    told = rows, parts, plan.indicators[indicator], reads.promise_of(indicator), plan, kind
    if not moves(parts, kind):
        return None
    *_, mode, wide = key
    name = f"{picture_name(told[2])}_{picture_name(kind, period)}"
    return Picture(contribution(*told, mode, period=period, wide=wide), name, contribution_alt(*told, period))


@st.cache_resource(max_entries=64, show_spinner=False)
def _of_period(key: tuple, kind: str, basis: str, period: str) -> Picture:
    plan, rows = reads.plan(), reads.judged(basis)
    *_, mode, wide = key
    figure = MANY[kind](rows, plan, mode, period=period, wide=wide)
    return Picture(figure, picture_name(kind, period), alt(kind, rows, plan, period=period))


@st.cache_resource(max_entries=32, show_spinner=False)
def _of_rates(key: tuple, today: str) -> Picture:
    plan, rows = reads.plan(), reads_chase.rates()
    *_, mode, wide = key
    return Picture(reporting_rate(rows, plan, mode, wide=wide), picture_name("reporting_rate"), rate_alt(rows, plan))
