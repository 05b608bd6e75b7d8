"""The history of one return, newest first."""
from __future__ import annotations

import pandas as pd
import streamlit as st

from access.model import Actor
from actions.keys import ReturnKey
from actions.story import Event, story
from catalogue.wording import say


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
    wide = {say(f"story.{name}"): st.column_config.TextColumn(width="medium") for name in ("what", "who", "number")}
    st.dataframe(told, hide_index=True, key=f"story {key}", width="stretch", column_config=wide)


def _what(event: Event) -> str:
    done = say(f"story.did_{event.what}")
    return say("story.overtaken", what=done) if event.overtaken else done


def _detail(event: Event) -> str:
    """A replaced draft's note is ours and English in the ledger; a lost attempt's names the winner and the state."""
    if event.detail.startswith("replaced by "):
        return say("story.replaced")
    if event.overtaken:
        who, _, state = event.detail.rpartition(" ")
        return say("story.by_whom", who=who, state=say(f"state.{state}"))
    return event.detail
