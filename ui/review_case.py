"""One return on the desk: this quarter, last quarter and what was approved side by side; then a decision."""
from __future__ import annotations

import pandas as pd
import streamlit as st

from access.model import Actor
from actions import files, reviewing
from actions.keys import ReturnKey
from actions.reviewing import Case
from catalogue.display import NOTHING, difference, quantity, quarter
from catalogue.naming import element_name
from catalogue.wording import pick, say
from etl.annotate import marked_name
from etl.annotate.rows import shown
from etl.compare import Line
from etl.messages import severity_label
from etl.model import EntryState
from ui import asking, downloads, filing_changes, filters, reads, review_queue, session, states
from warehouse.write import RemarkRow


def show(actor: Actor, case: Case, mine: bool, queue: pd.DataFrame) -> None:
    key, now, plan = case.key, case.standing, reads.plan()
    st.subheader(say("review.case", reporter=reads.subject_name(key.reporter), period=quarter(key.period)))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(states.state_label("locked" if now.locked else now.state), color=states.COLOURS[now.state])
        st.caption(pick(plan.forms[key.form], "title"), width="content")
    st.caption(say("review.came", number=now.number, at=f"{now.received_at:%Y-%m-%d %H:%M:%S}", sender=now.sender, file=now.file_name))
    if now.state in ("returned", "approved", "locked") and now.decided_at is not None:
        st.caption(say("review.decided", by=now.by, at=f"{now.decided_at:%Y-%m-%d %H:%M:%S}", reason=now.reason or NOTHING))
    with st.container(horizontal=True):
        number = now.load_id
        downloads.button(say("filing.on_record"), now.file_name, lambda: files.original(actor, number)[1], "case file")
        downloads.button(say("filing.marked_record"), marked_name(now.file_name), lambda: files.marked_return(actor, number)[1], "case marked")
    said = _lines(case)
    if not mine:
        st.info(say("review.own_long"))
    elif now.locked:
        st.info(say("filing.next_locked"))
    elif now.state in ("filed", "approved"):
        _decision(key, now.seen, now.state, said, queue)


def _lines(case: Case) -> list[RemarkRow]:
    """The table, with a column for remarks. Gives those that were written."""
    sheets = list(dict.fromkeys(line.sheet for line in case.lines))
    with st.container(horizontal=True, vertical_alignment="center"):
        everything = st.toggle(say("review.every_line", count=len(case.lines)), key="review every line")
        sheet = st.selectbox(
            say("filing.sheet"), ["", *sheets], key="review sheet", label_visibility="collapsed", width=240,
            format_func=lambda name: name or say("filing.all_sheets"),
        )
    lines = [line for line in case.lines if (everything or _speaks(line)) and sheet in ("", line.sheet)]
    if not lines:
        st.caption(say("review.no_lines"))
        return []
    remark = say("filing.column.remark")
    table = _table(lines, case.key)
    table[remark] = ""
    edited = st.data_editor(
        table, hide_index=True, disabled=[name for name in table.columns if name != remark], width="stretch",
        key=f"remarks {case.standing.load_id} {everything} {sheet}", height=min(35 * len(lines) + 38, 560),
        column_config=_columns(),
    )
    return [
        RemarkRow(subject=line.subject, element=line.element, sheet=line.sheet, cell=line.cell, remark=str(text).strip())
        for line, text in zip(lines, edited[remark], strict=True)
        if str(text or "").strip()
    ]


def _speaks(line: Line) -> bool:
    """Something to see: it stands out, was found, changed since it was approved, or is told in words."""
    in_words = line.now.state is EntryState.VALUE and line.now.value is None
    return bool(line.outlier or line.findings or line.changed_since_accepted or in_words)


def _table(lines: list[Line], key: ReturnKey) -> pd.DataFrame:
    plan = reads.plan()

    def item(line: Line) -> str:
        name = element_name(plan, line.element)
        return name if line.subject == key.reporter else say("finding_at.of_unit", unit=reads.subject_name(line.subject), name=name)

    columns = {
        "outlier": [f"{filing_changes.MARKS[line.outlier]} {say(f'filing.outlier_{line.outlier}')}" if line.outlier else "" for line in lines],
        "cell": [f"{line.sheet}!{line.cell}" for line in lines],
        "item": [item(line) for line in lines],
        "value": [shown(line.now, plan) for line in lines],
        "last": [NOTHING if line.last is None else quantity(line.last, line.measure) for line in lines],
        "change": [difference(line.change, line.measure) for line in lines],
        "approved": [filing_changes.told(line.accepted, plan.elements[line.element]) for line in lines],
        "found": ["；".join(dict.fromkeys(severity_label(finding) for finding in line.findings)) for line in lines],
        "reason": [line.now.reason for line in lines],
    }
    return pd.DataFrame({_head(name): values for name, values in columns.items()})


def _head(name: str) -> str:
    return say(f"review.column.{name}" if name in ("approved", "found") else f"filing.column.{name}")


def _columns() -> dict:
    right = {_head(name) for name in ("value", "last", "change", "approved")}
    widths = {_head("cell"): 120, _head("item"): 210, _head("reason"): 220, say("filing.column.remark"): 240}
    names = {*right, *widths}
    return {
        name: st.column_config.TextColumn(width=widths.get(name, 100), alignment="right" if name in right else "left") for name in names
    }


def _decision(key: ReturnKey, seen: tuple[int, str, bool], state: str, said: list[RemarkRow], queue: pd.DataFrame) -> None:
    reason = st.text_area(say("review.reason"), key=f"review reason {seen[0]}", max_chars=1000, placeholder=say("review.reason_hint"))
    with st.container(horizontal=True):
        if state == "filed":
            asking.button(say("review.approve"), "approve", key, type="primary", key="approve")
        label = say("review.send_back" if state == "filed" else "review.undo", count=len(said))
        asking.button(label, "send_back", key, key="send back", disabled=not (reason.strip() or said))
    whom = reads.subject_name(key.reporter)

    def approve() -> None:
        st.write(say("review.confirm_approve_text", reporter=whom))
        if said:
            st.warning(say("review.remarks_lost", count=len(said)))
        if st.button(say("review.yes_approve"), type="primary", key="yes approve"):
            asking.do(lambda: _approved(key, seen, reason, queue))

    def send_back() -> None:
        st.write(say("review.confirm_send_back_text", reporter=whom, count=len(said)))
        if st.button(say("review.yes_send_back"), type="primary", key="yes send back"):
            asking.do(lambda: _sent_back(key, seen, reason, said, queue))

    asking.asked("approve", key, say("review.confirm_approve"), approve)
    asking.asked("send_back", key, say("review.confirm_send_back"), send_back)


def _approved(key: ReturnKey, seen: tuple[int, str, bool], reason: str, queue: pd.DataFrame) -> str:
    reviewing.approve(session.actor(), key, seen=seen, reason=reason)
    _go_on(key, queue)
    return say("review.done_approve", reporter=reads.subject_name(key.reporter))


def _sent_back(key: ReturnKey, seen: tuple[int, str, bool], reason: str, said: list[RemarkRow], queue: pd.DataFrame) -> str:
    reviewing.send_back(session.actor(), key, seen=seen, reason=reason, remarks=said)
    _go_on(key, queue)
    return say("review.done_send_back", reporter=reads.subject_name(key.reporter))


def _go_on(key: ReturnKey, queue: pd.DataFrame) -> None:
    """To the next one that waits."""
    following = review_queue.next_waiting(queue, key)
    filters.open_return(*following) if following else filters.close_return()
