"""What is done to many returns at once: approve the clean ones, lock a form's quarter, open one reporter again."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from actions import reviewing
from catalogue.display import quarter
from catalogue.wording import pick, say
from ui import reads
from ui.app import session
from ui.kit import asking


def show(queue: pd.DataFrame, period: str) -> None:
    clean = queue[queue["clean"]]
    with st.container(horizontal=True, key="review quarter"):
        asking.button(
            say("review.approve_clean", count=len(clean)), "clean", period, key="approve clean", disabled=clean.empty
        )
        with st.popover(say("review.lock_title")):
            _locking(queue, period)

    def ask() -> None:
        st.write(say("review.confirm_clean_text", count=len(clean)))
        for row in clean.itertuples():
            st.markdown(f"- {_named(row)}")
        left = _left(queue)
        if left:
            st.write(say("review.left", count=len(left)))
            for line in left:
                st.markdown(f"- {line}")
        if st.button(say("review.yes_approve"), type="primary", key="yes clean"):
            asking.do(lambda: _approved(period))

    asking.asked("clean", period, say("review.confirm_clean"), ask)


def _named(row) -> str:
    return say(
        "review.named", reporter=reads.subject_name(row.reporter), form=pick(reads.plan().forms[row.form], "title")
    )


def _left(queue: pd.DataFrame) -> list[str]:
    """The returns that wait and are not approved with the others, each with its reasons."""
    waiting = queue[(queue["state"] == "filed") & ~queue["clean"]]
    return [
        say("review.left_why", named=_named(row), why=say("review.and").join(_why(row))) for row in waiting.itertuples()
    ]


def _why(row) -> list[str]:
    reasons = {
        "own": not row.mine,
        "locked": row.quarter_locked,
        "correction": bool(row.correction),
        "explained": row.explained > 0,
    }
    return [say(f"review.why_{name}", count=row.explained) for name, holds in reasons.items() if holds]


def _approved(period: str) -> str:
    """How many were approved, which were decided by somebody else meanwhile, and what still waits, and why."""
    actor = session.actor()
    done, overtaken = reviewing.approve_clean(actor, period)
    told = [say("review.done_clean", count=len(done))]
    told += [
        say("review.overtaken", reporter=reads.subject_name(key.reporter), problem=quicker)
        for key, quicker in overtaken
    ]
    left = _left(reviewing.queue(actor, period))
    return "\n\n".join(
        [*told, *([say("review.left", count=len(left)), *(f"- {line}" for line in left)] if left else [])]
    )


def _locking(queue: pd.DataFrame, period: str) -> None:
    plan = reads.plan()
    forms = list(dict.fromkeys(queue["form"]))
    form = st.selectbox(
        say("filter.form"), forms, key="lock form", format_func=lambda code: pick(plan.forms[code], "title")
    )
    of_form = queue[queue["form"] == form]
    if of_form["quarter_locked"].all():
        st.caption(say("review.all_locked", period=quarter(period)))
    else:
        st.caption(say("review.lock_about"))
        if st.button(say("review.lock", period=quarter(period)), key="lock", type="primary"):
            asking.do(lambda: say("review.done_lock", count=reviewing.lock(session.actor(), period, form)))
    locked = of_form[of_form["quarter_locked"]]["reporter"].tolist()
    if locked:
        st.divider()
        reporter = st.selectbox(say("review.reopen_whom"), locked, key="reopen whom", format_func=reads.subject_name)
        reason = st.text_input(say("review.reopen_reason"), key="reopen reason", max_chars=300)
        if st.button(say("review.reopen"), key="reopen", disabled=not reason.strip()):
            asking.do(lambda: _reopened(period, form, reporter, reason))


def _reopened(period: str, form: str, reporter: str, reason: str) -> str:
    reviewing.reopen(session.actor(), period, form, reporter, reason)
    return say("review.done_reopen", reporter=reads.subject_name(reporter))
