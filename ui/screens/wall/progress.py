"""On the wall, in the middle: the targets the plan writes in figures, each on its way."""

from __future__ import annotations

import streamlit as st

from catalogue.wording import pick, say
from ui.kit import figures, markup
from ui.screens.overview import bullets, standing, standings
from ui.screens.overview.standing import PromiseStanding


def html(basis: str, period: str) -> str:
    return _html(figures.key(), basis, period)


@st.cache_resource(max_entries=16, show_spinner=False)
def _html(key: tuple, basis: str, period: str) -> str:
    """Of a plan that writes nothing in figures, its first promises."""
    told = standings.of(basis, period)
    shown = standing.of_numerals(told) or told[:14]
    others = {one.promise.id: one for one in standings.of("filed" if basis == "approved" else "approved", period)}
    lines = "".join(_line(one, others.get(one.promise.id), basis) for one in shown)
    title = say("board.numerals", count=len(shown))
    return f'<section class="wall-card grow"><h3>{markup.text(title)}</h3><div class="wall-numerals">{lines}</div></section>'


def _line(one: PromiseStanding, other: PromiseStanding | None, basis: str) -> str:
    light = one.provisional or one.light
    filed = bullets.also(one, other, basis)
    return (
        f'<div class="wall-line"><span class="name">{markup.lamp(light, word=False)} {markup.text(pick(one.indicator))}</span>'
        f"<span>{bullets.track(one, other, basis)}</span>"
        f'<span class="n"><b>{markup.text(one.value)}</b>{bullets.target(one)}{filed}</span></div>'
    )
