"""The audit log on a screen: searched, paged, verified, taken away."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from access import audit, times
from access.audit import LogEntry
from access.model import Actor
from actions import log
from actions.log import Search
from catalogue.wording import say
from ui import reads
from ui.app import session
from ui.kit import downloads, tables
from ui.kit.acting import Notice, button, chosen

KINDS = ("return", "quarter", "deadline", "account", "version", "backup", "page")  # how objects in the log begin
OPERATOR = "operator"
PAGES = "log pages"  # ids before which the pages looked at begin; the last one is on show


def search() -> Search:
    """The fields at the top. A new search begins on its first page."""
    with st.grid(5, min_column_width=190):
        name = st.selectbox(say("log.person"), ["", *log.names(session.actor())], format_func=_name, key="log name")
        event = st.selectbox(
            say("log.event"),
            ["", *audit.EVENTS],
            format_func=lambda code: say(f"audit.event.{code}") if code else say("log.everybody"),
            key="log event",
        )
        result = st.selectbox(
            say("log.result"),
            ["", *audit.RESULTS],
            format_func=lambda code: say(f"audit.result.{code}") if code else say("log.everybody"),
            key="log result",
        )
        kind = st.selectbox(
            say("log.about"),
            ["", *KINDS],
            format_func=lambda code: say(f"log.kind.{code}") if code else say("log.everybody"),
            key="log kind",
        )
        whole = (log.first_day(session.actor()), log.today())
        days = st.date_input(say("log.days"), whole, format="YYYY-MM-DD", key="log days")
    first, last = (days[0] if days else None), (days[-1] if days else None)
    last = None if last == log.today() else last  # also what is written after midnight
    found = Search(name=name, event=event, result=result, object=kind, first=first, last=last)
    if st.session_state.get("log search") != found:
        st.session_state["log search"], st.session_state[PAGES] = found, [None]
    return found


def page(asked: Search) -> None:
    """Grain: line of the log, newest first, and the buttons to the pages before and after."""
    pages = st.session_state[PAGES]
    rows = log.page(session.actor(), asked, pages[-1], log.PAGE + 1)  # one more, to know whether there is a next page
    if not rows:
        st.info(say("log.none"))
        return
    shown = rows[: log.PAGE]
    tables.frame(
        _framed(shown),
        title=say("log.title"),
        key="log",
        height=min(36 * len(shown) + 40, 640),
        column_config=_widths(),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(say("log.newer"), key="log newer", disabled=len(pages) == 1, on_click=_newer)
        st.caption(say("log.page", page=len(pages)), width="content")
        st.button(
            say("log.older"), key="log older", disabled=len(rows) <= log.PAGE, on_click=_older, args=(shown[-1].id,)
        )
        st.space("stretch")
        name = say("log.file", at=f"{times.local(times.utc_now()):%Y%m%d-%H%M%S}")
        who = session.actor()
        downloads.button(say("log.export"), name, lambda: log.export(who, asked)[1], "log export")


def verify() -> None:
    with st.expander(say("log.verify")):
        st.text_input(say("log.head"), key="log head")
        button(say("log.verify"), "verify log", _verify)


def _verify(who: Actor) -> Notice:
    found = log.verify(who, chosen("log head", ""))
    if not found.ok:
        return Notice(say("log.broken", number=found.broken_at, count=found.count), good=False)
    return Notice(say("log.good", count=found.count), secret=found.head)


def _older(before_id: int) -> None:
    st.session_state[PAGES] = [*st.session_state[PAGES], before_id]


def _newer() -> None:
    st.session_state[PAGES] = st.session_state[PAGES][:-1] or [None]


def _name(code: str) -> str:
    if not code:
        return say("log.everybody")
    return say("log.operator") if code == OPERATOR else code


def _framed(rows: list[LogEntry]) -> pd.DataFrame:
    plan = reads.plan()
    return pd.DataFrame(
        {
            say("log.number"): [row.id for row in rows],
            say("log.at"): [f"{times.local(row.at):%Y-%m-%d %H:%M:%S}" for row in rows],
            say("log.person"): [_name(row.name) if row.name else "" for row in rows],
            say("log.event"): [log.said(row) for row in rows],
            say("log.about"): [log.object_said(row, plan) for row in rows],
            say("log.result"): [say(f"audit.result.{row.result}") for row in rows],
            say("log.ip"): [row.ip for row in rows],
            say("log.detail"): [log.detail_said(row, plan) for row in rows],
        }
    )


def _widths() -> dict[str, object]:
    return {
        say("log.number"): st.column_config.NumberColumn(width=70, format="%d"),
        say("log.at"): st.column_config.TextColumn(width=160),
        say("log.about"): st.column_config.TextColumn(width=320),
        say("log.detail"): st.column_config.TextColumn(width="large"),
    }
