"""Which version and which plan a screen is about: what every cached read hangs on."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from actions import versions
from catalogue.load import current_plan, plan_of, speaking
from catalogue.model import Plan
from catalogue.period import Period
from catalogue.wording import language
from ui.reads.drawing import ask_again, once
from ui.reads.kept import per_version
from warehouse import across, store

Place = tuple[str, int, str]
WORKING_ON = "working on"


@once
def plans() -> tuple[Plan, ...]:
    """Of every year the version on show knows, oldest first, as they stood in it; before anything is published, and where no
    version is whole, the plan in force."""
    try:
        version = shown_version()
    except store.StoreError:
        version = None
    return store.plans_of(version) if version else (_in_force(),)


def plan(period: str = "") -> Plan:
    """The plan that speaks for a quarter; default: for the quarter on show, or the one that somebody works on."""
    if not period and (working := _working_on()):
        return plan_of(working)
    known = plans()
    if len(known) == 1:
        return known[0]
    at = period or st.session_state.get("period", "")
    return speaking(known, Period.parse(at)) if at else known[-1]


@once
def _working_on() -> str:
    return st.session_state.get(WORKING_ON, "")


def work_on(period: Period | str) -> None:
    """From here on the screen is about returns of this quarter as they are checked and published: under the plan of its year as
    its folder has it now, which the version on show may not hold yet."""
    st.session_state[WORKING_ON] = str(period)
    ask_again(_working_on)


def work_on_nothing() -> None:
    st.session_state.pop(WORKING_ON, None)
    ask_again(_working_on)


@once
def _in_force() -> Plan:
    """Whether one of its files has changed is looked at once for each drawing."""
    return current_plan()


@once
def newest_version() -> store.Version | None:
    return store.newest(store.data_folder())


@once
def shown_version() -> store.Version | None:
    """The version on show: the one the address asks for, else the newest."""
    return pinned() or newest_version()


def show_another(number: str) -> None:
    """From here on an older version is on show, "" for the newest."""
    if number:
        st.session_state["version"] = number
    else:
        st.session_state.pop("version", None)
    for answer in (pinned, shown_version, plans):
        ask_again(answer)


def published() -> str:
    """The day of the version on show, 2021-10-13; "" before anything is published."""
    version = shown_version()
    return f"{version.published_at:%Y-%m-%d}" if version else ""


@once
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


@once
def meetings() -> list[versions.Frozen]:
    """Versions kept for meetings, newest first."""
    return versions.frozen()


@once
def frozen_versions() -> dict[str, str]:
    """Number -> title of the versions kept for meetings that are still older than the newest, newest first."""
    latest = newest_version()
    if latest is None:
        return {}
    return {str(one.version): one.title for one in meetings() if one.version < latest.number}


def frozen_title(number: int) -> str:
    """What a version was kept for; "" for an ordinary one."""
    return next((kept.title for kept in meetings() if kept.version == number), "")


def number() -> int:
    """Of the version on show; 0 before anything is published."""
    version = shown_version()
    return version.number if version else 0


@once
def _folder() -> str:
    return str(store.data_folder())


def place(period: str = "") -> Place:
    """What every cached read hangs on: the data folder, the number of the version on show, and the last quarter of the plan that
    speaks for a quarter (default: the one on show)."""
    return _folder(), number(), str(plan(period).speaks_until)


def edition() -> tuple[Place, str]:
    """What is read or worked out by the plan's own rules hangs on: version and plan."""
    return place(), plan().digest


def spoken() -> tuple[Place, str, str]:
    """What every cached sentence and table hangs on: version, plan, language."""
    return place(), plan().digest, language()


def periods() -> list[str]:
    """Quarters with returns, of every year, oldest first."""
    folder, number, _ = place()
    return _periods(folder, number)


@per_version(8)
def _periods(folder: str, number: int) -> list[str]:
    if not number:
        return []
    return across.periods_of(store.version(Path(folder), number))


def opened(place: Place):
    """A cursor on that version under that plan, to be closed by the caller (`with`)."""
    folder, number, period = place
    return store.open_version(store.version(Path(folder), number), period)
