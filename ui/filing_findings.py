"""What was found in the draft: must be mended, please explain, noticed. Reasons can be given here."""
from __future__ import annotations

import pandas as pd
import streamlit as st

from access.model import Actor
from actions import files, uploading
from actions.errors import ActionRefused
from actions.keys import ReturnKey
from actions.uploading import Upload
from catalogue.display import quarter
from catalogue.wording import language, say
from etl.annotate.rows import ResultRow, result_rows
from ui import downloads, filing_draft, reads, session

KINDS = ("blocks", "explain", "note")
TOLD = "reasons told"


def show(actor: Actor, key: ReturnKey, draft: Upload) -> None:
    stamp = filing_draft.stamp(key)
    rows = _rows(stamp, language(), key, draft)
    counts = {kind: sum(row.kind == kind for row in rows) for kind in KINDS}
    waiting = sum(row.kind == "explain" and not row.explained for row in rows)
    st.markdown(f"**{say('filing.findings')}**　{say('filing.findings_of', file=draft.file_name)}")
    _verdict(counts["blocks"], waiting)
    if told := st.session_state.pop(TOLD, None):
        st.error(told)
    shown = [kind for kind in KINDS if counts[kind]]
    if shown:
        with st.container(horizontal=True, vertical_alignment="center"):
            kind = st.segmented_control(
                say("filing.group"), shown, default=shown[0], required=True, key="finding group", label_visibility="collapsed",
                format_func=lambda code: say(f"filing.group_{code}", count=counts[code]),
            )
            sheets = list(dict.fromkeys(row.at.sheet for row in rows if row.at))
            sheet = st.selectbox(
                say("filing.sheet"), ["", *sheets], key="finding sheet", label_visibility="collapsed", width=220,
                format_func=lambda name: name or say("filing.all_sheets"),
            )
        found = [row for row in rows if row.kind == kind and (not sheet or (row.at and row.at.sheet == sheet))]
        st.caption(say(f"filing.about_{kind}"))
        if any(row.takes_reason for row in found):
            _explaining(key, kind, found)
        else:
            st.dataframe(_table(found), hide_index=True, key=f"findings {kind}", width="stretch", column_config=_widths())
    _take(actor, key, draft)


@st.cache_resource(max_entries=64, show_spinner=False)
def _rows(stamp: tuple, lang: str, _key: ReturnKey, _draft: Upload) -> list[ResultRow]:
    return result_rows(_draft.checked, reads.plan(), filing_draft.past(stamp, _key), lang=lang)


def _verdict(blocks: int, waiting: int) -> None:
    if blocks or waiting:
        st.warning(say("filing.not_ready", blocks=blocks, waiting=waiting))
    else:
        st.success(say("filing.ready"))


def _table(rows: list[ResultRow]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            say("filing.column.cell"): [row.place for row in rows],
            say("filing.column.item"): [row.item for row in rows],
            say("filing.column.value"): [row.value for row in rows],
            say("filing.column.last"): [row.last for row in rows],
            say("filing.column.problem"): [row.problem for row in rows],
            say("filing.column.advice"): [row.advice for row in rows],
        }
    )


def _widths() -> dict:
    return {
        say("filing.column.item"): st.column_config.TextColumn(width="medium"),
        say("filing.column.problem"): st.column_config.TextColumn(width="large"),
        say("filing.column.advice"): st.column_config.TextColumn(width="large"),
    }


def _explaining(key: ReturnKey, kind: str, rows: list[ResultRow]) -> None:
    """The same table with a column to write reasons into."""
    reason = say("filing.column.reason")
    table = _table(rows)
    table.insert(4, reason, [row.reason for row in rows])
    fixed = [column for column in table.columns if column != reason]
    edited = st.data_editor(
        table, hide_index=True, disabled=fixed, key=f"reasons {kind} {len(rows)}", width="stretch",
        column_config={**_widths(), reason: st.column_config.TextColumn(width="large", max_chars=500)},
    )
    given = {
        (row.slot.subject, row.slot.element): str(new or "").strip()
        for row, new in zip(rows, edited[reason], strict=True)
        if row.takes_reason and str(new or "").strip() != row.reason
    }
    st.button(say("filing.save_reasons", count=len(given)), key="save reasons", type="primary", disabled=not given, on_click=_save, args=(key, given))


def _save(key: ReturnKey, given: dict[tuple[str, str], str]) -> None:
    try:
        uploading.explain(session.actor(), key, given)
    except ActionRefused as problem:
        st.session_state[TOLD] = str(problem)


def _take(actor: Actor, key: ReturnKey, draft: Upload) -> None:
    lang, plan = language(), reads.plan()
    stem = draft.file_name.rpartition(".")[0].removesuffix(say("marked.suffix", "zh"))
    name = say("file.findings", reporter=plan.name_of(key.reporter), period=quarter(key.period))
    with st.container(horizontal=True):
        downloads.button(
            say("filing.marked"), f"{stem}{say('marked.suffix', 'zh')}.xlsx", lambda: files.marked_draft(actor, key)[1], "marked",
            icon=":material/download:",
        )
        downloads.button(say("filing.findings_file"), name, lambda: files.findings_table(actor, key, lang)[1], "findings file")
        st.button(say("filing.discard"), key="discard", on_click=_discard, args=(key,))


def _discard(key: ReturnKey) -> None:
    try:
        uploading.discard(session.actor(), key)
        st.session_state.pop("upload told", None)
    except ActionRefused as problem:
        st.session_state[TOLD] = str(problem)
