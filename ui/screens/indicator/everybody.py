"""Every unit's number of one indicator, as a table to be sorted and searched, where the figures show only some of them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from catalogue.display import quarter
from catalogue.model import Indicator
from catalogue.wording import pick, say
from charts.fold import MOST
from sentences import reading
from ui import reads
from ui.kit import figures, tables
from ui.reads.kept import per_version

HEIGHT = 420  # px


def show(basis: str, period: str, indicator: Indicator) -> None:
    """Nothing where the figures show all of them."""
    if len(reads.plan().units) <= MOST:
        return
    title = say("indicator.everybody", count=len(reads.plan().units), period=quarter(period))
    st.subheader(title)
    st.caption(say("indicator.everybody_note"))
    rows = _rows(basis, period, indicator.code)
    tables.frame(rows, title=title, key="everybody", width="stretch", height=HEIGHT)


@per_version(64, by=figures.key)
def _rows(basis: str, period: str, code: str) -> pd.DataFrame:
    """Grain: unit of the plan, in its order."""
    plan = reads.plan()
    told = reading.unit_readings(reads.of_indicator(basis, code), plan.indicators[code], plan, period)
    return pd.DataFrame(
        {
            say("filter.unit"): [pick(one.unit) for one in told],
            say("indicator.column.value"): [one.value for one in told],
            say("indicator.column.told"): [one.worded for one in told],
            say("indicator.column.light"): [say(f"light.{one.light}") if one.light else "" for one in told],
        }
    )
