"""Above the tasks: how many need attention, and the counts by number, by word and by milestone."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from catalogue.display import quarter
from catalogue.wording import say
from sentences.lights import LIGHTS
from ui import reads
from ui.kit import figures, markup
from ui.reads import tasks
from ui.screens.tasks import marks


def show(basis: str, period: str) -> None:
    st.html(_head(figures.key(), basis, period, reads.today()))


@st.cache_resource(max_entries=64, show_spinner=False)
def _head(key: tuple, basis: str, period: str, today: str) -> str:
    rows = tasks.tasks(basis, period)
    attention = int(rows["attention"].sum())
    title = say(
        "tasks.title" if attention else "tasks.title_calm", period=quarter(period), total=len(rows), attention=attention
    )
    filing = say("tasks.returns", **reads.filing_counts(period, _form()))
    groups = "".join(f"<li>{group}</li>" for group in (_by_number(rows), _by_word(rows), _steps(rows)))
    return (
        f'<div class="tasks-head"><h2>{markup.text(title)}</h2><ul class="tasks-strip">{groups}</ul>'
        f'<p class="muted">{markup.go("returns", markup.text(filing))} {markup.text(say("tasks.attention_means"))}</p></div>'
    )


def _form() -> str:
    """Code of the form on which departments report."""
    return next((code for code, form in reads.plan().forms.items() if form.reporter == "department"), "")


def _by_number(rows: pd.DataFrame) -> str:
    numbered = rows[rows["commitments"] > 0]
    counts = Counter(numbered["light"])
    told = [f"{markup.lamp(light)} <b>{counts[light]}</b>" for light in LIGHTS]
    if len(numbered) < len(rows):
        told.append(
            f'<span class="muted">{markup.text(say("tasks.without_number", count=len(rows) - len(numbered)))}</span>'
        )
    return _group(say("tasks.by_number", count=len(numbered)), told)


def _by_word(rows: pd.DataFrame) -> str:
    counts = Counter(marks.state(row) for row in rows.itertuples())
    told = [f"{marks.said(state)} <b>{counts[state]}</b>" for state in marks.SIGNS if counts[state]]
    return _group(say("tasks.by_word", count=int((rows["said"] == "declared").sum())), told)


def _steps(rows: pd.DataFrame) -> str:
    counts = [sum(of_light) for of_light in zip(*(marks.counted(row) for row in rows.itertuples()), strict=True)]
    told = [f"{marks.step(light)} <b>{count}</b>" for light, count in zip(marks.STEPS, counts, strict=True) if count]
    return _group(say("tasks.steps", count=sum(counts)), told)


def _group(title: str, told: list[str]) -> str:
    return f"<b>{markup.text(title)}</b> {' '.join(f'<span>{one}</span>' for one in told)}"
