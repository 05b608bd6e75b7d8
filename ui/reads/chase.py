"""Cached reads of the chasing screen: of one version on one day. What people are working on is read anew each time."""

from __future__ import annotations

import pandas as pd

from actions import chasing
from catalogue import clock
from etl.outgoing.chase_status import standings
from ui import reads
from ui.reads.drawing import once
from ui.reads.kept import per_version
from warehouse.reads import chase as read_chase


def rows() -> pd.DataFrame:
    """Grain: return owed in any quarter of the plan, drafts among them: see `chase_status.standings`.

    A version from the past knows no drafts: those there are now came after it.
    """
    return _standings(drafts())


def owed(period: str) -> pd.DataFrame:
    """One quarter's, as `read_chase.owed` has it."""
    found = _owed()
    return found[found["period"] == period]


@once
def drafts() -> frozenset[tuple[str, str, str]]:
    return chasing.kept_drafts() if reads.pinned() is None else frozenset()


@per_version(8, by=(reads.place, clock.today))
def rates() -> pd.DataFrame:
    """Completeness and timeliness. Grain: quarter of the plan."""
    with reads.opened(reads.place()) as con:
        return read_chase.rates(con, clock.today())


def punctuality(until: str) -> pd.DataFrame:
    """Counts of returns over the quarters of the plan up to `until`. Grain: reporter, the least punctual first."""
    found = _punctuality()
    found = found[found["period"] <= until]
    found = found.assign(owed=found["owed"] - found["pending"]).drop(columns=["period", "pending"])
    summed = found.groupby("reporter", sort=False, as_index=False).sum()
    worst = ["missing", "late", "returned", "times_returned"]
    return summed.sort_values(worst, ascending=False, kind="stable", ignore_index=True)


@per_version(8, by=(reads.edition, clock.today))
def _owed() -> pd.DataFrame:
    with reads.opened(reads.place()) as con:
        quarters = [read_chase.owed(con, str(period), clock.today()) for period in reads.plan().periods]
    return _in_plan_order(pd.concat(quarters, ignore_index=True))


@per_version(8, by=(reads.edition, clock.today))
def _standings(drafts: frozenset[tuple[str, str, str]]) -> pd.DataFrame:
    return standings(_owed(), drafts, reads.plan(), clock.today())


@per_version(8, by=(reads.place, clock.today))
def _punctuality() -> pd.DataFrame:
    with reads.opened(reads.place()) as con:
        return _in_plan_order(read_chase.punctuality(con, clock.today()))


def _in_plan_order(found: pd.DataFrame) -> pd.DataFrame:
    """Units, then departments; within a reporter as they came."""
    plan = reads.plan()
    places = {code: n for n, code in enumerate((*plan.units, *plan.departments))}
    return found.sort_values("reporter", key=lambda codes: codes.map(places), kind="stable", ignore_index=True)
