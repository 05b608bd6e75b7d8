"""大屏: the overview on a wall. `?kiosk` at any address; dark, no controls, turns its pages and takes up new versions by itself."""

from __future__ import annotations

import time
from collections.abc import Callable

import streamlit as st

from catalogue import clock
from catalogue.display import day, quarter
from catalogue.wording import pick, say, use_language
from ui import reads
from ui.app import filters, session
from ui.app.style import style
from ui.kit import figures
from ui.screens.overview import board
from ui.screens.wall import units
from ui.screens.works import cards

TURN = 15  # seconds a page stays
Page = Callable[[str, str], str]


def _state(basis: str, period: str) -> str:
    return board.head(basis, period) + board.attend(basis, period, most=6)


def _works(basis: str, period: str) -> str:
    """A plan without works, or a quarter before it, has the units once more."""
    plan = reads.plan()
    if not plan.projects or period < str(plan.first):
        return units.html(basis, period)
    return f'<div class="wall-works">{cards.head(basis, period)}{cards.cards(basis, period)}</div>'


# In the order of turning; each gives HTML.
PAGES: tuple[Page, ...] = (_state, board.numerals, board.others, units.html, _works)


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
    if not reads.periods():
        st.html(f'<div class="wall"><p>{say("shell.nothing_loaded")}</p></div>')
        return
    period, basis = filters.chosen_period(), filters.chosen_basis()
    turn = int(time.time() // TURN) % len(PAGES)
    st.html(
        f'<div class="wall"><header>{_title()}</header><main>{PAGES[turn](basis, period) or _state(basis, period)}</main><footer>{_foot(basis, period, turn)}</footer></div>'
    )


def _title() -> str:
    plan = reads.plan()
    demo = f'<span class="tag yellow">{say("app.demo")}</span>' if plan.demo else ""
    return f"<b>{say('shell.title', city=pick(plan, 'city'))}</b> {demo}"


def _foot(basis: str, period: str, turn: int) -> str:
    version = reads.shown_version()
    if version is None:
        return ""
    dots = "".join(f'<i class="{"on" if n == turn else ""}">●</i>' for n in range(len(PAGES)))
    told = say(
        "wall.foot",
        period=quarter(period),
        basis=say(f"basis.{basis}"),
        number=version.number,
        at=f"{version.published_at:%Y-%m-%d %H:%M}",
        day=day(clock.today()),
    )
    return f"<span>{told}</span><span class='dots' aria-hidden='true'>{dots}</span>"
