"""大屏: the overview on a wall. `?kiosk` at any address; dark, no controls, one picture; themes and indicators take turns, new versions are taken up by themselves."""

from __future__ import annotations

import time

import streamlit as st

from catalogue import clock, early
from catalogue.display import day, quarter
from catalogue.wording import pick, say, use_language
from ui import reads
from ui.app import filters, session
from ui.app.style import style
from ui.kit import damage, figures, markup
from ui.screens.wall import city, progress, side

TURN = 15  # seconds a theme and an indicator stay


def is_asked_for() -> bool:
    return figures.is_wall()


def show() -> None:
    """The script of a wall's first run; from then on only the fragment below runs."""
    session.must("see_numbers")
    st.html(style("dark"))
    _turning()


@st.fragment(run_every=TURN)
def _turning() -> None:
    use_language(filters.language_from_url())  # a fragment runs by itself, without what the shell set
    session.keep_alive()
    if not damage.tell():
        return
    if not reads.periods():
        st.html(f'<div class="wall"><p>{say("shell.nothing_loaded")}</p></div>')
        return
    period, basis = filters.chosen_period(), filters.chosen_basis()
    turn = int(time.time() // TURN) % city.turns(basis, period)
    st.html(
        f'<div class="wall"><header>{_title(period)}</header><main>'
        f'<div class="wall-column">{city.html(basis, period, turn)}</div>'
        f'<div class="wall-column">{progress.html(basis, period)}</div>'
        f'<div class="wall-column">{side.html(basis, period)}</div></main>'
        f"<footer>{_foot(basis)}</footer></div>"
    )


def _title(period: str) -> str:
    """Whose plan, which quarter; the time, and until when the numbers count."""
    plan, now = reads.plan(), clock.now()
    demo = f'<span class="demo">{markup.text(say("app.demo"))}</span>' if plan.demo else ""
    title = say("wall.title", title=say("shell.title", city=pick(plan, "city")), period=quarter(period))
    told = say(
        "wall.now",
        day=day(now.date()),
        weekday=say(f"wall.weekday.{now.isoweekday()}"),
        time=f"{now:%H:%M}",
        until=early.as_of(period, reads.published()),
    )
    return f"<span><b>{markup.text(title)}</b> {demo}</span><span>{markup.text(told)}</span>"


def _foot(basis: str) -> str:
    version = reads.shown_version()
    if version is None:
        return ""
    told = say(
        "wall.foot",
        basis=say(f"basis.{basis}"),
        number=version.number,
        at=f"{version.published_at:%Y-%m-%d %H:%M}",
    )
    return f"<span>{markup.text(told)}</span><span>{markup.text(say('overview.legend.bar'))}</span>"
