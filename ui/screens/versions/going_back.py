"""Going back to an earlier version: what it would do, why, and doing it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from access.model import Actor
from actions import going_back
from catalogue.display import quarter
from catalogue.wording import pick, say
from ui import reads
from ui.app import session
from ui.kit import tables
from ui.kit.acting import Notice, button, chosen
from ui.kit.refusals import REFUSALS
from ui.screens.versions.listed import lacking, options
from warehouse.store import Version


def show(found: list[Version]) -> None:
    st.caption(say("versions.back_note"))
    if len(found) < 2:
        st.info(say("action.is_newest", number=found[0].number))
        return
    named = options(found[1:])
    number = st.selectbox(
        say("versions.back_to"), list(named), format_func=named.__getitem__, key="back number", width=360
    )
    try:
        would = going_back.preview(session.actor(), number)
    except REFUSALS as problem:
        st.info(str(problem))
        return
    if would.undoing.nothing:
        st.info(say("action.nothing_to_undo", number=number))
        return
    if would.plan_changed:
        st.warning(say("versions.back_plan"))
    if would.lacking:
        st.warning(lacking(number, would.lacking))
    _preview(would)
    st.text_input(say("versions.back_reason"), key="back reason")
    sure = st.checkbox(say("versions.back_sure"), key=f"back sure {number} {would.newest}")
    button(
        say("versions.back", number=number),
        "go back",
        lambda who: _go_back(who, number, would.newest),
        type="primary",
        disabled=not sure,
    )


def _preview(would: going_back.Preview) -> None:
    plan, rows = reads.plan(), would.receipts
    st.markdown(f"**{say('versions.preview', count=len(rows))}**")
    told = pd.DataFrame(
        {
            say("versions.receipt"): rows["number"].tolist(),
            say("versions.form"): [
                pick(plan.forms[code], "title") if code in plan.forms else code for code in rows["form"]
            ],
            say("versions.reporter"): [reads.subject_name(code) for code in rows["reporter"]],
            say("versions.period"): [quarter(code) for code in rows["period"]],
            say("versions.state_now"): [say(f"state.{state}") for state in rows["now"]],
            say("versions.state_then"): [say(f"state.{state}") for state in rows["then"]],
        }
    )
    if len(told):
        tables.frame(told, title=say("takeaway.table.back"), key="back receipts", height=min(36 * len(told) + 40, 400))
    st.caption(say("versions.preview_counts", locks=len(would.undoing.locks), dues=len(would.undoing.dues)))


def _go_back(who: Actor, number: int, seen: int) -> Notice:
    made = going_back.go_back(who, number, chosen("back reason", ""), seen=seen)
    return Notice(say("versions.went_back", back=number, number=made.number))
