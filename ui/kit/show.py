"""How a figure or a table is put on a screen: picture button, alt text, source line, way down."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pandas as pd
import streamlit as st

from catalogue import naming
from catalogue.display import quarter
from catalogue.model import Commitment, Indicator, Task
from catalogue.wording import pick, say
from charts.theme import png_config
from sentences import reading
from ui import reads
from ui.app import filters, seen
from ui.kit import figures, tables
from ui.kit.figures import Picture


def chart(picture: Picture, key: str, chosen: bool = False) -> Any:
    """Draw it with its picture button. chosen: give back customdata of the point clicked, else None."""
    seen.keep(picture)
    how: dict[str, Any] = {
        "theme": None,
        "config": png_config(picture.name, picture.figure.layout.width or 720),
        "key": key,
        "alt": picture.alt,
    }
    if not chosen:
        st.plotly_chart(picture.figure, **how)
        return None
    event = st.plotly_chart(picture.figure, on_select="rerun", selection_mode="points", **how)
    points = event.selection.points
    return points[0].get("customdata") if points else None


def folded(title: str) -> AbstractContextManager[Any]:
    """On a phone a part that says at length what stands above it in short is opened by a tap; elsewhere it stands there."""
    return st.expander(title) if figures.is_phone() else nullcontext()


def open_indicator(code: str) -> None:
    st.switch_page("pages/indicator.py", query_params={"indicator": code, **filters.kept()})


def open_unit(code: str) -> None:
    st.switch_page("pages/county.py", query_params={"unit": code, **filters.kept()})


def clause(promise: Commitment) -> None:
    """The plan's own words, where they stand and who answers for them."""
    st.markdown(f"> {promise.quote}")
    st.caption(clause_place(promise))


def clause_place(promise: Commitment) -> str:
    """Where the words stand, who answers for them, and how firm they are."""
    plan = reads.plan()
    task = plan.tasks[promise.task]
    return reading.joined(
        (
            say("clause.where", document=plan.document_of(promise), number=task.number, title=pick(task, "title")),
            say("clause.who", label=task.label, units=responsible(task)),
            say(f"clause.{promise.strength}"),
            say("clause.implied") if promise.assumption else "",
        )
    )


def responsible(task: Task) -> str:
    return naming.responsible(reads.plan(), task)


def definition(indicator: Indicator) -> None:
    with st.container(border=True):
        st.markdown(f"**{say('indicator.definition')}**　{pick(indicator, 'definition')}")
        st.markdown(f"**{say('indicator.formula')}**　{formula(indicator)}")
        for trap in pick(indicator, "traps"):
            st.markdown(f"- {trap}")


def formula(indicator: Indicator) -> str:
    return naming.formula(reads.plan(), indicator)


def table(rows: pd.DataFrame, key: str, title: str, numbers: tuple[str, ...] = ()) -> None:
    """numbers: columns that stand at the right."""
    right = {name: st.column_config.Column(alignment="right") for name in numbers}
    tables.frame(rows, title=title, key=key, width="stretch", column_config=right)


def as_of(row: Any) -> str:
    """Quarter and coverage in words: every number says how many units it stands on."""
    waiting = int(row.filed) - reading.stands_on(row)
    key = "shell.stands_on_pending" if waiting and row.expected > 1 else "shell.stands_on"
    return say(key, period=quarter(row.period), coverage=coverage(row), count=waiting)


def coverage(row: Any) -> str:
    """How many units a number stands on, in few words: filed, or approved where only those count."""
    count, expected = reading.stands_on(row), int(row.expected)
    key = "all" if count == expected else "part"
    if count == 0:
        return say("coverage.approved_none" if row.filed else "coverage.none")
    if expected == 1:
        key = "one"
    return say(
        f"coverage.approved_{key}" if row.basis == "approved" else f"coverage.{key}", count=count, expected=expected
    )
