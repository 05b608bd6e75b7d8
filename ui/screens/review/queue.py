"""The returns of a quarter that this department reviews; a click opens one."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from access.model import Actor
from actions import reviewing
from actions.keys import ReturnKey
from catalogue.period import Period
from catalogue.wording import pick, say
from ui import reads
from ui.app import filters, session
from ui.kit import states, tables

WAITING, EVERY = "filed", "all"
WIDTHS = {  # pixels; the note has the rest
    "reporter": 230,
    "form": 235,
    "state": 85,
    "received": 145,
    "late": 75,
    "explained": 110,
    "returned": 85,
}


def rows(actor: Actor, period: str) -> pd.DataFrame:
    return reviewing.queue(actor, period)


def show(queue: pd.DataFrame) -> None:
    """Choose by state, then by row. The row that is open stands in the address."""
    counts = queue["state"].value_counts()
    kinds = [WAITING, *(state for state in ("returned", "approved", "locked", "missing") if counts.get(state)), EVERY]
    wanted = st.segmented_control(
        say("review.filter"),
        kinds,
        default=WAITING,
        required=True,
        key="review filter",
        label_visibility="collapsed",
        format_func=lambda code: _kind(code, int(counts.get(code, len(queue) if code == EVERY else 0))),
    )
    found = queue if wanted == EVERY else queue[queue["state"] == wanted]
    if found.empty:
        st.success(say("review.nothing_waits" if wanted == WAITING else "review.none_such"))
        return
    # Named after its rows: when one goes, a row chosen before must not become the choice of another.
    listed = list(zip(found["form"], found["reporter"], strict=True))
    key = f"queue {wanted} {hash(tuple(listed))}"
    tables.frame(
        table(found),
        title=say("shell.page.review"),
        key=key,
        on_select=lambda: _open(key, listed),
        selection_mode="single-row",
        width="stretch",
        height=min(35 * len(found) + 38, 380),
        column_config=_columns(),
    )
    st.caption(say("review.choose"))


def _kind(code: str, count: int) -> str:
    if code == EVERY:
        return say("review.every", count=count)
    return f"{say('review.waiting') if code == WAITING else states.state_label(code)} {count}"


def _open(key: str, listed: list[tuple[str, str]]) -> None:
    chosen = st.session_state[key].selection.rows
    if chosen:
        filters.open_return(*listed[chosen[0]])


def table(found: pd.DataFrame) -> pd.DataFrame:
    """Grain: return owed."""
    plan = reads.plan()
    columns = {
        "reporter": [reads.subject_name(code) for code in found["reporter"]],
        "form": [pick(plan.forms[code], "title") for code in found["form"]],
        "state": [states.state_label("locked" if row.quarter_locked else row.state) for row in found.itertuples()],
        "received": [f"{at:%Y-%m-%d %H:%M}" if at == at else "" for at in found["submitted_at"]],
        "late": [_late(row) for row in found.itertuples()],
        "explained": found["explained"].tolist(),
        "returned": found["times_returned"].tolist(),
        "note": [_note(row) for row in found.itertuples()],
    }
    return pd.DataFrame({say(f"review.column.{name}"): values for name, values in columns.items()})


def _columns() -> dict:
    return {
        say(f"review.column.{name}"): st.column_config.Column(
            width=width, alignment="right" if name in ("explained", "returned") else "left"
        )
        for name, width in WIDTHS.items()
    }


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


def chosen(queue: pd.DataFrame, period: str) -> ReturnKey | None:
    """The return the address names, where it is on the queue; one that is not is refused, and logged."""
    form, reporter = st.query_params.get("form"), st.query_params.get("reporter")
    if not form or not reporter:
        return None
    here = queue[(queue["form"] == form) & (queue["reporter"] == reporter)]
    if here.empty:
        session.refuse(f"return:{form}/{reporter}/{period}")
    return ReturnKey(form, reporter, Period.parse(period))


def next_waiting(queue: pd.DataFrame, after: ReturnKey) -> tuple[str, str] | None:
    """(form, reporter) of the return that waits for this account next, in the order of the list; None when it was the last."""
    listed = list(zip(queue["form"], queue["reporter"], strict=True))
    here = listed.index((after.form, after.reporter))
    ready = (queue["state"] == WAITING) & queue["mine"] & ~queue["quarter_locked"]
    turn = [at for at, waits in enumerate(ready) if waits and at != here]
    return listed[min(turn, key=lambda at: (at < here, at))] if turn else None
