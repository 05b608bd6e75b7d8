"""Cached reads: one version of the warehouse is read once. Nothing here computes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from catalogue import clock, naming
from catalogue.model import Commitment
from sentences.lights import LIGHTS
from ui.reads.kept import per_version
from ui.reads.shown import Place as Place
from ui.reads.shown import edition as edition
from ui.reads.shown import frozen_title as frozen_title
from ui.reads.shown import frozen_versions as frozen_versions
from ui.reads.shown import meetings as meetings
from ui.reads.shown import newest_version as newest_version
from ui.reads.shown import number as number
from ui.reads.shown import opened as opened
from ui.reads.shown import periods as periods
from ui.reads.shown import pinned as pinned
from ui.reads.shown import place as place
from ui.reads.shown import plan as plan
from ui.reads.shown import plans as plans
from ui.reads.shown import published as published
from ui.reads.shown import show_another as show_another
from ui.reads.shown import shown_version as shown_version
from ui.reads.shown import spoken as spoken
from ui.reads.shown import work_on as work_on
from ui.reads.shown import work_on_nothing as work_on_nothing
from warehouse import across, originals, read, store
from warehouse.across import periods_of as periods_of
from warehouse.reads import chase as read_chase
from warehouse.reads import county as read_county
from warehouse.reads import method as read_method
from warehouse.reads.chase import ALL_FORMS


def city(basis: str) -> pd.DataFrame:
    """What the marts say of the city, all quarters. Grain of this and the next: indicator × period × subject. Read only."""
    return _judged(place(), basis, None, None, None)


def city_of_period(basis: str, period: str) -> pd.DataFrame:
    return _city_of_period(place(period), basis, period)


@per_version(64)
def _city_of_period(place: Place, basis: str, period: str) -> pd.DataFrame:
    rows = _judged(place, basis, None, None, None)
    return rows[rows["period"] == period]


def of_period(basis: str, period: str) -> pd.DataFrame:
    """About everybody: for what shows all units beside one another."""
    return _judged(place(period), basis, period, read.ALL, None)


def own(basis: str, period: str, subject: str) -> pd.DataFrame:
    """Of one who reports, in one quarter: for what goes through all of them, one after another."""
    found = _by_subject(place(period), basis, period)
    return found[subject] if subject in found else city(basis).head(0)


@per_version(256, by=place)
def of_indicator(basis: str, indicator: str) -> pd.DataFrame:
    """About everybody, all quarters of all years."""
    folder, number, until = place()
    return across.across(store.version(Path(folder), number), indicator, basis, until)


def of_subject(basis: str, subject: str) -> pd.DataFrame:
    """About one who reports, all quarters."""
    return _judged(place(), basis, None, subject, None)


def city_row(basis: str, period: str, indicator: str) -> Any | None:
    """The city's row as a named tuple; None where the version has none."""
    rows = city_of_period(basis, period)
    found = rows[(rows["period"] == period) & (rows["indicator"] == indicator)]
    return next(found.itertuples(index=False, name="Row"), None)


def promise_of(indicator: str) -> Commitment | None:
    return next((c for c in plan().commitments.values() if c.indicator == indicator), None)


def light_counts(rows: pd.DataFrame) -> dict[str, int]:
    """Promises at each light; what is only counted does not count. `rows`: one quarter's.

    Of the city where `rows` has city rows, else of the one unit they are about.
    """
    promised = rows[rows["commitment"].notna()]
    about_city = promised[promised["subject"].isna()]
    counted = (promised if about_city.empty else about_city)["light"].value_counts()
    return {light: int(counted.get(light, 0)) for light in LIGHTS}


@per_version(64, by=place)
def city_lights(basis: str, period: str) -> dict[str, str]:
    """Indicator -> the city's light, of those that are promised."""
    rows = _judged(place(period), basis, None, None, None)
    mine = rows[(rows["period"] == period) & rows["commitment"].notna()]
    return dict(zip(mine["indicator"], mine["light"], strict=True))


@per_version(64, by=(place, clock.today))
def filing_counts(period: str, form: str = ALL_FORMS, units_only: bool = False) -> dict[str, int]:
    """How many returns stand in which state, as `warehouse.reads.chase.counted` says. Read only."""
    with opened(place(period)) as con:
        return read_chase.counted(con, period, clock.today(), form, units_only)


def return_status(period: str, reporter: str) -> Any | None:
    """The row of the reporter's own return; None if it owes none."""
    return _status_by_reporter(period).get(reporter)


def subject_name(code: str) -> str:
    return naming.subject_name(plan(), code)


@per_version(64, by=place)
def attention(basis: str, period: str) -> pd.DataFrame:
    """City rows that are not green though a target stands, weightiest first."""
    with opened(place(period)) as con:
        return read.attention(con, period, basis)


@per_version(8, by=place)
def verdicts() -> dict[str, str]:
    """Verdict -> the light it gives; empty before anything is published."""
    if not number():
        return {}
    with opened(place()) as con:
        return read_method.verdicts(con)


@per_version(256, by=place)
def source_cells(indicator: str, period: str, basis: str) -> pd.DataFrame:
    with opened(place(period)) as con:
        return read.source_cells(con, indicator, period, basis=basis)


def submissions(reporter: str) -> pd.DataFrame:
    return _submissions(reporter, None)


@per_version(32, by=place)
def places_of(unit: str, basis: str, period: str) -> pd.DataFrame:
    """A unit's movement in rank to one quarter. Grain: indicator."""
    with opened(place(period)) as con:
        return read_county.places(con, unit, basis, period)


@per_version(64, by=place)
def finding_counts(reporter: str) -> pd.DataFrame:
    """What was found in a reporter's returns. Grain: receipt × severity."""
    with opened(place()) as con:
        return read_county.finding_counts(con, reporter)


def receipts(period: str) -> pd.DataFrame:
    """Every receipt of a quarter, newest first."""
    return _submissions(None, period)


def today() -> str:
    """The day deadlines are held against; what is kept about them hangs on it."""
    return str(clock.today())


@per_version(64, by=(place, today))
def status(period: str) -> pd.DataFrame:
    """Grain: return owed, as of today."""
    with opened(place(period)) as con:
        return read.status(con, period, clock.today())


def original(sha256: str) -> bytes:
    """The workbook as it was received."""
    return originals.content(sha256)


@per_version(256)
def _judged(place: Place, basis: str, period: str | None, subject: str | None, indicator: str | None) -> pd.DataFrame:
    with opened(place) as con:
        return read.values(con, period, subject, indicator, basis)


@per_version(256, by=place)
def defined_otherwise(indicator: str, period: str) -> list[str]:
    """Plans, by code, under which the indicator is computed of other things than in that quarter."""
    folder, number, until = place(period)
    return across.defined_otherwise(store.version(Path(folder), number), indicator, until)


@per_version(16)
def _by_subject(place: Place, basis: str, period: str) -> dict[str, pd.DataFrame]:
    return dict(list(_judged(place, basis, period, read.ALL, None).groupby("subject", sort=False)))


@per_version(64, by=place)
def _submissions(reporter: str | None, period: str | None) -> pd.DataFrame:
    with opened(place(period or "")) as con:
        return read.submissions(con, reporter=reporter, period=period)


@per_version(16, by=(place, today))
def _status_by_reporter(period: str) -> dict[str, Any]:
    rows = status(period).itertuples(index=False, name="Row")
    return {row.reporter: row for row in reversed(list(rows))}
