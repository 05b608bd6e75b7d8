"""One unit on one page, to print or to hand on."""

from __future__ import annotations

from datetime import date

import streamlit as st

from catalogue import clock, early
from catalogue.display import quarter
from catalogue.wording import say
from ui import reads
from ui.kit import markup
from ui.screens.county import board, quality, standing


def card(basis: str, period: str, unit: str, linked: bool) -> str:
    """HTML."""
    return _card(*board.key(), basis, period, unit, linked, clock.today())


@st.cache_resource(max_entries=64, show_spinner=False)
def _card(key: tuple, kept: tuple, basis: str, period: str, unit: str, linked: bool, today: date) -> str:
    title = say("county.card_title", unit=reads.subject_name(unit), period=quarter(period))
    mark = markup.tag(say("app.demo")) if reads.plan().demo else ""
    return (
        f'<article class="county-card"><header><h2>{markup.text(title)}</h2>{mark}</header>'
        f"<p>{markup.text(board.headline(basis, period, unit))}</p>"
        f'<div class="county-halves"><section><h4>{markup.text(say("county.card_targets"))}</h4>{_targets(basis, period, unit, linked)}</section>'
        f"<div>{board.points(basis, period, unit, linked)}"
        f"<section><h4>{markup.text(say('county.returns'))}</h4>{quality.table(unit, period)}</section></div></div>"
        f'<footer class="muted">{markup.text(_source(basis, period))}</footer></article>'
    )


def _targets(basis: str, period: str, unit: str, linked: bool) -> str:
    """The promises the plan writes in figures that this unit reports on."""
    mine = [one for one in standing.of_unit(basis, period, unit) if one.promise and one.promise.numeral]
    if not mine:
        return f'<p class="muted">{markup.text(say("county.no_targets"))}</p>'
    return board.table(mine, linked, sparks=False, themes=False)


def _source(basis: str, period: str) -> str:
    return say(
        "county.card_source",
        document=reads.plan().document,
        day=early.as_of(period, reads.published()),
        basis=say(f"basis.{basis}"),
        number=reads.number(),
    )
