"""A question before something is done: it stays open when the page is drawn anew, and a refusal is said in it."""

from __future__ import annotations

from collections.abc import Callable, Hashable

import streamlit as st

from ui.kit.refusals import REFUSALS

DONE = "asking told"  # what was done, said once on the next run
OPEN = "asking open"  # (what, about) of the question that is open


def tell() -> None:
    if told := st.session_state.pop(DONE, None):
        st.success(told)


def button(label: str, what: str, about: Hashable, **how) -> None:
    """Opens the question `what` about `about`."""
    st.button(label, on_click=_open, args=(what, about), **how)


def asked(what: str, about: Hashable, title: str, ask: Callable[[], None]) -> None:
    """Draws the question where it is open."""
    if st.session_state.get(OPEN) == (what, about):
        st.dialog(title, on_dismiss=close)(ask)()


def do(act: Callable[[], str]) -> None:
    """Done: said on the page, and the question closed. Refused: said where it was asked."""
    try:
        st.session_state[DONE] = act()
    except REFUSALS as problem:
        st.error(str(problem))
        return
    close()
    st.rerun()


def close() -> None:
    st.session_state.pop(OPEN, None)


def _open(what: str, about: Hashable) -> None:
    st.session_state[OPEN] = (what, about)
