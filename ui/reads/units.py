"""Cached reads of some of many units: of those that a screen shows, and of the order in which it shows them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ui import reads
from ui.reads.kept import per_version
from warehouse.reads import units as read_units


def lights(basis: str, period: str, units: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Unit -> its rows of one quarter: see `read_units.lights`."""
    rows = _lights(basis, period, tuple(units))
    found = dict(list(rows.groupby("subject", sort=False)))
    return {unit: found[unit] if unit in found else rows.head(0) for unit in units}


@per_version(32, by=(reads.edition, reads.today))
def worst_first(basis: str, period: str) -> list[str]:
    """Every unit: those with the most red lights, then yellow ones, then those that have not filed, then the plan's order."""
    with reads.opened(reads.place()) as con:
        behind = read_units.behind(con, period, basis)["subject"].tolist()
    states = reads.status(period).drop_duplicates("reporter")
    missing = set(states[states["state"] == "missing"]["reporter"])
    units = list(reads.plan().units)
    lit = [code for code in behind if code in reads.plan().units and code not in missing]
    silent = [code for code in units if code in missing]
    return list(dict.fromkeys((*lit, *silent, *units)))


@per_version(64, by=reads.place)
def _lights(basis: str, period: str, units: tuple[str, ...]) -> pd.DataFrame:
    with reads.opened(reads.place(period)) as con:
        return read_units.lights(con, period, basis, units)
