"""Small pieces of a screen: lights, number cards, what needs attention, who has filed."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from catalogue.display import NOTHING, difference, quantity, quarter
from catalogue.model import Commitment, Indicator
from catalogue.wording import pick, say
from charts import reading, titles
from charts.spark import sparkline_values
from charts.theme import MARKS
from ui import reads, show

BADGES = {"green": "green", "yellow": "orange", "red": "red", "grey": "gray"}


def light_label(light: str) -> str:
    """Mark and word: never a colour alone."""
    return f"{MARKS[light]} {say(f'light.{light}')}"


def filing_line(period: str) -> str:
    """应报25份，已报23份，迟报1份，未报2份; of a quarter before the plan, what was put in later."""
    counts = reads.filing_counts(period)
    if not counts["owed"]:
        return say("overview.history", period=quarter(period), count=len(reads.receipts(period)))
    return say("overview.filing", period=quarter(period), **counts)


def attention(basis: str, period: str, limit: int = 8) -> None:
    """A sentence and a way down for each promise that is red or yellow, weightiest first."""
    st.markdown(f"**{say('overview.attention')}**")
    lines = _attention(reads.spoken(), basis, period)
    if not lines:
        st.caption(say("overview.nothing_to_attend"))
    for indicator, sentence in lines[:limit]:
        show.to_indicator(indicator, sentence)
    if len(lines) > limit:
        st.caption(say("overview.more_to_attend", count=len(lines) - limit))


@st.cache_resource(max_entries=64, show_spinner=False)
def _attention(key: tuple, basis: str, period: str) -> tuple[tuple[str, str], ...]:
    """(indicator, light and sentence)."""
    plan = reads.plan()
    told = []
    for row in reads.attention(basis, period).itertuples():
        promise, indicator = plan.commitments[row.commitment], plan.indicators[row.indicator]
        sentence = titles.finding(reads.of_indicator(basis, row.indicator), indicator, promise, plan, period)
        told.append((row.indicator, f":{BADGES[row.light]}-badge[{light_label(row.light)}] {sentence}"))
    return tuple(told)


@dataclass(frozen=True, slots=True)
class Card:
    """One target written in figures: value, change, the quarters so far, and what stands below them."""

    label: str
    value: str
    change: str | None
    points: list[float]
    below: str


def numerals(basis: str, period: str) -> None:
    with st.grid(5, min_column_width=165, gap="small"):
        for card in _numerals(reads.spoken(), basis, period):
            with st.container(border=True, gap="xsmall"):
                st.metric(
                    card.label, card.value, delta=card.change, delta_color="off", delta_arrow="off",
                    delta_description=say("card.since_last") if card.change else None,
                    chart_data=card.points, chart_type="line",
                )
                st.caption(card.below)


@st.cache_resource(max_entries=64, show_spinner=False)
def _numerals(key: tuple, basis: str, period: str) -> tuple[Card, ...]:
    plan = reads.plan()
    promised = [promise for promise in plan.commitments.values() if promise.numeral]
    rows = {promise.id: reads.city_row(basis, period, promise.indicator) for promise in promised}
    return tuple(
        _card(promise, plan.indicators[promise.indicator], rows[promise.id], basis, period)
        for promise in promised
        if rows[promise.id] is not None
    )


def _card(promise: Commitment, indicator: Indicator, row: Any, basis: str, period: str) -> Card:
    target = NOTHING if row.target != row.target else quantity(row.target, row.measure)
    return Card(
        label=f"{promise.id} {pick(indicator)}",
        value=quantity(row.value, row.measure),
        change=None if row.change != row.change else difference(row.change, row.measure),
        points=sparkline_values(reads.of_indicator(basis, indicator.code), reads.plan(), until=period),
        below=f"{light_label(row.light)} · {say('card.target', target=target)} · {show.coverage(row)}",
    )


def facts(row: Any) -> None:
    """Value, target, pace, change and coverage of one row, side by side."""
    measure = row.measure
    with st.grid(6, min_column_width=140, gap="small"):
        st.metric(say("fact.light"), light_label(row.light), help=say(f"verdict.{row.verdict}"))
        st.metric(say("fact.value"), quantity(row.value, measure))
        st.metric(say("fact.target"), quantity(row.target, measure))
        st.metric(say("fact.pace"), quantity(row.pace, measure), help=say("fact.pace_help"))
        st.metric(say("fact.change"), difference(row.change, measure))
        st.metric(say("fact.coverage"), f"{reading.stands_on(row)}/{int(row.expected)}", help=say("fact.coverage_help"))
    st.caption(say(f"verdict.{row.verdict}"))


def unit_line(unit: str, period: str) -> str:
    """When this unit's return came and how it stands."""
    row = reads.return_status(period, unit)
    if row is None:
        return say("county.history", period=quarter(period))
    if row.state == "missing":
        return say("county.not_filed")
    at = f"{row.submitted_at:%Y-%m-%d}"
    return say("county.filed_late" if row.late else "county.filed", at=at, state=say(f"state.{row.state}"))
