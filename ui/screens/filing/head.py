"""How my return stands, until when, and what to do next; the template; what is on record."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from access.model import Actor
from actions import files, record
from actions.keys import ReturnKey
from actions.standing import ReturnStanding
from actions.uploading import Upload
from catalogue import clock
from catalogue.display import day, quarter
from catalogue.naming import element_name
from catalogue.wording import pick, say
from etl.annotate import marked_name
from etl.template import template_name
from ui import reads
from ui.kit import downloads, states, tables
from ui.screens.filing import draft as filing_draft


def show(key: ReturnKey, now: ReturnStanding, draft: Upload | None) -> None:
    plan = reads.plan()
    title = pick(plan.forms[key.form], "title")
    st.subheader(say("filing.title", reporter=reads.subject_name(key.reporter), period=quarter(key.period), form=title))
    with st.container(horizontal=True, vertical_alignment="center", key="filing state"):
        for state in _states(now, draft):
            st.badge(states.state_label(state), color=states.COLOURS[state])
        st.markdown(deadline(now, _late(key)), width="content")
    st.markdown(say("filing.next", what=say(f"filing.next_{_next(key, now, draft)}")))
    if now.state == "returned":
        _sent_back(now)


def deadline(now: ReturnStanding, late: bool) -> str:
    """截止2021年10月11日，已逾期4天. late: what was filed came first after that day."""
    left = (now.due - clock.today()).days
    met, open_still = "late" if late else "met", "over" if left < 0 else "today" if left == 0 else "left"
    return say(f"filing.due_{met if now.counts else open_still}", day=day(now.due), days=abs(left))


def _late(key: ReturnKey) -> bool:
    rows = (
        reads.status(str(key.period)) if reads.newest_version() else pd.DataFrame(columns=["form", "reporter", "late"])
    )
    return bool((rows["late"].fillna(False) & (rows["form"] == key.form) & (rows["reporter"] == key.reporter)).any())


def _states(now: ReturnStanding, draft: Upload | None) -> list[str]:
    """A draft takes the place of nothing; beside what is on record it is shown too."""
    if now.locked and now.state != "missing":
        return ["locked"]
    if draft is None:
        return ["locked"] if now.locked else [now.state]
    return ["draft"] if now.state == "missing" else [now.state, "draft"]


def _next(key: ReturnKey, now: ReturnStanding, draft: Upload | None) -> str:
    if now.locked or now.state == "locked":
        return "locked"
    if draft is None or (draft.ready and filing_draft.same_as(filing_draft.stamp(key), key, draft)):
        return now.state
    return "ready" if draft.ready else "draft"


def _sent_back(now: ReturnStanding) -> None:
    """The reviewer's words: about the whole, and cell by cell."""
    reason = now.reason or say("filing.see_cells")
    st.error(say("filing.sent_back", by=now.by, at=f"{now.decided_at:%Y-%m-%d %H:%M}", reason=reason))
    said = record.remarks(now.load_id)
    if not said:
        return
    columns = {
        "cell": [f"{remark.sheet}!{remark.cell}" for remark in said],
        "item": [element_name(reads.plan(), remark.element) for remark in said],
        "remark": [remark.text for remark in said],
    }
    table = pd.DataFrame({say(f"filing.column.{name}"): values for name, values in columns.items()})
    widths = {say(f"filing.column.{name}"): st.column_config.TextColumn(width="large") for name in ("item", "remark")}
    tables.frame(table, title=say("takeaway.table.remarks"), key="remarks", width="stretch", column_config=widths)


def take(actor: Actor, key: ReturnKey, now: ReturnStanding) -> None:
    """What can be taken away: the template, and the return on record."""
    with st.container(horizontal=True, key="filing files"):
        name = template_name(reads.plan(), key.form, key.reporter, key.period)
        downloads.button(
            say("filing.template"), name, lambda: files.template(actor, key)[1], "template", icon=":material/download:"
        )
        if now.load_id:
            number, marked = now.load_id, marked_name(now.file_name)
            downloads.button(
                say("filing.on_record"), now.file_name, lambda: files.original(actor, number)[1], "on record"
            )
            downloads.button(
                say("filing.marked_record"), marked, lambda: files.marked_return(actor, number)[1], "marked record"
            )


def receipt(actor: Actor, now: ReturnStanding) -> None:
    """回执 of the return on record."""
    with st.container(border=True, key="receipt"):
        st.markdown(f"**{say('receipt.title')}** {now.number}")
        told = {"at": f"{now.received_at:%Y-%m-%d %H:%M:%S}", "sender": now.sender, "file": now.file_name}
        st.caption(say("filing.receipt_line", state=states.state_label("locked" if now.locked else now.state), **told))
        st.caption(f"SHA-256 `{now.sha256}`")
        name, number = say("receipt.file_name", number=now.number), now.load_id
        downloads.button(say("filing.take_receipt"), name, lambda: files.receipt(actor, number)[1], "take receipt")
