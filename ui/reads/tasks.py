"""Cached reads about tasks, what was said of them, and their milestones. Nobody writes into these frames."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from ui.reads import Place, opened, place, today
from warehouse import read


def tasks(basis: str, period: str) -> pd.DataFrame:
    """Grain: task, by number."""
    rows = _tasks(place(period), basis, today())
    return rows[rows["period"] == period]


def every_quarter(basis: str) -> pd.DataFrame:
    """Grain: quarter × task, as of today."""
    return _tasks(place(), basis, today())


def reports(basis: str, period: str) -> pd.DataFrame:
    """Grain: task × department named in it; blank where it said nothing."""
    return _reports(place(period), basis, period, None)


def reports_of(basis: str, task: int) -> pd.DataFrame:
    """Grain: quarter × department named in the task."""
    return _reports(place(), basis, None, task)


def milestones(basis: str, period: str) -> pd.DataFrame:
    """Grain: milestone, as known at the quarter's end."""
    return _milestones(place(period), basis, period)


@st.cache_resource(max_entries=64, show_spinner=False)
def _milestones(place: Place, basis: str, period: str) -> pd.DataFrame:
    with opened(place) as con:
        return read.milestones(con, period, basis)


@st.cache_resource(max_entries=16, show_spinner=False)
def _tasks(place: Place, basis: str, today: str) -> pd.DataFrame:
    with opened(place) as con:
        return read.tasks(con, None, basis, date.fromisoformat(today))


@st.cache_resource(max_entries=128, show_spinner=False)
def _reports(place: Place, basis: str, period: str | None, task: int | None) -> pd.DataFrame:
    with opened(place) as con:
        return read.task_reports(con, period, basis, task)
