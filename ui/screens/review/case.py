"""One return on the desk: who sent it and when, its entries side by side, and a decision."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from access.model import Actor
from actions import files, reviewing
from actions.keys import ReturnKey
from actions.standing import ReturnStanding
from catalogue.display import NOTHING, quarter
from catalogue.wording import pick, say
from etl.annotate import marked_name
from ui import reads
from ui.app import filters, session
from ui.kit import asking, downloads, states
from ui.screens.review import lines
from ui.screens.review import queue as review_queue
from ui.screens.review.desk import ReviewDesk
from warehouse.write import RemarkRow


def show(actor: Actor, desk: ReviewDesk, queue: pd.DataFrame) -> None:
    key, now = desk.case.key, desk.case.standing
    _facts(desk)
    _take(actor, now)
    decidable = desk.mine and not now.locked and now.state in ("filed", "approved")
    said = lines.show(desk, writing=decidable)
    if not desk.mine:
        st.info(say("review.own_long"))
    elif now.locked:
        st.info(say("review.locked_long"))
    elif decidable:
        _decision(key, now, said, queue)


def _facts(desk: ReviewDesk) -> None:
    key, now = desk.case.key, desk.case.standing
    st.subheader(say("review.case", reporter=reads.subject_name(key.reporter), period=quarter(key.period)))
    with st.container(horizontal=True, vertical_alignment="center", key="review state"):
        state = "locked" if now.locked else now.state
        st.badge(states.state_label(state), color=states.COLOURS[state])
        st.caption(pick(reads.plan().forms[key.form], "title"), width="content")
    st.caption(
        say(
            "review.came",
            number=now.number,
            at=f"{now.received_at:%Y-%m-%d %H:%M:%S}",
            sender=now.sender,
            file=now.file_name,
        )
    )
    if now.state != "filed" and now.decided_at is not None:
        st.caption(
            say("review.decided", by=now.by, at=f"{now.decided_at:%Y-%m-%d %H:%M:%S}", reason=now.reason or NOTHING)
        )
    if (before := desk.sent_back) is not None:
        told = {"by": before.who, "at": f"{before.at:%Y-%m-%d %H:%M}", "number": before.number}
        st.warning(say("review.sent_back_before", reason=before.detail or say("filing.see_cells"), **told))


def _take(actor: Actor, now: ReturnStanding) -> None:
    number, marked = now.load_id, marked_name(now.file_name)
    with st.container(horizontal=True, key="review files"):
        downloads.button(say("review.remade"), marked, lambda: files.marked_return(actor, number)[1], "case marked")
        with st.popover(say("review.original")):
            st.warning(say("review.original_warning"))
            downloads.button(
                say("review.take_original"), now.file_name, lambda: files.original(actor, number)[1], "case file"
            )


def _decision(key: ReturnKey, now: ReturnStanding, said: list[RemarkRow], queue: pd.DataFrame) -> None:
    seen, whom = now.seen, reads.subject_name(key.reporter)
    reason = st.text_area(
        say("review.reason"), key=f"review reason {now.load_id}", max_chars=1000, placeholder=say("review.reason_hint")
    )
    with st.container(horizontal=True):
        if now.state == "filed":
            asking.button(say("review.approve"), "approve", key, type="primary", key="approve")
        label = say("review.send_back" if now.state == "filed" else "review.undo", count=len(said))
        asking.button(label, "send_back", key, key="send back", disabled=not (reason.strip() or said))

    def approve() -> None:
        st.write(say("review.confirm_approve_text", reporter=whom))
        if said:
            st.warning(say("review.remarks_lost", count=len(said)))
        if st.button(say("review.yes_approve"), type="primary", key="yes approve"):
            asking.do(lambda: _approved(key, seen, reason, queue))

    def send_back() -> None:
        st.write(say("review.confirm_send_back_text", reporter=whom, count=len(said)))
        if st.button(say("review.yes_send_back"), type="primary", key="yes send back"):
            asking.do(lambda: _sent_back(key, seen, reason, said, queue))

    asking.asked("approve", key, say("review.confirm_approve"), approve)
    asking.asked("send_back", key, say("review.confirm_send_back"), send_back)


def _approved(key: ReturnKey, seen: tuple[int, str, bool], reason: str, queue: pd.DataFrame) -> str:
    reviewing.approve(session.actor(), key, seen=seen, reason=reason)
    return _next(say("review.done_approve", reporter=reads.subject_name(key.reporter)), key, queue)


def _sent_back(
    key: ReturnKey, seen: tuple[int, str, bool], reason: str, said: list[RemarkRow], queue: pd.DataFrame
) -> str:
    reviewing.send_back(session.actor(), key, seen=seen, reason=reason, remarks=said)
    return _next(say("review.done_send_back", reporter=reads.subject_name(key.reporter)), key, queue)


def _next(done: str, key: ReturnKey, queue: pd.DataFrame) -> str:
    """On to the next one that waits; says which that is."""
    following = review_queue.next_waiting(queue, key)
    if following is None:
        filters.close_return()
        return say("review.was_last", done=done)
    filters.open_return(*following)
    return say("review.goes_on", done=done, reporter=reads.subject_name(following[1]))
