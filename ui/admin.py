"""What the administrator's screens share: a button that acts, what came of it, a file to take away."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from access.errors import AccessError, AccountProblem
from access.model import Actor
from actions.backup_file import BackupProblem
from actions.errors import ActionRefused
from catalogue.wording import language, use_language
from ui import filters, session
from warehouse.store import StoreError

REFUSALS = (ActionRefused, AccountProblem, AccessError, BackupProblem, StoreError)
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
        st.dataframe(notice.table, hide_index=True, key="notice table")
    if notice.file is not None:
        name, content = notice.file
        st.download_button(name, data=content, file_name=name, on_click="ignore", key="notice file")


def download(label: str, name: str, key: str, make: Callable[[Actor], bytes], **how) -> None:
    """A file made when it is asked for. A refusal comes as a text file: an error there would show nothing to the reader."""
    who, lang = session.actor(), language()

    def made() -> bytes:
        use_language(lang)  # this runs in a thread of its own
        try:
            return make(who)
        except REFUSALS as problem:
            return str(problem).encode("utf-8-sig")

    st.download_button(label, data=made, file_name=name, on_click="ignore", key=key, **how)


def chosen(key: str, default=None):
    """What a widget holds, asked inside an action, which runs before the widgets are drawn."""
    return st.session_state.get(key, default)
