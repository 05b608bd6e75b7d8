"""One confirm, and the draft is a return; while nobody has decided about it, it can be withdrawn; a draft can be thrown away."""

from __future__ import annotations

import streamlit as st

from actions import submitting, uploading
from actions.errors import NotNow
from actions.keys import ReturnKey
from actions.standing import ReturnStanding
from actions.uploading import Upload
from catalogue.wording import say
from ui.app import session
from ui.kit import asking
from ui.screens.filing import draft as filing_draft
from ui.screens.filing import upload


def submit(key: ReturnKey, now: ReturnStanding, draft: Upload) -> None:
    if number := filing_draft.same_as(filing_draft.stamp(key), key, draft):
        st.info(say("filing.same", number=number))
        return
    corrects = now.state == "approved"
    asking.button(say("filing.correct" if corrects else "filing.submit"), "submit", key, type="primary", key="submit")

    def ask() -> None:
        st.write(say(f"filing.confirm_{now.state}" if now.state in ("filed", "approved") else "filing.confirm"))
        correction = st.text_area(say("filing.correction"), key="correction", max_chars=500) if corrects else ""
        if st.button(say("filing.yes_submit"), type="primary", key="yes submit"):
            asking.do(lambda: _submit(key, now, correction))

    asking.asked("submit", key, say("filing.confirm_title"), ask)


def _submit(key: ReturnKey, now: ReturnStanding, correction: str) -> str:
    made = submitting.submit(session.actor(), key, seen=now.seen, correction=correction)
    upload.forget()
    told = {
        "number": made.number,
        "at": f"{made.at:%Y-%m-%d %H:%M:%S}",
        "version": made.version,
        "sha256": made.sha256[:16],
    }
    return say("filing.submitted", **told)


def withdraw(key: ReturnKey, now: ReturnStanding) -> None:
    """Only while nobody has decided."""
    if now.state != "filed" or now.locked:
        return
    asking.button(say("filing.withdraw"), "withdraw", key, key="withdraw")

    def ask() -> None:
        st.write(say("filing.about_withdraw"))
        reason = st.text_area(say("filing.withdraw_reason"), key="withdraw reason", max_chars=500)
        if st.button(say("filing.yes_withdraw"), type="primary", key="yes withdraw"):
            asking.do(lambda: _withdraw(key, now, reason))

    asking.asked("withdraw", key, say("filing.withdraw_title"), ask)


def _withdraw(key: ReturnKey, now: ReturnStanding, reason: str) -> str:
    if not reason.strip():
        raise NotNow("reason_wanted")
    submitting.withdraw(session.actor(), key, seen=now.seen, reason=reason)
    return say("filing.withdrawn", number=now.number)


def discard(key: ReturnKey, draft: Upload) -> None:
    asking.button(say("filing.discard"), "discard", key, key="discard")

    def ask() -> None:
        st.write(say("filing.about_discard", file=draft.file_name))
        if st.button(say("filing.yes_discard"), type="primary", key="yes discard"):
            asking.do(lambda: _discard(key))

    asking.asked("discard", key, say("filing.discard_title"), ask)


def _discard(key: ReturnKey) -> str:
    uploading.discard(session.actor(), key)
    upload.forget()
    return say("filing.discarded")
