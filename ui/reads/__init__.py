"""Cached reads: one version of the warehouse is read once. Nothing here computes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from actions import versions
from catalogue import clock, naming
from catalogue.load import current_plan
from catalogue.model import Commitment, Plan
from catalogue.wording import language
from sentences.lights import LIGHTS
from ui.reads.drawing import once
from warehouse import originals, read, read_county, read_method, store


@once
def plan() -> Plan:
    return current_plan()


@once
def newest_version() -> store.Version | None:
    return store.newest(store.data_folder())


def shown_version() -> store.Version | None:
    """The version on show: the one the address asks for, else the newest."""
    return pinned() or newest_version()


def pinned() -> store.Version | None:
    """An older version that the address asks for; None where it asks for none, or for one that is not kept."""
    asked = st.session_state.get("version")
    if not asked or not asked.isdecimal():
        return None
    latest = newest_version()
    if latest is None or int(asked) >= latest.number:
        return None
    try:
        return store.version(store.data_folder(), int(asked))
    except store.StoreError:
        return None


def frozen_versions() -> dict[str, str]:
    """Number -> title of the versions kept for meetings that are still older than the newest, newest first."""
    latest = newest_version()
    if latest is None:
        return {}
    return {str(one.version): one.title for one in versions.frozen() if one.version < latest.number}


def frozen_title(number: int) -> str:
    """What a version was kept for; "" for an ordinary one."""
    return next((kept.title for kept in versions.frozen() if kept.version == number), "")


def number() -> int:
    """Of the version on show; 0 before anything is published."""
    version = shown_version()
    return version.number if version else 0


def place() -> tuple[str, int]:
    """What every cached read hangs on: the data folder and the number of the version on show."""
    return str(store.data_folder()), number()


def spoken() -> tuple[tuple[str, int], str, str]:
    """What every cached sentence and table hangs on: version, plan, language."""
    return place(), plan().digest, language()


def periods() -> list[str]:
    """Quarters with returns, oldest first."""
    return _periods(place())


def judged(basis: str) -> pd.DataFrame:
    """Everything the marts say. Grain: indicator × period × subject (None: the city). Do not write into it."""
    return _judged(place(), basis)


def of_period(basis: str, period: str) -> pd.DataFrame:
    rows = judged(basis)
    return rows[rows["period"] == period]


def of_indicator(basis: str, indicator: str) -> pd.DataFrame:
    rows = judged(basis)
    return rows[rows["indicator"] == indicator]


def of_subject(basis: str, subject: str) -> pd.DataFrame:
    rows = judged(basis)
    return rows[rows["subject"] == subject]


def city_row(basis: str, period: str, indicator: str) -> Any | None:
    """The city's row as a named tuple; None where the version has none."""
    rows = of_indicator(basis, indicator)
    found = rows[(rows["period"] == period) & rows["subject"].isna()]
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


def city_lights(basis: str, period: str) -> dict[str, str]:
    """Indicator -> the city's light, of those that are promised."""
    return _city_lights(place(), basis, period)


def filing_counts(period: str, form: str = "") -> dict[str, int]:
    """owed, filed (approved ones too), approved, late (of those filed), returned, missing. form "": of every form."""
    rows = status(period)
    rows = rows[rows["form"] == form] if form else rows
    came = rows["state"].isin(["filed", "approved", "locked"])
    return {
        "owed": len(rows),
        "filed": int(came.sum()),
        "approved": int(rows["state"].isin(["approved", "locked"]).sum()),
        "late": int((came & rows["late"]).sum()),
        "returned": int((rows["state"] == "returned").sum()),
        "missing": int((rows["state"] == "missing").sum()),
    }


def return_status(period: str, reporter: str) -> Any | None:
    """The row of the reporter's own return; None if it owes none."""
    rows = status(period)
    return next(rows[rows["reporter"] == reporter].itertuples(index=False, name="Row"), None)


def subject_name(code: str) -> str:
    return naming.subject_name(plan(), code)


