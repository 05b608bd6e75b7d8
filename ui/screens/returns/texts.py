"""催报: texts ready to be copied, for all and for one reporter; and the files that go with them."""

from __future__ import annotations

from itertools import groupby

import pandas as pd
import streamlit as st

from access.model import Actor
from actions import chasing
from catalogue import clock
from catalogue.wording import language, say
from etl.outgoing.chase import Owed, chased, text_for, text_for_all
from ui import reads
from ui.kit import downloads
from ui.reads import chase
from ui.reads.kept import per_version
from ui.screens.returns.matrix import label


def show(rows: pd.DataFrame, period: str) -> None:
    """rows: the standings of every quarter. A version from the past asks nobody for anything."""
    st.markdown(f"**{say('chasing.texts')}**")
    if reads.pinned() is not None:
        st.info(say("chasing.pinned"))
        return
    all_told, wanted, elsewhere = _texts(chase.drafts(), period, rows)
    everybody, one = st.tabs([say("chasing.texts_all"), say("chasing.texts_one")])
    with everybody:
        st.code(all_told, language=None, wrap_lines=True)
        st.caption(say("chasing.copy_note"))
    with one:
        _one(wanted)
    if elsewhere:
        st.caption(say("chasing.elsewhere", count=elsewhere))
    st.caption(say("chasing.robot_note"))


@per_version(16, by=(reads.spoken, clock.today))
def _texts(drafts: frozenset[tuple[str, str, str]], period: str, _rows: pd.DataFrame) -> tuple[str, list[Owed], int]:
    """The text for all, those it is about, and how many are wanted of other quarters."""
    owed, today = chase.owed(period), clock.today()
    elsewhere = (_rows["period"] != period) & (_rows["overdue"] | (_rows["state"] == "returned"))
    return text_for_all(owed, drafts, reads.plan(), today), chased(owed, drafts, today), int(elsewhere.sum())


def _one(wanted: list[Owed]) -> None:
    by_reporter = {who: list(owed) for who, owed in groupby(wanted, lambda one: one.reporter)}
    if not by_reporter:
        st.caption(say("chasing.nobody"))
        return

    def told(who: str) -> str:
        states = say("chase.and").join(label(one.state) for one in by_reporter.get(who, ()))
        return say("chasing.whom_line", reporter=reads.subject_name(who), states=states)

    whom = st.selectbox(say("chasing.whom"), list(by_reporter), key="chase whom", format_func=told, width=360)
    st.code(text_for(by_reporter[whom], reads.plan(), clock.today()), language=None, wrap_lines=True)
    st.caption(say("chasing.copy_note_one"))


def files(actor: Actor) -> None:
    """The due days for a calendar, and the table for a spreadsheet."""
    if reads.pinned() is not None:
        return
    lang, today = language(), clock.today()
    with st.container(horizontal=True, key="chase files"):
        downloads.button(
            say("chasing.status"),
            say("chasing.status_file", day=f"{today:%Y%m%d}"),
            lambda: chasing.status_table(actor, lang)[1],
            "status table",
            icon=":material/download:",
        )
        downloads.button(
            say("chasing.calendar"),
            say("chasing.calendar_file"),
            lambda: chasing.deadlines(actor, lang)[1],
            "calendar",
            icon=":material/calendar_month:",
        )
