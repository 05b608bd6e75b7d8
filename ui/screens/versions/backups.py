"""Backups below the data folder: made, checked, taken away."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from access.model import Actor
from actions import backup
from catalogue.display import number
from catalogue.wording import say
from ui.app import session
from ui.kit import downloads, tables
from ui.kit.acting import Notice, button


def show() -> None:
    st.caption(say("backup.note"))
    button(say("backup.now"), "backup now", _make, type="primary")
    kept = backup.listing(session.actor())
    if not kept:
        st.caption(say("backup.none"))
        return
    rows = pd.DataFrame(
        {
            say("backup.name"): [each.name for each in kept],
            say("backup.at"): [f"{each.at:%Y-%m-%d %H:%M}" for each in kept],
            say("backup.size"): [say("backup.megabytes", size=number(each.size / 2**20, decimals=1)) for each in kept],
        }
    )
    tables.frame(rows, title=say("versions.backup_tab"), key="backups", height=min(36 * len(kept) + 40, 300))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox(say("backup.choose"), [each.name for each in kept], key="backup", width=360)
        button(say("backup.check"), "check backup", lambda who: _check(who, name))
        who = session.actor()
        downloads.button(say("backup.download"), name, lambda: backup.content(who, name), "take backup")


def _make(who: Actor) -> Notice:
    name, made = backup.make_here(who)
    return _with_damage(say("backup.made_here", name=name, newest=made.newest, members=len(made.members)), made.damaged)


def _check(who: Actor, name: str) -> Notice:
    found = backup.verify_here(who, name)
    told = {"newest": found.newest, "members": len(found.members), "count": found.log_count}
    return _with_damage(say("backup.good_here", name=name, **told), found.damaged)


def _with_damage(told: str, damaged: list[str]) -> Notice:
    if not damaged:
        return Notice(told)
    return Notice(f"{told} {say('backup.damaged', count=len(damaged), first=damaged[0][:12])}", good=False)
