"""The returns of a quarter that this department reviews; a click opens one."""
from __future__ import annotations

import pandas as pd
import streamlit as st

from access.model import Actor
from actions import reviewing
from actions.keys import ReturnKey
from catalogue.period import Period
from catalogue.wording import pick, say
from ui import filters, reads, session, states

WAITING, EVERY = "filed", "all"


def rows(actor: Actor, period: str) -> pd.DataFrame:
    return reviewing.queue(actor, period)


def show(queue: pd.DataFrame) -> None:
    """Choose by state, then by row. The choice stands in the address."""
    counts = queue["state"].value_counts()
    kinds = [WAITING, *(state for state in ("returned", "approved", "locked", "missing") if counts.get(state)), EVERY]
    wanted = st.segmented_control(
        say("review.filter"), kinds, default=WAITING, required=True, key="review filter", label_visibility="collapsed",
        format_func=lambda code: say("review.every", count=len(queue)) if code == EVERY
        else f"{states.state_label(code)} {int(counts.get(code, 0))}",
    )
    found = queue if wanted == EVERY else queue[queue["state"] == wanted]
    found = found.reset_index(drop=True)
    if found.empty:
        st.success(say("review.nothing_waits" if wanted == WAITING else "review.none_such"))
        return
    event = st.dataframe(
        table(found), hide_index=True, key=f"queue {wanted}", on_select="rerun", selection_mode="single-row", width="stretch",
        height=min(35 * len(found) + 38, 380),
    )
    st.caption(say("review.choose"))
    if event.selection.rows:
        row = found.iloc[event.selection.rows[0]]
        filters.open_return(row["form"], row["reporter"])


def table(found: pd.DataFrame) -> pd.DataFrame:
    plan = reads.plan()
    return pd.DataFrame(
        {
            say("review.column.reporter"): [reads.subject_name(code) for code in found["reporter"]],
            say("review.column.form"): [pick(plan.forms[code], "title") for code in found["form"]],
            say("review.column.state"): [states.state_label(state) for state in found["state"]],
            say("review.column.received"): [f"{at:%Y-%m-%d %H:%M}" if at == at else "" for at in found["submitted_at"]],
            say("review.column.late"): [_late(row) for row in found.itertuples()],
            say("review.column.explained"): found["explained"].tolist(),
            say("review.column.returned"): found["times_returned"].tolist(),
            say("review.column.note"): [_note(row) for row in found.itertuples()],
        }
    )


def _late(row) -> str:
    if row.state == "missing":
        return ""
    return say("review.late" if row.late else "review.on_time")


def _note(row) -> str:
    if row.correction:
        return say("review.correction", reason=row.correction)
    if not row.mine:
        return say("review.own")
    return say("review.clean") if row.clean else ""


def chosen(actor: Actor, queue: pd.DataFrame, period: str) -> ReturnKey | None:
    """The return the address names, where it is on the queue; one that is not is refused, and logged."""
    form, reporter = st.query_params.get("form"), st.query_params.get("reporter")
    if not form or not reporter:
        return None
    here = queue[(queue["form"] == form) & (queue["reporter"] == reporter)]
    if here.empty:
        session.refuse(f"return:{form}/{reporter}/{period}")
    return ReturnKey(form, reporter, Period.parse(period))


def next_waiting(queue: pd.DataFrame, after: ReturnKey) -> tuple[str, str] | None:
    """(form, reporter) of another return that waits for this account; None when it was the last."""
    waiting = queue[(queue["state"] == WAITING) & queue["mine"] & ~queue["quarter_locked"]]
    others = waiting[~((waiting["form"] == after.form) & (waiting["reporter"] == after.reporter))]
    return None if others.empty else (others.iloc[0]["form"], others.iloc[0]["reporter"])
