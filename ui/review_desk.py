"""The case that is open: read and compared once for each state of things."""
from __future__ import annotations

import pandas as pd
import streamlit as st

from access.model import Actor
from actions import reviewing
from actions.keys import ReturnKey
from actions.reviewing import Case
from catalogue.wording import language
from ui import reads
from warehouse import store


def opened(actor: Actor, key: ReturnKey, queue: pd.DataFrame) -> tuple[Case | None, bool]:
    """(the newest return of this key, whether this account may decide about it)."""
    row = queue[(queue["form"] == key.form) & (queue["reporter"] == key.reporter)].iloc[0]
    latest = store.newest(store.data_folder())
    stamp = (str(store.data_folder()), latest.number, reads.plan().digest, str(key), language(), actor.account.name)
    return _case(stamp, actor, key), bool(row["mine"])


@st.cache_resource(max_entries=32, show_spinner=False)
def _case(stamp: tuple, _actor: Actor, _key: ReturnKey) -> Case | None:
    """Rights to read are asked by `reviewing.case`; who may decide, at the decision."""
    return reviewing.case(_actor, _key)
