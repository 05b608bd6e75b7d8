"""The units on the wall: whose return is in, and how many of its promises stand at each light."""

from __future__ import annotations

import streamlit as st

from catalogue.display import quarter
from catalogue.wording import pick, say
from sentences.lights import LIGHTS
from ui import reads
from ui.kit import figures, markup


def html(basis: str, period: str) -> str:
    return _html(figures.key(), basis, period, reads.today())


@st.cache_resource(max_entries=16, show_spinner=False)
def _html(key: tuple, basis: str, period: str, today: str) -> str:
    heads = [say("wall.unit"), say("wall.return"), *(say(f"light.{light}") for light in LIGHTS), say("wall.first")]
    rows = [_row(code, basis, period) for code in reads.plan().units]
    title = markup.text(say("wall.units", period=quarter(period)))
    return f"<h2>{title}</h2>{markup.table(heads, rows, 'wall-units', numbers=(2, 3, 4, 5, 6))}"


def _row(code: str, basis: str, period: str) -> list[str]:
    rows = reads.of_period(basis, period)
    mine = rows[rows["subject"] == code]
    counts = reads.light_counts(mine)
    first = int((mine["rank"] == 1).sum())
    lights = [f"{markup.lamp(light, word=False)} {counts[light]}" for light in LIGHTS]
    return [f"<b>{markup.text(pick(reads.plan().units[code]))}</b>", _return(code, period), *lights, str(first)]


def _return(code: str, period: str) -> str:
    row = reads.return_status(period, code)
    if row is None:
        return '<span class="muted">—</span>'
    state = markup.text(say(f"state.{row.state}"))
    late = f" {markup.tag(say('wall.late'), 'yellow')}" if row.state != "missing" and row.late else ""
    return (markup.tag(say("state.missing"), "red") if row.state == "missing" else state) + late
