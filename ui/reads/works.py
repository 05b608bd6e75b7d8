"""Cached reads of money and works: one version of the warehouse is read once. Nothing here computes."""

from __future__ import annotations

import pandas as pd

from ui import reads
from ui.reads.kept import per_version
from warehouse.reads import works as read_works

# The two promises of one clause whose quotient is looked at: money, heads.
AID = ("aid-amount", "aided-pupils")
TOILETS = "toilets"


@per_version(16, by=reads.place)
def projects(basis: str) -> pd.DataFrame:
    """Grain: quarter × project. Do not write into it."""
    with reads.opened(reads.place()) as con:
        return read_works.projects(con, basis)


@per_version(16, by=reads.place)
def together(basis: str) -> pd.DataFrame:
    """All projects as one. Grain: quarter."""
    with reads.opened(reads.place()) as con:
        return read_works.together(con, basis)


@per_version(16, by=reads.place)
def per_head(basis: str) -> pd.DataFrame:
    """Aid per pupil. Grain: quarter × subject (None: the city)."""
    money, heads = AID
    with reads.opened(reads.place()) as con:
        return read_works.per_head(con, money, heads, basis)


@per_version(64, by=reads.place)
def cells(basis: str, period: str) -> pd.DataFrame:
    """Entries of the project return that counts for the quarter."""
    with reads.opened(reads.place(period)) as con:
        return read_works.project_cells(con, period, basis)
