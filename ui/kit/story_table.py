"""The history of one return, newest first."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from access.model import Actor
from actions.keys import ReturnKey
from actions.story import Event, story
from catalogue.wording import say
from ui.kit import tables

WIDTHS = {"at": 150, "what": 110, "who": 210, "number": 250}  # pixels; the detail has the rest


def show(actor: Actor, key: ReturnKey) -> None:
    events = story(actor, key)
    st.markdown(f"**{say('story.title')}**")
    if not events:
        st.caption(say("story.nothing"))
        return
    told = pd.DataFrame(
        {
            say("story.at"): [f"{event.at:%Y-%m-%d %H:%M:%S}" for event in events],
            say("story.what"): [_what(event) for event in events],
            say("story.who"): [event.who for event in events],
            say("story.number"): [event.number for event in events],
            say("story.detail"): [_detail(event) for event in events],
        }
    )
    widths = {say(f"story.{name}"): st.column_config.TextColumn(width=width) for name, width in WIDTHS.items()}
    tall = 68 if any(len(_detail(event)) > 30 for event in events) else None  # a table wraps its text only above 64
    tables.frame(
        told, title=say("story.title"), key=f"story {key}", width="stretch", row_height=tall, column_config=widths
    )


def _what(event: Event) -> str:
    done = say(f"story.did_{event.what}")
    return say("story.overtaken", what=done) if event.overtaken else done


def _detail(event: Event) -> str:
    if event.replaced:
        return say("story.replaced")
    if event.second:
        return say("story.by_whom", who=event.second.by, state=say(f"state.{event.second.state}"))
    return event.detail
