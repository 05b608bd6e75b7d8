"""Cached reads of gaps, contributions and projections. Nothing here computes."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ui import reads
from ui.reads.kept import per_version
from ui.reads.snapshot import snapshot
from warehouse import read


def gaps(basis: str, period: str, indicator: str) -> pd.DataFrame:
    """Grain: subject (None: the city), where a target stands in figures."""
    return snapshot(basis, period).gaps_of(indicator)


def contributions(basis: str, period: str, indicator: str) -> pd.DataFrame:
    """Grain: unit: its part of the city's change since the quarter before."""
    return snapshot(basis, period).contributions_of(indicator)


def projected(basis: str, period: str, indicator: str) -> pd.DataFrame:
    """Grain: subject (None: the city) of one indicator, as seen from `period`; no rows before the plan's year."""
    return snapshot(basis, period).projection_of(indicator)


def year_end(basis: str, period: str, indicator: str) -> float | None:
    """Where the year would end for the city; None where nothing is projected."""
    return snapshot(basis, period).year_end(indicator)


def projected_city(basis: str, period: str, indicator: str) -> Any | None:
    """The city's row as a named tuple; None before the plan's year."""
    rows = projected(basis, period, indicator)
    return next(rows[rows["subject"].isna()].itertuples(index=False, name="Row"), None)


def yardstick(basis: str, period: str, indicator: str) -> Any:
    """What the city's number is held against, as a named tuple: see the mart `target_pace`."""
    return next(_yardstick(basis, period, indicator).itertuples(index=False, name="Row"))


@per_version(256, by=reads.place)
def _yardstick(basis: str, period: str, indicator: str) -> pd.DataFrame:
    with reads.opened(reads.place(period)) as con:
        return read.yardstick(con, indicator, period, basis)


@per_version(256, by=reads.place)
def light_if(basis: str, period: str, indicator: str, value: tuple[float, float]) -> str:
    """The light of the city if its number were another. value: (num, den) of it."""
    with reads.opened(reads.place(period)) as con:
        return read.light_if(con, indicator, period, basis, value)
