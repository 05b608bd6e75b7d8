"""Which published state is on show: the newest, one kept for a meeting, or an older one the address asks for."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from catalogue.wording import say
from ui import reads
from ui.app import filters


def from_url() -> None:
    """?version=12 shows an older state on every screen of the session, until `leave`."""
    asked = st.query_params.get("version")
    if not asked:
        return
    reads.show_another(asked)
    latest = reads.newest_version()
    if latest is not None and reads.pinned() is None and asked != str(latest.number):
        leave()
        filters.note_unknown("version", asked)
    else:
        filters.note_known("version")


def choose(frozen: Mapping[str, str]) -> None:
    """The newest figures, or those kept for a meeting; nothing to choose where none is kept."""
    if not frozen:
        return
    options, chosen = ["", *frozen], st.session_state.get("version", "")
    picked = st.selectbox(
        say("filter.version"),
        options,
        index=options.index(chosen) if chosen in options else 0,
        key="version widget",
        format_func=lambda number: frozen.get(number) or say("filter.newest"),
        label_visibility="collapsed",
        width=118,
    )
    if picked != (chosen if chosen in options else ""):
        leave()
        if picked:
            reads.show_another(picked)
            st.query_params["version"] = picked
        st.rerun()


def leave() -> None:
    reads.show_another("")
    st.session_state.pop("version widget", None)
    st.query_params.pop("version", None)
