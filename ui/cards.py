"""Small pieces of a screen: lights, number cards, what needs attention, who has filed."""
from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from catalogue.display import NOTHING, difference, quantity, quarter
from catalogue.model import Indicator
from catalogue.wording import pick, say
from charts import titles
from charts.spark import sparkline_values
from charts.theme import LIGHTS, MARKS
from ui import reads, show

BADGES = {"green": "green", "yellow": "orange", "red": "red", "grey": "gray"}


def light_label(light: str) -> str:
    """Mark and word: never a colour alone."""
    return f"{MARKS[light]} {say(f'light.{light}')}"


def light_counts(rows: pd.DataFrame) -> None:
    """How many promises stand at each light; `rows` are of one quarter, of the city or of one unit."""
    counts = reads.light_counts(rows)
    with st.container(horizontal=True, key="lights"):
        for light in LIGHTS:
            st.badge(f"{light_label(light)}　{counts[light]}", color=BADGES[light], help=say(f"light_help.{light}"))


def filing_line(period: str) -> str:
    """应报25份，已报23份，迟报1份，未报2份."""
    counts = reads.filing_counts(period)
    return say("overview.filing", period=quarter(period), **counts)


def attention(rows: pd.DataFrame, limit: int = 8) -> None:
    """A sentence and a way down for each promise that is red or yellow, weightiest first."""
    plan = reads.plan()
    st.markdown(f"**{say('overview.attention')}**")
    if rows.empty:
        st.caption(say("overview.nothing_to_attend"))
    for row in rows.head(limit).itertuples():
        promise = plan.commitments[row.commitment]
        indicator = plan.indicators[row.indicator]
        rows_of_it = reads.of_indicator(row.basis, row.indicator)
        sentence = titles.finding(rows_of_it, indicator, promise, plan, row.period)
        show.to_indicator(row.indicator, f":{BADGES[row.light]}-badge[{light_label(row.light)}] {sentence}")
    if len(rows) > limit:
        st.caption(say("overview.more_to_attend", count=len(rows) - limit))


def numerals(basis: str, period: str) -> None:
    """A card for each target the plan writes in figures: value, change, the quarters so far, coverage."""
    plan = reads.plan()
    with st.grid(5, min_column_width=165, gap="small"):
        for promise in plan.commitments.values():
            if promise.numeral:
                _numeral(promise.id, plan.indicators[promise.indicator], basis, period)


def _numeral(commitment: str, indicator: Indicator, basis: str, period: str) -> None:
    row = reads.city_row(basis, period, indicator.code)
    if row is None:
        return
    points = known(sparkline_values(reads.of_indicator(basis, indicator.code), reads.plan(), until=period))
    changed = row.change == row.change
    with st.container(border=True, gap="xsmall"):
        st.metric(
            f"{commitment} {pick(indicator)}",
            quantity(row.value, row.measure),
            delta=difference(row.change, row.measure) if changed else None,
            delta_color="off", delta_arrow="off", delta_description=say("card.since_last") if changed else None,
            chart_data=points if len(points) > 1 else None, chart_type="line",
        )
        target = quantity(row.target, row.measure) if row.target == row.target else NOTHING
        st.caption(f"{light_label(row.light)} · {say('card.target', target=target)} · {show.coverage(row)}")


def known(points: list[float]) -> list[float]:
    """Streamlit's small lines cannot break where a quarter has no value; they skip it."""
    return [point for point in points if point == point]


def facts(row: Any) -> None:
    """Value, target, pace, change and coverage of one row, side by side."""
    measure = row.measure
    with st.grid(6, min_column_width=140, gap="small"):
        st.metric(say("fact.light"), light_label(row.light), help=say(f"verdict.{row.verdict}"))
        st.metric(say("fact.value"), quantity(row.value, measure))
        st.metric(say("fact.target"), quantity(row.target, measure))
        st.metric(say("fact.pace"), quantity(row.pace, measure), help=say("fact.pace_help"))
        st.metric(say("fact.change"), difference(row.change, measure))
        st.metric(say("fact.coverage"), f"{int(row.filed)}/{int(row.expected)}", help=say("fact.coverage_help"))
    st.caption(say(f"verdict.{row.verdict}"))


def unit_line(unit: str, period: str) -> str:
    """When this unit's return came and how it stands."""
    row = reads.return_status(period, unit)
    if row is None or row.state == "missing":
        return say("county.not_filed")
    at = f"{row.submitted_at:%Y-%m-%d}"
    return say("county.filed_late" if row.late else "county.filed", at=at, state=say(f"state.{row.state}"))
