"""大屏: the overview on a wall. `?kiosk` at any address; dark, no controls, one picture; themes and indicators take turns, new versions are taken up by themselves."""

from __future__ import annotations

import time

import streamlit as st

from catalogue import clock, early
from catalogue.display import day, quarter
from catalogue.wording import pick, say, use_language
from ui import reads
from ui.app import filters, session
from ui.app.style import always
from ui.kit import damage, figures
from ui.kit.templates import render, show_html
from ui.screens.wall import city, progress, side
from warehouse.store import Version

TURN = 15  # seconds a theme and an indicator stay


def is_asked_for() -> bool:
    return figures.is_wall()


def show() -> None:
    """The script of a wall's first run; from then on only the fragment below runs."""
    session.must("see_numbers")
    show_html(always("dark"))
    _turning()


@st.fragment(run_every=TURN)
def _turning() -> None:
    use_language(filters.language_from_url())  # a fragment runs by itself, without what the shell set
    session.keep_alive()
    if not damage.tell():
        return
    if not reads.periods():
        show_html(render("wall/nothing.html"))
        return
    period, basis = filters.chosen_period(), filters.chosen_basis()
    turn = int(time.time() // TURN) % city.turns(basis, period)
    version = reads.shown_version()
    page = render(
        "wall/page.html",
        title=say("wall.title", title=say("shell.title", city=pick(reads.plan(), "city")), period=quarter(period)),
        demo=reads.plan().demo,
        now=_now(period),
        columns=[city.html(basis, period, turn), progress.html(basis, period), side.html(basis, period)],
        foot="" if version is None else _foot(version, basis),
    )
    show_html(page)


def _now(period: str) -> str:
    """The time, and until when the numbers count."""
    now = clock.now()
    return say(
        "wall.now",
        day=day(now.date()),
        weekday=say(f"wall.weekday.{now.isoweekday()}"),
        time=f"{now:%H:%M}",
        until=early.as_of(period, reads.published()),
    )


def _foot(version: Version, basis: str) -> str:
    """Which returns count, and what was published when."""
    at = f"{version.published_at:%Y-%m-%d %H:%M}"
    return say("wall.foot", basis=say(f"basis.{basis}"), number=version.number, at=at)
