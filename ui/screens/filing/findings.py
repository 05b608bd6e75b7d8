"""What was found in the draft: must be mended, please explain, noticed. Reasons can be given here."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from access.model import Actor
from actions import files, uploading
from actions.keys import ReturnKey
from actions.uploading import Upload
from catalogue.display import quarter
from catalogue.wording import language, say
from etl.annotate import marked_name
from etl.annotate.rows import ResultRow, result_rows
from ui import reads
from ui.app import session
from ui.kit import downloads, tables
from ui.kit.refusals import REFUSALS
from ui.reads.kept import per_version
from ui.screens.filing import draft as filing_draft
from ui.screens.filing import submit

KINDS = ("blocks", "explain", "note")
PROBLEM = "reasons refused"
EVERYWHERE = ""
TALL = {"zh": 68, "en": 86}  # pixels: three lines, four; only above 64 does a table wrap its text


def show(actor: Actor, key: ReturnKey, draft: Upload) -> None:
    assert draft.draft is not None, "it is kept"
    st.markdown(f"**{say('filing.findings')}**")
    st.caption(say("filing.findings_of", file=draft.file_name, at=f"{draft.draft.at:%Y-%m-%d %H:%M}"))
    if draft.refusal is not None:
        st.error(say("filing.refused", file=draft.file_name, problem=draft.refusal, advice=draft.refusal.mend()))
        submit.discard(key, draft)
        return
    rows = _rows(filing_draft.stamp(key), key, draft)
    _verdict(rows)
    if problem := st.session_state.pop(PROBLEM, None):
        st.error(str(problem))
    if rows:
        kind, sheet = _chosen(rows)
        found = [
            row for row in rows if row.kind == kind and (sheet == EVERYWHERE or (row.at and row.at.sheet == sheet))
        ]
        st.caption(say(f"filing.about_{kind}"))
        if any(row.takes_reason for row in found):
            if kind == "blocks":
                st.caption(say("filing.about_falls"))
            _explaining(key, f"{kind} {sheet} {filing_draft.content(draft).sha256[:12]}", found)
        else:
            table = _table(found)
            tables.frame(
                table,
                title=say("filing.findings"),
                width="stretch",
                row_height=TALL[language()],
                column_config=_columns(wide=True),
            )
    _take(actor, key, draft)


@per_version(64, by=language)
def _rows(stamp: tuple, _key: ReturnKey, _draft: Upload) -> list[ResultRow]:
    return result_rows(filing_draft.content(_draft), reads.plan(), filing_draft.past(stamp, _key), lang=language())


def _verdict(rows: list[ResultRow]) -> None:
    stuck = [row for row in rows if not row.explained]
    blocks, waiting = sum(row.kind == "blocks" for row in stuck), sum(row.kind == "explain" for row in stuck)
    if blocks or waiting:
        st.warning(say("filing.not_ready", blocks=blocks, waiting=waiting))
    else:
        st.success(say("filing.ready" if rows else "filing.nothing_found"))


def _chosen(rows: list[ResultRow]) -> tuple[str, str]:
    """Group and sheet to look at; as it begins, the gravest group there is."""
    counts = {kind: sum(row.kind == kind for row in rows) for kind in KINDS}
    kinds = [kind for kind in KINDS if counts[kind]]
    with st.container(horizontal=True, vertical_alignment="center", key="finding filters"):
        kind = st.segmented_control(
            say("filing.group"),
            kinds,
            default=kinds[0],
            required=True,
            label_visibility="collapsed",
            key=f"finding group {'+'.join(kinds)}",
            format_func=lambda code: say(f"filing.group_{code}", count=counts[code]),
        )
        sheets = list(dict.fromkeys(row.at.sheet for row in rows if row.at and row.kind == kind))
        sheet = st.selectbox(
            say("filing.sheet"),
            [EVERYWHERE, *sheets],
            key=f"finding sheet {kind} {'+'.join(sheets)}",
            label_visibility="collapsed",
            width=240,
            format_func=lambda name: name or say("filing.all_sheets"),
        )
    return kind, sheet


def _table(rows: list[ResultRow]) -> pd.DataFrame:
    columns = {
        "cell": [row.place for row in rows],
        "item": [row.item for row in rows],
        "value": [row.value for row in rows],
        "last": [row.last for row in rows],
        "problem": [row.problem for row in rows],
        "advice": [row.advice for row in rows],
    }
    return pd.DataFrame({say(f"filing.column.{name}"): values for name, values in columns.items()})


def _columns(wide: bool = False) -> dict:
    """wide: no column of reasons has to stand between."""
    widths = {
        "cell": 125,
        "item": 150,
        "value": 85,
        "last": 85,
        "problem": 420 if wide else 300,
        "advice": 380 if wide else 300,
    }
    right = ("value", "last")
    return {
        say(f"filing.column.{name}"): st.column_config.TextColumn(
            width=width, alignment="right" if name in right else "left"
        )
        for name, width in widths.items()
    }


def _explaining(key: ReturnKey, shown: str, rows: list[ResultRow]) -> None:
    """The same table with a column to write reasons into. `shown`: which rows of which file, so that no edit slips to another."""
    reason = say("filing.column.reason")
    table = _table(rows)
    table.insert(4, reason, [row.reason for row in rows])
    edited = tables.editor(
        table,
        title=say("filing.findings"),
        disabled=[column for column in table.columns if column != reason],
        width="stretch",
        row_height=TALL[language()],
        key=f"reasons {shown}",
        column_config={**_columns(), reason: st.column_config.TextColumn(width=210, max_chars=500)},
    )
    given = {
        (row.slot.subject, row.slot.element): new
        for row, cell in zip(rows, edited[reason], strict=True)
        if row.slot is not None
        and row.takes_reason
        and (new := cell.strip() if isinstance(cell, str) else "") != row.reason
    }
    st.button(
        say("filing.save_reasons", count=len(given)),
        key="save reasons",
        type="primary",
        disabled=not given,
        on_click=_save,
        args=(key, given),
    )


def _save(key: ReturnKey, given: dict[tuple[str, str], str]) -> None:
    try:
        uploading.explain(session.actor(), key, given)
    except REFUSALS as problem:
        st.session_state[PROBLEM] = problem


def _take(actor: Actor, key: ReturnKey, draft: Upload) -> None:
    lang, plan = language(), reads.plan()
    marked = marked_name(draft.file_name)
    table = say("file.findings", reporter=plan.name_of(key.reporter), period=quarter(key.period))
    with st.container(horizontal=True, key="draft files"):
        downloads.button(
            say("filing.marked"),
            marked,
            lambda: files.marked_draft(actor, key)[1],
            "marked",
            icon=":material/download:",
        )
        downloads.button(
            say("filing.findings_file"), table, lambda: files.findings_table(actor, key, lang)[1], "findings file"
        )
        submit.discard(key, draft)
