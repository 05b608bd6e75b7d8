"""Before submitting: what changes and what it does; then one confirm. After it: withdraw while nobody has decided."""
from __future__ import annotations

import pandas as pd
import streamlit as st

from access.model import Actor
from actions import submitting
from actions.errors import ActionRefused
from actions.keys import ReturnKey
from actions.standing import Standing
from actions.uploading import Upload
from catalogue.display import NOTHING, difference, quantity
from catalogue.naming import element_name
from catalogue.wording import pick, say
from etl.annotate.rows import shown
from etl.compare import Line
from ui import cards, filing_draft, reads, session

MARKS = {"jump": "▲", "fell": "▼", "new": "＋", "gone": "－", "": ""}
DONE = "submit told"


def changes(key: ReturnKey, draft: Upload) -> None:
    """Entry by entry against last quarter and against the return on record."""
    lines = filing_draft.lines(filing_draft.stamp(key), key, draft)
    on_record = any(line.accepted is not None for line in lines)
    changed = [line for line in lines if line.outlier or (line.changed_since_accepted if on_record else line.change)]
    st.markdown(f"**{say('filing.changes')}**")
    everything = st.toggle(say("filing.every_line", count=len(lines)), key="every line")
    told = lines if everything else changed
    if told:
        st.dataframe(line_table(told, key), hide_index=True, key="changes", width="stretch", height=min(36 * len(told) + 40, 420))
    else:
        st.caption(say("filing.no_changes"))


def line_table(lines: list[Line], key: ReturnKey) -> pd.DataFrame:
    plan = reads.plan()

    def accepted(line: Line) -> str:
        if line.accepted is None:
            return NOTHING
        state, value, text = line.accepted
        return "/" if state == "na" else quantity(value, line.measure) if value is not None else text or ""

    def item(line: Line) -> str:
        about = "" if line.subject == key.reporter else f"{reads.subject_name(line.subject)} "
        return f"{about}{element_name(plan, line.element)}"

    return pd.DataFrame(
        {
            say("filing.column.cell"): [f"{line.sheet}!{line.cell}" for line in lines],
            say("filing.column.item"): [item(line) for line in lines],
            say("filing.column.value"): [shown(line.now, plan) for line in lines],
            say("filing.column.last"): [NOTHING if line.last is None else quantity(line.last, line.measure) for line in lines],
            say("filing.column.change"): [difference(line.change, line.measure) for line in lines],
            say("filing.column.accepted"): [accepted(line) for line in lines],
            say("filing.column.outlier"): [
                f"{MARKS[line.outlier]} {say(f'filing.outlier_{line.outlier}')}" if line.outlier else "" for line in lines
            ],
            say("filing.column.reason"): [line.now.reason for line in lines],
        }
    )


def impact(actor: Actor, key: ReturnKey) -> None:
    """Now and then, indicator by indicator."""
    plan = reads.plan()
    rows = filing_draft.impact(filing_draft.stamp(key), actor, key)
    st.markdown(f"**{say('filing.impact')}**")
    if rows.empty:
        st.caption(say("filing.no_impact"))
        return
    told = pd.DataFrame(
        {
            say("filing.column.indicator"): [pick(plan.indicators[code]) for code in rows["indicator"]],
            say("filing.column.now"): [quantity(value, m) for value, m in zip(rows["now"], rows["measure"], strict=True)],
            say("filing.column.light_now"): [_light(light) for light in rows["light_now"]],
            say("filing.column.then"): [quantity(value, m) for value, m in zip(rows["then"], rows["measure"], strict=True)],
            say("filing.column.light_then"): [_light(light) for light in rows["light_then"]],
        }
    )
    st.dataframe(told, hide_index=True, key="impact", width="stretch", height=min(36 * len(told) + 40, 320))


def _light(light: object) -> str:
    return cards.light_label(light) if isinstance(light, str) else NOTHING


def button(key: ReturnKey, now: Standing, draft: Upload) -> None:
    if st.button(say("filing.correct" if now.state == "approved" else "filing.submit"), type="primary", key="submit", disabled=not draft.ready):
        confirm(key, now)


def confirm(key: ReturnKey, now: Standing) -> None:
    @st.dialog(say("filing.confirm_title"))
    def ask() -> None:
        st.write(say("filing.confirm_replace" if now.state == "filed" else "filing.confirm"))
        correction = ""
        if now.state == "approved":
            st.write(say("filing.confirm_correction"))
            correction = st.text_area(say("filing.correction"), key="correction", max_chars=500)
        if st.button(say("filing.yes_submit"), type="primary", key="yes submit"):
            try:
                made = submitting.submit(session.actor(), key, seen=now.seen, correction=correction)
            except ActionRefused as problem:
                st.error(str(problem))
                return
            st.session_state[DONE] = say("filing.submitted", number=made.number, at=f"{made.at:%Y-%m-%d %H:%M:%S}")
            st.session_state.pop("upload told", None)
            st.rerun()

    ask()


def withdraw(key: ReturnKey, now: Standing) -> None:
    """Only while nobody has decided."""
    if now.state != "filed" or now.locked:
        return

    @st.dialog(say("filing.withdraw_title"))
    def ask() -> None:
        reason = st.text_area(say("filing.withdraw_reason"), key="withdraw reason", max_chars=500)
        if st.button(say("filing.yes_withdraw"), type="primary", key="yes withdraw", disabled=not reason.strip()):
            try:
                submitting.withdraw(session.actor(), key, seen=now.seen, reason=reason)
            except ActionRefused as problem:
                st.error(str(problem))
                return
            st.session_state[DONE] = say("filing.withdrawn")
            st.rerun()

    if st.button(say("filing.withdraw"), key="withdraw"):
        ask()
