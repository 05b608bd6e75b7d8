"""How the returns of a quarter stand in one sentence, and how punctual they were over the quarters."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from catalogue import clock
from catalogue.display import day, difference, quantity, quarter
from catalogue.wording import say
from etl.outgoing.chase_status import counts
from sentences import reading
from ui import reads
from ui.kit import figures, show, tables
from ui.reads import chase
from ui.reads.kept import per_version
from ui.screens.returns import matrix

RATES = ("completeness", "timeliness")
COUNTED = ("owed", "on_time", "late", "returned", "missing", "times_returned")


def headline(rows: pd.DataFrame, period: str) -> None:
    """rows: the standings of this quarter."""
    told, due = _told(chase.drafts(), period, rows)
    st.subheader(say("chasing.title", period=quarter(period)))
    st.markdown(told)
    st.caption(due)
    now, before = _rates(period)
    with st.grid(len(RATES), min_column_width=150, gap="small"):
        for name in RATES:
            share, earlier = getattr(now, name), getattr(before, name, None)
            change = None if reading.blank(share) or reading.blank(earlier) else difference(share - earlier, "percent")
            st.metric(
                say(f"chasing.{name}"),
                quantity(share, "percent", 1),
                delta=change,
                delta_color="off",
                delta_arrow="off",
                delta_description=say("card.since_last") if change else None,
                help=say("chasing.rate_help"),
                border=True,
            )


@per_version(16, by=(reads.spoken, clock.today))
def _told(drafts: frozenset[tuple[str, str, str]], period: str, _rows: pd.DataFrame) -> tuple[str, str]:
    """How many came and how, and when they were due."""
    return say("chasing.headline", day=day(clock.today()), **counts(_rows)), due_line(_rows)


def due_line(rows: pd.DataFrame) -> str:
    """截止日期2021年10月11日，其中1份另有规定。"""
    usual = rows["due"].mode().iloc[0]
    apart = int((rows["due"] != usual).sum())
    return say("chasing.due_apart" if apart else "chasing.due", due=day(usual.date()), count=apart)


def _rates(period: str) -> tuple[Any, Any]:
    """The quarter and the one before it; None where the plan has none."""
    rows = reading.records(chase.rates())
    place = next(n for n, row in enumerate(rows) if row.period == period)
    return rows[place], rows[place - 1] if place else None


def over_time(period: str) -> None:
    st.markdown(f"**{say('chasing.over_time')}**")
    show.chart(figures.of_rates(period), "rates")
    st.markdown(f"**{say('chasing.punctuality')}**")
    told = _punctual(period)
    name = st.column_config.TextColumn(pinned=True, width=88 if figures.is_phone() else matrix.NAME)
    tables.frame(
        told,
        title=say("chasing.punctuality"),
        key="punctuality",
        width="stretch",
        height=min(36 * len(told) + 40, 420),
        column_config={say("chasing.column.reporter"): name},
    )
    st.caption(say("chasing.punctuality_note", period=quarter(period)))


@per_version(16, by=(figures.key, clock.today))
def _punctual(until: str) -> pd.DataFrame:
    """Grain: reporter; under the names its columns have on the screen."""
    rows = chase.punctuality(until)
    return pd.DataFrame(
        {
            say("chasing.column.reporter"): [matrix.name(code) for code in rows["reporter"]],
            **{say(f"chasing.punctual.{name}"): rows[name].astype(int) for name in COUNTED},
        }
    )
