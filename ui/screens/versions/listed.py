"""Versions: the list, keeping one for a meeting, comparing two."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from access.model import Actor
from actions import versions
from actions.saying import told, what
from actions.versions import Comparison
from catalogue.display import quantity, quarter
from catalogue.wording import language, pick, say
from ui import reads
from ui.app import filters, session
from ui.kit import cards, tables
from ui.kit.acting import Notice, button, chosen
from ui.kit.refusals import REFUSALS
from warehouse.store import StoreError, Version

JOINER = {"zh": "、", "en": ", "}


def found() -> list[Version]:
    """Newest first."""
    return versions.listing()


def options(found: list[Version]) -> dict[int, str]:
    """number -> 第3版 · 2021-10-15 10:00."""
    return {
        each.number: say("versions.option", number=each.number, at=f"{each.published_at:%Y-%m-%d %H:%M}")
        for each in found
    }


def listing(found: list[Version]) -> None:
    """Grain: version, newest first."""
    titles = {kept.version: kept.title for kept in versions.frozen()}
    rows = pd.DataFrame(
        {
            say("versions.number"): [each.number for each in found],
            say("versions.at"): [f"{each.published_at:%Y-%m-%d %H:%M:%S}" for each in found],
            say("versions.note"): [what(each, reads.plan()) for each in found],
            say("versions.by"): [each.by for each in found],
            say("versions.periods"): [
                JOINER[language()].join(quarter(period) for period in each.periods) for each in found
            ],
            say("versions.frozen_column"): [titles.get(each.number, "") for each in found],
        }
    )
    st.caption(say("versions.intro"))
    _space()
    tables.frame(rows, title=say("versions.list_tab"), key="versions", height=min(36 * len(found) + 40, 400))


def _space() -> None:
    """What is on the disk, and how long a version stays."""
    taken = versions.space()
    sizes = {
        part: f"{getattr(taken, part) / 2**20:.1f}" for part in ("version_bytes", "journal_bytes", "original_bytes")
    }
    st.caption(say("versions.space", count=taken.versions, **sizes))
    try:
        rules = versions.rules()
    except StoreError as problem:
        st.warning(str(problem))
        return
    until = "versions.weekly_until" if rules.weekly_days else "versions.weekly_for_ever"
    later = say(until, days=rules.weekly_days)
    st.caption(say("versions.rules", all=rules.all_days, daily=rules.daily_days, later=later, newest=rules.newest))


def freezing(found: list[Version]) -> None:
    st.markdown(f"**{say('versions.freeze_title')}**")
    st.caption(say("versions.freeze_note"))
    periods, named = [str(period) for period in reads.plan().periods], options(found)
    with st.grid(3, min_column_width=240):
        number = st.selectbox(say("versions.version"), list(named), format_func=named.__getitem__, key="freeze number")
        st.text_input(say("versions.meeting"), key="freeze title")
        st.selectbox(
            say("versions.meeting_period"),
            ["", *periods],
            key="freeze period",
            format_func=lambda code: quarter(code) if code else say("versions.no_period"),
        )
    button(say("versions.freeze"), "freeze", lambda who: _freeze(who, number), type="primary")
    for kept in versions.frozen():
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            at = f"{kept.at:%Y-%m-%d %H:%M}"
            st.markdown(
                say("versions.frozen_line", title=kept.title, number=kept.version, by=kept.name, at=at), width="stretch"
            )
            st.page_link(
                "pages/overview.py",
                label=say("versions.open", number=kept.version),
                query_params={"version": str(kept.version), "lang": filters.language_from_url()}
                | ({"period": kept.period} if kept.period else {}),
            )
            button(
                say("versions.unfreeze"),
                f"unfreeze {kept.version}",
                partial(_unfreeze, number=kept.version),
            )


def _freeze(who: Actor, number: int) -> Notice:
    versions.freeze(who, number, chosen("freeze title", ""), chosen("freeze period", ""))
    return Notice(say("versions.frozen", number=number, title=chosen("freeze title", "").strip()))


def _unfreeze(who: Actor, number: int) -> Notice:
    versions.unfreeze(who, number)
    return Notice(say("versions.unfrozen", number=number))


def compare(found: list[Version]) -> None:
    """Two versions side by side: what came, what was decided, what moved and why."""
    named = options(found)
    numbers = list(named)
    with st.grid(2, min_column_width=240):
        first = st.selectbox(
            say("versions.earlier"),
            numbers,
            index=min(1, len(numbers) - 1),
            format_func=named.__getitem__,
            key="compare earlier",
        )
        second = st.selectbox(say("versions.later"), numbers, format_func=named.__getitem__, key="compare later")
    try:
        between = versions.compare(session.actor(), first, second)
    except REFUSALS as problem:
        st.info(str(problem))
        return
    if between.plan_changed:
        st.warning(say("versions.plan_changed"))
    if between.lacking:
        st.warning(lacking(between.earlier.number, between.lacking))
    _section("receipts", _receipts(between.receipts))
    _section("decisions", _decisions(between.decisions))
    _section("values", _values(between))


def lacking(number: int, tables: tuple[str, ...]) -> str:
    names = JOINER[language()].join(say(f"versions.table.{name}") for name in tables)
    return say("versions.lacking", number=number, tables=names)


def _section(name: str, rows: pd.DataFrame) -> None:
    st.markdown(f"**{say(f'versions.{name}', count=len(rows))}**")
    if rows.empty:
        st.caption(say("versions.nothing"))
        return
    lights = [head for head in (say("versions.light_then"), say("versions.light_now")) if head in rows]
    tables.frame(
        cards.lit(rows, lights) if lights else rows,
        title=say(f"takeaway.table.{name}"),
        key=f"compare {name}",
        height=min(36 * len(rows) + 40, 400),
    )


def _receipts(rows: pd.DataFrame) -> pd.DataFrame:
    plan = reads.plan()
    return pd.DataFrame(
        {
            say("versions.receipt"): rows["number"].tolist(),
            say("versions.form"): [
                pick(plan.forms[code], "title") if code in plan.forms else code for code in rows["form"]
            ],
            say("versions.reporter"): [reads.subject_name(code) for code in rows["reporter"]],
            say("versions.period"): [quarter(code) for code in rows["period"]],
            say("versions.received"): [f"{at:%Y-%m-%d %H:%M}" for at in rows["received_at"]],
            say("versions.sender"): rows["sender"].tolist(),
            say("versions.state"): [say(f"state.{state}") for state in rows["state"]],
            say("versions.correction"): rows["correction"].tolist(),
        }
    )


def _decisions(rows: pd.DataFrame) -> pd.DataFrame:
    plan = reads.plan()
    return pd.DataFrame(
        {
            say("versions.when"): [f"{at:%Y-%m-%d %H:%M}" for at in rows["at"]],
            say("versions.who"): rows["who"].tolist(),
            say("versions.decision"): [
                say(f"versions.what.{row.what}", due="" if pd.isna(row.due) else f"{row.due:%Y-%m-%d}")
                for row in rows.itertuples()
            ],
            say("versions.about"): [
                told(f"{row.form or '*'}/{row.reporter or '*'}/{row.period}", plan) for row in rows.itertuples()
            ],
            say("versions.receipt"): rows["number"].tolist(),
            say("versions.reason"): rows["reason"].tolist(),
        }
    )


def _values(between: Comparison) -> pd.DataFrame:
    plan, rows = reads.plan(), between.values
    sources = [
        JOINER[language()].join(row.numbers) or (say("versions.whole_plan") if between.plan_changed else "")
        for row in rows.itertuples()
    ]
    return pd.DataFrame(
        {
            say("versions.indicator"): [
                pick(plan.indicators[code]) if code in plan.indicators else code for code in rows["indicator"]
            ],
            say("versions.subject"): [
                reads.subject_name(code) if code else say("versions.city") for code in rows["subject"]
            ],
            say("versions.period"): [quarter(code) for code in rows["period"]],
            say("versions.basis"): [say(f"basis.{code}") for code in rows["basis"]],
            say("versions.then"): [quantity(row.then, row.measure) for row in rows.itertuples()],
            say("versions.now"): [quantity(row.now, row.measure) for row in rows.itertuples()],
            say("versions.light_then"): [cards.light_label(light) if light else "" for light in rows["light_then"]],
            say("versions.light_now"): [cards.light_label(light) if light else "" for light in rows["light_now"]],
            say("versions.explained_by"): sources,
            say("versions.correction"): [JOINER[language()].join(reasons) for reasons in rows["corrections"]],
        }
    )
