"""How a figure or a table is put on a screen: picture button, alt text, source line, way down."""
from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from catalogue.display import quarter
from catalogue.model import Commitment, Indicator, Task
from catalogue.naming import element_name
from catalogue.wording import language, pick, say
from charts.theme import png_config
from ui import filters, reads
from ui.figures import Picture


def chart(picture: Picture, key: str, chosen: bool = False) -> Any:
    """Draw it with its picture button. chosen: give back customdata of the point clicked, else None."""
    how: dict[str, Any] = {"theme": None, "config": png_config(picture.name), "key": key, "alt": picture.alt}
    if not chosen:
        st.plotly_chart(picture.figure, **how)
        return None
    event = st.plotly_chart(picture.figure, on_select="rerun", selection_mode="points", **how)
    points = event.selection.points
    return points[0].get("customdata") if points else None


def to_indicator(code: str, label: str, **more: str) -> None:
    """A link to the indicator's screen for the quarter and returns now on show."""
    st.page_link("pages/indicator.py", label=label, query_params={"indicator": code, **filters.kept(), **more})


def open_indicator(code: str) -> None:
    st.switch_page("pages/indicator.py", query_params={"indicator": code, **filters.kept()})


def open_unit(code: str) -> None:
    st.switch_page("pages/county.py", query_params={"unit": code, **filters.kept()})


def clause(promise: Commitment) -> None:
    """The plan's own words, where they stand and who answers for them."""
    plan = reads.plan()
    task = plan.tasks[promise.task]
    st.markdown(f"> {promise.quote}")
    st.caption(
        say("clause.where", document=plan.document, number=task.number, title=pick(task, "title"))
        + " · " + say("clause.who", label=task.label, units=_responsible(task))
        + " · " + say(f"clause.{promise.strength}")
        + (" · " + say("clause.implied") if promise.assumption else "")
    )


def _responsible(task: Task) -> str:
    """As the plan writes them; in English one by one."""
    if language() == "zh":
        return task.units_text
    return ", ".join(pick(reads.plan().departments[code]) for code in task.departments)


def definition(indicator: Indicator) -> None:
    with st.container(border=True):
        st.markdown(f"**{say('indicator.definition')}**　{pick(indicator, 'definition')}")
        st.markdown(f"**{say('indicator.formula')}**　{_formula(indicator)}")
        for trap in pick(indicator, "traps"):
            st.markdown(f"- {trap}")


def _formula(indicator: Indicator) -> str:
    plan = reads.plan()
    top = " ＋ ".join(element_name(plan, code) for code in indicator.numerator)
    if not indicator.is_ratio:
        return top
    bottom = " ＋ ".join(element_name(plan, code) for code in indicator.denominator)
    return f"（{top}）÷（{bottom}）" if "＋" in top or "＋" in bottom else f"{top} ÷ {bottom}"


def table(rows: pd.DataFrame, key: str, **columns: Any) -> None:
    st.dataframe(rows, hide_index=True, key=key, column_config=columns or None, width="stretch")


def as_of(row: Any) -> str:
    """Quarter and coverage in words: every number says how many units it stands on."""
    return say(
        "shell.as_of", period=quarter(row.period), filed=int(row.filed), approved=int(row.approved),
        expected=int(row.expected),
    )


def coverage(row: Any) -> str:
    """How many units a number stands on, in few words."""
    filed, expected = int(row.filed), int(row.expected)
    if filed == 0:
        return say("coverage.none")
    if expected == 1:
        return say("coverage.one")
    return say("coverage.all" if filed == expected else "coverage.part", filed=filed, expected=expected)
