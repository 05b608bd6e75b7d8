"""One file, many, or a folder: each is checked and kept; what became of each stands below."""
from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from access.model import Actor
from actions import uploading
from actions.errors import ActionRefused
from actions.keys import ReturnKey
from catalogue.display import quarter
from catalogue.wording import pick, say
from etl.batch import SUFFIXES
from ui import filters, reads, session

TYPES = [suffix.removeprefix(".") for suffix in sorted(SUFFIXES)]
TOLD, ROUND = "upload told", "upload round"


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one file, in words. key: the return it is a draft of, None where it was refused."""

    file_name: str
    key: ReturnKey | None
    problem: str = ""
    open_count: int = 0


def show(actor: Actor, key: ReturnKey) -> None:
    st.markdown(f"**{say('filing.upload')}**")
    folder = st.toggle(say("filing.whole_folder"), key="whole folder")
    turn = st.session_state.setdefault(ROUND, 0)
    given = st.file_uploader(
        say("filing.upload"), type=TYPES, accept_multiple_files="directory" if folder else True,
        key=f"upload {turn} {folder}", label_visibility="collapsed", help=None,
    )
    if given:
        st.session_state[TOLD] = _handle(given)
        st.session_state[ROUND] = turn + 1  # an empty uploader: the bytes are ours now, not the session's
        st.rerun()
    _tell(st.session_state.get(TOLD, ()), key)


def _handle(given: list) -> list[Told]:
    told, bar = [], st.progress(0.0)
    for done, file in enumerate(given, start=1):
        bar.progress(done / len(given), text=say("filing.checking", file=file.name, done=done, of=len(given)))
        told.append(_one(session.actor(), file.name, file.getvalue()))
    return told


def _one(actor: Actor, name: str, content: bytes) -> Told:
    try:
        found = uploading.upload(actor, name.rpartition("/")[2], content)
    except ActionRefused as problem:
        return Told(name, None, str(problem))
    if found.refusal is not None:
        return Told(name, None, f"{found.refusal} {found.refusal.mend()}")
    return Told(name, found.draft.key, open_count=sum(finding.is_open for finding in found.checked.findings))


def _tell(told: list[Told] | tuple, key: ReturnKey) -> None:
    plan = reads.plan()
    for number, one in enumerate(told):
        if one.key is None:
            st.error(f"{one.file_name}：{one.problem}")
            continue
        words = say("filing.kept_open" if one.open_count else "filing.kept_clean", file=one.file_name, count=one.open_count)
        if one.key == key:
            (st.warning if one.open_count else st.success)(words)
            continue
        other = say("filing.kept_other", form=pick(plan.forms[one.key.form], "title"), period=quarter(one.key.period))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.info(f"{words}{other}")
            st.button(say("filing.go_there"), key=f"go {number}", on_click=filters.go_to_return, args=(one.key.form, str(one.key.period)))
