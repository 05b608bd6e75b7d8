"""Deadlines: how they stand, and moving one."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from access.model import Actor
from actions import deadlines
from catalogue.display import day, quarter
from catalogue.load import plans
from catalogue.period import Period
from catalogue.wording import pick, say
from ui import reads
from ui.kit import tables
from ui.kit.acting import Notice, button, chosen


def show() -> None:
    """The quarter that is chosen: grain return owed, then the fields to move a day."""
    known = plans()
    periods = [str(period) for plan in known for period in plan.deadlines]
    now = str(known[-1].first) if not reads.periods() else reads.periods()[-1]
    period = st.selectbox(
        say("setup.period"),
        periods,
        index=periods.index(now) if now in periods else 0,
        format_func=quarter,
        key="due period",
        width=260,
    )
    reads.work_on(period)
    rows = deadlines.due_days(period)
    _table(rows)
    st.markdown(f"**{say('setup.move_title')}**")
    with st.grid(3, min_column_width=240):
        form = st.selectbox(say("setup.form"), ["", *rows["form"].unique()], format_func=_form_name, key="due form")
        owing = rows if not form else rows[rows["form"] == form]
        st.selectbox(
            say("setup.reporter"),
            ["", *owing["reporter"].unique()],
            format_func=_reporter_name,
            key=f"due reporter {form}",
        )
        st.date_input(say("setup.due"), rows["due"].mode().iloc[0].date(), format="YYYY-MM-DD", key=f"due day {period}")
    st.text_input(say("setup.reason"), key="due reason")
    st.caption(say("setup.move_note"))
    button(say("setup.move"), "move due", lambda who: _move(who, period, form), type="primary")


def _table(rows: pd.DataFrame) -> None:
    told = pd.DataFrame(
        {
            say("setup.form"): [_form_name(code) for code in rows["form"]],
            say("setup.reporter"): [_reporter_name(code) for code in rows["reporter"]],
            say("setup.due"): [f"{due:%Y-%m-%d}" for due in rows["due"]],
            say("setup.planned"): [f"{due:%Y-%m-%d}" for due in rows["planned"]],
            say("setup.reason"): rows["reason"].tolist(),
            say("setup.moved_by"): rows["by_whom"].tolist(),
            say("setup.moved_at"): ["" if pd.isna(at) else f"{at:%Y-%m-%d %H:%M}" for at in rows["at"]],
        }
    )
    tables.frame(told, title=say("setup.due_tab"), key="due days", height=min(36 * len(told) + 40, 420))


def _move(who: Actor, period: str, form: str) -> Notice:
    due = chosen(f"due day {period}")
    deadlines.move(who, Period.parse(period), form, chosen(f"due reporter {form}", ""), due, chosen("due reason", ""))
    return Notice(say("setup.moved", day=day(due)))


def _form_name(code: str) -> str:
    return pick(reads.plan().forms[code], "title") if code else say("setup.all_forms")


def _reporter_name(code: str) -> str:
    return reads.subject_name(code) if code else say("setup.all_reporters")
