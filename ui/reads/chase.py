"""Cached reads of the chasing screen: of one version on one day. What people are working on is read anew each time."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from actions import chasing
from catalogue import clock
from etl.outgoing.chase_status import standings
from ui import reads
from warehouse.reads import chase as read_chase

Place = reads.Place


def rows() -> pd.DataFrame:
    """Grain: return owed in any quarter of the plan, drafts among them: see `chase_status.standings`.

    A version from the past knows no drafts: those there are now came after it.
    """
    return _standings(reads.place(), reads.plan().digest, drafts(), clock.today())


def owed(period: str) -> pd.DataFrame:
    """One quarter's, as `read_chase.owed` has it."""
    found = _all()
    return found[found["period"] == period]


def drafts() -> frozenset[tuple[str, str, str]]:
    return chasing.kept_drafts() if reads.pinned() is None else frozenset()


def rates() -> pd.DataFrame:
    """Completeness and timeliness. Grain: quarter of the plan."""
    return _rates(reads.place(), clock.today())


def punctuality(until: str) -> pd.DataFrame:
    """Counts of returns over the quarters of the plan up to `until`. Grain: reporter, the least punctual first."""
    found = _punctuality(reads.place(), clock.today())
    found = found[found["period"] <= until]
    found = found.assign(owed=found["owed"] - found["pending"]).drop(columns=["period", "pending"])
    summed = found.groupby("reporter", sort=False, as_index=False).sum()
    worst = ["missing", "late", "returned", "times_returned"]
    return summed.sort_values(worst, ascending=False, kind="stable", ignore_index=True)


def _all() -> pd.DataFrame:
    return _owed(reads.place(), reads.plan().digest, clock.today())


@st.cache_resource(max_entries=8, show_spinner=False)
def _owed(place: Place, plan: str, today: date) -> pd.DataFrame:
    with reads.opened(place) as con:
        quarters = [read_chase.owed(con, str(period), today) for period in reads.plan().periods]
    return _in_plan_order(pd.concat(quarters, ignore_index=True))


@st.cache_resource(max_entries=8, show_spinner=False)
def _standings(place: Place, plan: str, drafts: frozenset[tuple[str, str, str]], today: date) -> pd.DataFrame:
    return standings(_owed(place, plan, today), drafts, reads.plan(), today)


@st.cache_resource(max_entries=8, show_spinner=False)
def _rates(place: Place, today: date) -> pd.DataFrame:
    with reads.opened(place) as con:
        return read_chase.rates(con, today)


@st.cache_resource(max_entries=8, show_spinner=False)
def _punctuality(place: Place, today: date) -> pd.DataFrame:
    with reads.opened(place) as con:
        return _in_plan_order(read_chase.punctuality(con, today))


def _in_plan_order(found: pd.DataFrame) -> pd.DataFrame:
    """Units, then departments; within a reporter as they came."""
    plan = reads.plan()
    places = {code: n for n, code in enumerate((*plan.units, *plan.departments))}
    return found.sort_values("reporter", key=lambda codes: codes.map(places), kind="stable", ignore_index=True)
