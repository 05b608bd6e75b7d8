"""Tokens on the screen: which hold, a new one, taking one back."""

from __future__ import annotations

from datetime import datetime

import streamlit as st
from markupsafe import Markup

from access.model import Actor
from actions import tokens
from actions.tokens import DAYS, Held
from catalogue.wording import say
from ui.app import session
from ui.kit import markup
from ui.kit.acting import Notice, button, chosen
from ui.kit.templates import show_html


def show(actor: Actor) -> None:
    """One's own; an administrator's list says whose each is."""
    everybody = session.can("administer")
    held = tokens.held(actor)
    st.markdown(f"**{say('programs.tokens.title')}**")
    st.caption(say("programs.tokens.help"))
    if held:
        show_html(_table(held, everybody))
    else:
        st.caption(say("programs.tokens.none"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            say("programs.tokens.label"),
            key="token label",
            max_chars=64,
            placeholder=say("programs.tokens.label_help"),
            width=260,
        )
        st.selectbox(
            say("programs.tokens.days"),
            DAYS,
            index=len(DAYS) - 1,
            format_func=lambda days: say("programs.tokens.for_days", days=days),
            key="token days",
            width=140,
        )
        button(say("programs.tokens.make"), "make token", _make, type="primary")
    if held:
        _ending(held, everybody)


def _ending(held: list[Held], everybody: bool) -> None:
    told = {one.id: say(f"programs.tokens.{'one_of' if everybody else 'one'}", **_named(one)) for one in held}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(say("programs.tokens.choose"), list(told), format_func=told.__getitem__, key="token", width=406)
        button(say("programs.tokens.end"), "end token", _end)


def _table(held: list[Held], everybody: bool) -> Markup:
    """Not kept for 导出: it is no table of numbers."""
    names = [name for name in ("id", "name", "label", "made", "used", "until") if everybody or name != "name"]
    cells = [
        {
            "id": str(one.id),
            "name": one.name,
            "label": one.label,
            "made": _at(one.made),
            "used": _at(one.used) if one.used else say("programs.tokens.never"),
            "until": _at(one.until) if one.until else say("programs.tokens.no_end"),
        }
        for one in held
    ]
    heads = [say(f"programs.head.{name}") for name in names]
    return markup.table(heads, [[row[name] for name in names] for row in cells])


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def _named(one: Held) -> dict[str, str]:
    return {"id": str(one.id), "label": one.label, "name": one.name}


def _make(who: Actor) -> Notice:
    made = tokens.make(who, chosen("token label", ""), chosen("token days", DAYS[-1]))
    st.session_state["token label"] = ""
    return Notice(say("programs.tokens.made"), secret=made)


def _end(who: Actor) -> Notice:
    id = chosen("token")
    return Notice(say("programs.tokens.ended", id=id, name=tokens.end(who, id)))
