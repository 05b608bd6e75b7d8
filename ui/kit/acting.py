"""What the administrator's screens share: a button that acts, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from access.model import Actor
from catalogue.wording import use_language
from ui.app import filters, session
from ui.kit import tables
from ui.kit.refusals import REFUSALS

NOTICE = "admin notice"


@dataclass(frozen=True, slots=True)
class Notice:
    """What came of an action: shown once, above the screen. secret: a password. table, file: shown and taken with it."""

    text: str
    good: bool = True
    secret: str = ""
    table: pd.DataFrame | None = None
    file: tuple[str, bytes] | None = None


def button(label: str, key: str, do: Callable[[Actor], Notice], **how) -> None:
    """A button that acts before the screen is drawn, so that the screen shows what is true afterwards."""
    st.button(label, key=key, on_click=_act, args=(do,), **how)


def _act(do: Callable[[Actor], Notice]) -> None:
    use_language(filters.language_from_url())
    try:
        notice = do(session.actor())
    except REFUSALS as problem:
        notice = Notice(str(problem), good=False)
    st.session_state[NOTICE] = notice


def show_notice() -> None:
    notice: Notice | None = st.session_state.pop(NOTICE, None)
    if notice is None:
        return
    (st.success if notice.good else st.error)(notice.text)
    if notice.secret:
        st.code(notice.secret, language=None, wrap_lines=True)
    else:
        st.toast(notice.text)  # where the button is, the top of the screen may be out of sight
    if notice.table is not None:
        tables.frame(notice.table, key="notice table")
    if notice.file is not None:
        name, content = notice.file
        st.download_button(name, data=content, file_name=name, on_click="ignore", key="notice file")


def chosen(key: str, default=None):
    """What a widget holds, asked inside an action, which runs before the widgets are drawn."""
    return st.session_state.get(key, default)
