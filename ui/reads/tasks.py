"""Cached reads about tasks, what was said of them, and their milestones. Nobody writes into these frames."""

from __future__ import annotations

import pandas as pd

from catalogue import clock
from ui.reads import Place, opened, place, today
from ui.reads.kept import per_version
from warehouse import read


def tasks(basis: str, period: str) -> pd.DataFrame:
    """Grain: task, by number."""
    rows = _tasks(place(period), basis)
    return rows[rows["period"] == period]


def every_quarter(basis: str) -> pd.DataFrame:
    """Grain: quarter × task, as of today."""
    return _tasks(place(), basis)


def reports(basis: str, period: str) -> pd.DataFrame:
    """Grain: task × department named in it; blank where it said nothing."""
    return _reports(basis, period, None)


def reports_of(basis: str, task: int) -> pd.DataFrame:
    """Grain: quarter × department named in the task."""
    return _reports(basis, None, task)


@per_version(64, by=place)
def milestones(basis: str, period: str) -> pd.DataFrame:
    """Grain: milestone, as known at the quarter's end."""
    with opened(place(period)) as con:
        return read.milestones(con, period, basis)


@per_version(16, by=today)
def _tasks(place: Place, basis: str) -> pd.DataFrame:
    with opened(place) as con:
        return read.tasks(con, None, basis, clock.today())


@per_version(128, by=place)
def _reports(basis: str, period: str | None, task: int | None) -> pd.DataFrame:
    with opened(place(period or "")) as con:
        return read.task_reports(con, period, basis, task)
