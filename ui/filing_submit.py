"""One confirm, and the draft is a return; while nobody has decided about it, it can be withdrawn; a draft can be thrown away."""
from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from actions import submitting, uploading
from actions.errors import ActionRefused, NotNow
from actions.keys import ReturnKey
from actions.standing import Standing
from actions.uploading import Upload
from catalogue.wording import say
from ui import filing_upload, session

DONE = "filing told"  # what was done, said once on the next run
ASKING = "filing asking"  # the question that is open: it stays open when the page is drawn anew


def tell() -> None:
    if told := st.session_state.pop(DONE, None):
        st.success(told)


def submit(key: ReturnKey, now: Standing, draft: Upload) -> None:
    if draft.checked.sha256 == now.sha256:
        st.info(say("filing.same", number=now.number))
        return
    corrects = now.state == "approved"
    st.button(
        say("filing.correct" if corrects else "filing.submit"), type="primary", key="submit", on_click=_ask, args=("submit", key)
    )

    def ask() -> None:
        st.write(say(f"filing.confirm_{now.state}" if now.state in ("filed", "approved") else "filing.confirm"))
        correction = st.text_area(say("filing.correction"), key="correction", max_chars=500) if corrects else ""
        if st.button(say("filing.yes_submit"), type="primary", key="yes submit"):
            _do(lambda: _submit(key, now, correction))

    _asked("submit", key, say("filing.confirm_title"), ask)


def _submit(key: ReturnKey, now: Standing, correction: str) -> str:
    made = submitting.submit(session.actor(), key, seen=now.seen, correction=correction)
    filing_upload.forget()
    told = {"number": made.number, "at": f"{made.at:%Y-%m-%d %H:%M:%S}", "version": made.version, "sha256": made.sha256[:16]}
    return say("filing.submitted", **told)


def withdraw(key: ReturnKey, now: Standing) -> None:
    """Only while nobody has decided."""
    if now.state != "filed" or now.locked:
        return
    st.button(say("filing.withdraw"), key="withdraw", on_click=_ask, args=("withdraw", key))

    def ask() -> None:
        st.write(say("filing.about_withdraw"))
        reason = st.text_area(say("filing.withdraw_reason"), key="withdraw reason", max_chars=500)
        if st.button(say("filing.yes_withdraw"), type="primary", key="yes withdraw"):
            _do(lambda: _withdraw(key, now, reason))

    _asked("withdraw", key, say("filing.withdraw_title"), ask)


def _withdraw(key: ReturnKey, now: Standing, reason: str) -> str:
    if not reason.strip():
        raise NotNow("reason_wanted")
    submitting.withdraw(session.actor(), key, seen=now.seen, reason=reason)
    return say("filing.withdrawn", number=now.number)


def discard(key: ReturnKey, draft: Upload) -> None:
    st.button(say("filing.discard"), key="discard", on_click=_ask, args=("discard", key))

    def ask() -> None:
        st.write(say("filing.about_discard", file=draft.file_name))
        if st.button(say("filing.yes_discard"), type="primary", key="yes discard"):
            _do(lambda: _discard(key))

    _asked("discard", key, say("filing.discard_title"), ask)


def _discard(key: ReturnKey) -> str:
    uploading.discard(session.actor(), key)
    filing_upload.forget()
    return say("filing.discarded")


def _ask(what: str, key: ReturnKey) -> None:
    st.session_state[ASKING] = (what, key)


def _close() -> None:
    st.session_state.pop(ASKING, None)


def _asked(what: str, key: ReturnKey, title: str, ask: Callable[[], None]) -> None:
    if st.session_state.get(ASKING) == (what, key):
        st.dialog(title, on_dismiss=_close)(ask)()


def _do(act: Callable[[], str]) -> None:
    """Done: said on the page, the dialog closed. Refused: said in the dialog, which stays open."""
    try:
        st.session_state[DONE] = act()
    except ActionRefused as problem:
        st.error(str(problem))
        return
    _close()
    st.rerun()
