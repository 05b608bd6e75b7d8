"""How my return stands, until when, and what to do next; the template; what is on record."""
from __future__ import annotations

import pandas as pd
import streamlit as st

from access.model import Actor
from actions import files
from actions.keys import ReturnKey
from actions.standing import Standing
from catalogue import clock
from catalogue.display import day, quarter
from catalogue.naming import element_name
from catalogue.wording import pick, say
from etl.template import template_name
from ui import downloads, reads, states
from warehouse import store
from warehouse.read_facts import remarks


def show(actor: Actor, key: ReturnKey, now: Standing, has_draft: bool) -> None:
    plan = reads.plan()
    st.subheader(say("filing.title", reporter=reads.subject_name(key.reporter), period=quarter(key.period)))
    st.caption(pick(plan.forms[key.form], "title"))
    state = "draft" if has_draft and now.state in ("missing", "returned") else now.state
    with st.container(horizontal=True, vertical_alignment="center", key="filing state"):
        st.badge(states.state_label("locked" if now.locked else state), color=states.COLOURS[state])
        if has_draft and state != "draft":
            st.badge(states.state_label("draft"), color=states.COLOURS["draft"])
        st.markdown(deadline(now), width="content")
    st.markdown(f"**{say('filing.next')}**　{say(f'filing.next_{_next(now, has_draft)}')}")
    if now.state == "returned":
        _sent_back(now)


def deadline(now: Standing) -> str:
    """截至2021年10月11日，已逾期4天。"""
    left = (now.due - clock.today()).days
    told = "due_over" if left < 0 else "due_today" if left == 0 else "due_left"
    if now.counts:
        told = "due_met"
    return say(f"filing.{told}", day=day(now.due), days=abs(left))


def _next(now: Standing, has_draft: bool) -> str:
    if now.locked or now.state == "locked":
        return "locked"
    if has_draft:
        return "draft"
    return now.state


def _sent_back(now: Standing) -> None:
    """The reviewer's words: about the whole, and cell by cell."""
    st.error(say("filing.sent_back", by=now.by, at=f"{now.decided_at:%Y-%m-%d %H:%M}", reason=now.reason or say("filing.see_cells")))
    version = store.newest(store.data_folder())
    with store.open_version(version) as con:
        said = remarks(con, now.load_id)
    if said.empty:
        return
    told = pd.DataFrame(
        {
            say("filing.column.cell"): [f"{sheet}!{cell}" for sheet, cell in zip(said["sheet"], said["cell"], strict=True)],
            say("filing.column.item"): [element_name(reads.plan(), code) for code in said["element"]],
            say("filing.column.remark"): said["remark"].tolist(),
        }
    )
    st.dataframe(told, hide_index=True, key="remarks", width="stretch")


def take(actor: Actor, key: ReturnKey, now: Standing) -> None:
    """What can be taken away: the template, and the return on record."""
    plan = reads.plan()
    with st.container(horizontal=True, key="filing files"):
        name = template_name(plan, key.form, key.reporter, key.period)
        downloads.button(say("filing.template"), name, lambda: files.template(actor, key)[1], "template", icon=":material/download:")
        if now.load_id:
            number = now.load_id
            downloads.button(say("filing.on_record"), now.file_name, lambda: files.original(actor, number)[1], "on record")
            marked = now.file_name.rpartition(".")[0] + say("marked.suffix", "zh") + ".xlsx"
            downloads.button(say("filing.marked_record"), marked, lambda: files.marked_return(actor, number)[1], "marked record")


def receipt(actor: Actor, now: Standing) -> None:
    """回执 of the return on record."""
    if not now.load_id:
        return
    with st.container(border=True, key="receipt"):
        st.markdown(f"**{say('receipt.title')}**　{now.number}")
        st.caption(say("filing.receipt_line", at=f"{now.received_at:%Y-%m-%d %H:%M:%S}", sender=now.sender, file=now.file_name))
        st.caption(f"SHA-256　`{now.sha256}`")
        name, number = say("receipt.file_name", number=now.number), now.load_id
        downloads.button(say("filing.take_receipt"), name, lambda: files.receipt(actor, number)[1], "take receipt")
