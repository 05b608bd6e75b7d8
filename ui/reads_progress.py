"""Cached reads of gaps, contributions and projections. Nothing here computes."""
from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ui import reads
from warehouse import read


def gaps(basis: str, period: str, indicator: str) -> pd.DataFrame:
    """Grain: subject (None: the city), where a target stands in figures."""
    return _gaps(reads.place(), indicator, period, basis)


def contributions(basis: str, period: str, indicator: str) -> pd.DataFrame:
    """Grain: unit: its part of the city's change since the quarter before."""
    return _contributions(reads.place(), indicator, period, basis)


def projected(basis: str, period: str, indicator: str) -> pd.DataFrame:
    """Grain: subject (None: the city) of one indicator, as seen from `period`; no rows before the plan's year."""
    rows = _projection(reads.place(), period, basis)
    return rows[rows["indicator"] == indicator]


def year_end(basis: str, period: str, indicator: str, subject: str | None) -> float | None:
    """Where the year would end for the city or one subject; None where nothing is projected."""
    rows = projected(basis, period, indicator)
    mine = rows[rows["subject"].isna() if subject is None else rows["subject"] == subject]["projected"].dropna()
    return float(mine.iloc[0]) if len(mine) else None


def projected_city(basis: str, period: str, indicator: str) -> Any | None:
    """The city's row as a named tuple; None before the plan's year."""
    rows = projected(basis, period, indicator)
    return next(rows[rows["subject"].isna()].itertuples(index=False, name="Row"), None)


def yardstick(basis: str, period: str, indicator: str) -> Any:
    """What the city's number is held against, as a named tuple: see the mart `target_pace`."""
    return next(_yardstick(reads.place(), indicator, period, basis).itertuples(index=False, name="Row"))


@st.cache_resource(max_entries=256, show_spinner=False)
def _yardstick(place: tuple[str, int], indicator: str, period: str, basis: str) -> pd.DataFrame:
    with reads.opened(place) as con:
        return read.yardstick(con, indicator, period, basis)


@st.cache_resource(max_entries=256, show_spinner=False)
def _gaps(place: tuple[str, int], indicator: str, period: str, basis: str) -> pd.DataFrame:
    with reads.opened(place) as con:
        return read.gaps(con, indicator, period, basis)


@st.cache_resource(max_entries=256, show_spinner=False)
def _contributions(place: tuple[str, int], indicator: str, period: str, basis: str) -> pd.DataFrame:
    with reads.opened(place) as con:
        return read.contributions(con, indicator, period, basis)


@st.cache_resource(max_entries=32, show_spinner=False)
def _projection(place: tuple[str, int], period: str, basis: str) -> pd.DataFrame:
    with reads.opened(place) as con:
        return read.projection(con, period, basis)
