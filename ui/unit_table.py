"""All of a unit's indicators on one table: value, city, light, rank, change, the quarters so far."""
from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from catalogue.display import NOTHING, difference, quantity
from catalogue.model import Unit
from catalogue.wording import pick, say
from charts import reading
from charts.spark import unbroken_values
from ui import cards, reads


def show(period: str, basis: str, unit: Unit) -> str | None:
    """Gives the code of the indicator whose row was chosen, else None."""
    codes, told = _told(reads.spoken(), period, basis, unit.code)
    event = st.dataframe(
        told, hide_index=True, on_select="rerun", selection_mode="single-row", key=f"values {unit.code}",
        height=min(36 * len(codes) + 40, 620),
        column_config={say("unit.quarters"): st.column_config.LineChartColumn(width="small")},
    )
    st.caption(say("unit.choose_row"))
    return codes[event.selection.rows[0]] if event.selection.rows else None


@st.cache_resource(max_entries=128, show_spinner=False)
def _told(key: tuple, period: str, basis: str, unit: str) -> tuple[list[str], pd.DataFrame]:
    rows = reads.of_subject(basis, unit)
    now = rows[rows["period"] == period]
    codes = [code for code in reads.plan().indicators if code in set(now["indicator"])]
    return codes, pd.DataFrame([_line(now, rows, code, period, basis) for code in codes])


def _line(now: pd.DataFrame, rows: pd.DataFrame, code: str, period: str, basis: str) -> dict[str, object]:
    plan = reads.plan()
    indicator = plan.indicators[code]
    mine = now[now["indicator"] == code].iloc[0]
    city = reads.city_row(basis, period, code)
    return {
        say("unit.theme"): pick(plan.themes[indicator.theme], "title"),
        say("unit.indicator"): pick(indicator),
        say("unit.light"): cards.light_label(mine.light),
        say("unit.value"): reading.worded(mine),
        say("unit.city"): NOTHING if city is None else _city(city, plan.indicators[code].scope),
        say("unit.target"): quantity(mine.target, mine.measure),
        say("unit.rank"): NOTHING if mine["rank"] != mine["rank"] else f"{int(mine['rank'])}/{int(mine.ranked_of)}",
        say("unit.change"): difference(mine.change, mine.measure),
        say("unit.quarters"): unbroken_values(
            rows[rows["indicator"] == code], plan, until=period, subject=mine.subject
        ),
    }


def _city(row: Any, scope: str) -> str:
    """Where every unit must pass, how many of them do."""
    if scope == "each" and row.value == row.value and row.target == row.target:
        return f"{int(row.value)}/{quantity(row.target, row.measure)}"
    return quantity(row.value, row.measure)
