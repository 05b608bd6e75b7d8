"""Cached reads of money and works: one version of the warehouse is read once. Nothing here computes."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ui import reads
from warehouse.reads import works as read_works

# The two promises of one clause whose quotient is looked at: money, heads.
AID = ("aid-amount", "aided-pupils")
TOILETS = "toilets"


def projects(basis: str) -> pd.DataFrame:
    """Grain: quarter × project. Do not write into it."""
    return _projects(reads.place(), basis)


def together(basis: str) -> pd.DataFrame:
    """All projects as one. Grain: quarter."""
    return _together(reads.place(), basis)


def per_head(basis: str) -> pd.DataFrame:
    """Aid per pupil. Grain: quarter × subject (None: the city)."""
    return _per_head(reads.place(), basis)


def cells(basis: str, period: str) -> pd.DataFrame:
    """Entries of the project return that counts for the quarter."""
    return _cells(reads.place(period), basis, period)


@st.cache_resource(max_entries=16, show_spinner=False)
def _projects(place: reads.Place, basis: str) -> pd.DataFrame:
    with reads.opened(place) as con:
        return read_works.projects(con, basis)


@st.cache_resource(max_entries=16, show_spinner=False)
def _together(place: reads.Place, basis: str) -> pd.DataFrame:
    with reads.opened(place) as con:
        return read_works.together(con, basis)


@st.cache_resource(max_entries=16, show_spinner=False)
def _per_head(place: reads.Place, basis: str) -> pd.DataFrame:
    money, heads = AID
    with reads.opened(place) as con:
        return read_works.per_head(con, money, heads, basis)


@st.cache_resource(max_entries=64, show_spinner=False)
def _cells(place: reads.Place, basis: str, period: str) -> pd.DataFrame:
    with reads.opened(place) as con:
        return read_works.project_cells(con, period, basis)