def attention(basis: str, period: str) -> pd.DataFrame:
    """City rows that are not green though a target stands, weightiest first."""
    return _attention(place(), basis, period)


def verdicts() -> dict[str, str]:
    """Verdict -> the light it gives; empty before anything is published."""
    return _verdicts(place())


def source_cells(indicator: str, period: str, basis: str) -> pd.DataFrame:
    return _source_cells(place(), indicator, period, basis)


def submissions(reporter: str) -> pd.DataFrame:
    return _submissions(place(), reporter, None)


def places_of(unit: str, basis: str) -> pd.DataFrame:
    """A unit's movement in rank. Grain: indicator × period."""
    return _places_of(place(), unit, basis)


def finding_counts(reporter: str) -> pd.DataFrame:
    """What was found in a reporter's returns. Grain: receipt × severity."""
    return _finding_counts(place(), reporter)


def receipts(period: str) -> pd.DataFrame:
    """Every receipt of a quarter, newest first."""
    return _submissions(place(), None, period)


def status(period: str) -> pd.DataFrame:
    """Grain: return owed, as of today."""
    return _status(place(), period, today())


def today() -> str:
    """The day deadlines are held against; part of the key of what is cached about them."""
    return str(clock.today())


def original(sha256: str) -> bytes:
    """The workbook as it was received."""
    return originals.content(sha256)


@st.cache_data(max_entries=8, show_spinner=False)
def _periods(place: tuple[str, int]) -> list[str]:
    if not place[1]:
        return []
    with opened(place) as con:
        return read.periods(con)


@st.cache_resource(max_entries=8, show_spinner=False)
def _judged(place: tuple[str, int], basis: str) -> pd.DataFrame:
    with opened(place) as con:
        return read.values(con, None, read.ALL, basis=basis)


@st.cache_resource(max_entries=64, show_spinner=False)
def _city_lights(place: tuple[str, int], basis: str, period: str) -> dict[str, str]:
    rows = _judged(place, basis)
    mine = rows[(rows["period"] == period) & rows["subject"].isna() & rows["commitment"].notna()]
    return dict(zip(mine["indicator"], mine["light"], strict=True))


@st.cache_resource(max_entries=64, show_spinner=False)
def _attention(place: tuple[str, int], basis: str, period: str) -> pd.DataFrame:
    with opened(place) as con:
        return read.attention(con, period, basis)


@st.cache_resource(max_entries=8, show_spinner=False)
def _verdicts(place: tuple[str, int]) -> dict[str, str]:
    if not place[1]:
        return {}
    with opened(place) as con:
        return read_method.verdicts(con)


@st.cache_resource(max_entries=256, show_spinner=False)
def _source_cells(place: tuple[str, int], indicator: str, period: str, basis: str) -> pd.DataFrame:
    with opened(place) as con:
        return read.source_cells(con, indicator, period, basis=basis)


@st.cache_resource(max_entries=64, show_spinner=False)
def _submissions(place: tuple[str, int], reporter: str | None, period: str | None) -> pd.DataFrame:
    with opened(place) as con:
        return read.submissions(con, reporter=reporter, period=period)


@st.cache_resource(max_entries=32, show_spinner=False)
def _places_of(place: tuple[str, int], unit: str, basis: str) -> pd.DataFrame:
    with opened(place) as con:
        return read_county.places(con, unit, basis)


@st.cache_resource(max_entries=64, show_spinner=False)
def _finding_counts(place: tuple[str, int], reporter: str) -> pd.DataFrame:
    with opened(place) as con:
        return read_county.finding_counts(con, reporter)


@st.cache_resource(max_entries=64, show_spinner=False)
def _status(place: tuple[str, int], period: str, today: str) -> pd.DataFrame:
    with opened(place) as con:
        return read.status(con, period, pd.Timestamp(today).date())


def opened(place: tuple[str, int]):
    """A cursor on that version, to be closed by the caller (`with`)."""
    folder, number = place
    return store.open_version(store.version(Path(folder), number))
