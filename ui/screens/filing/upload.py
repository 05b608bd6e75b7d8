"""One file, many, or a folder: each is checked and kept; what became of each stands below."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from actions import uploading
from actions.keys import ReturnKey
from catalogue.display import quarter
from catalogue.wording import pick, say
from etl.errors import ReturnRefused
from etl.inbox import ARCHIVE, SUFFIXES, unpacked
from ui import reads
from ui.app import filters, session
from ui.kit.refusals import REFUSALS

TYPES = [suffix.removeprefix(".") for suffix in sorted({*SUFFIXES, ARCHIVE})]
TOLD, ROUND = "upload told", "upload round"


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one file. key: the return it is the draft of now; problem: why it is none; same_as: what was kept instead."""

    file_name: str
    key: ReturnKey | None = None
    problem: Exception | None = None
    open_count: int = 0
    same_as: str = ""

    @property
    def why(self) -> str:
        """In the language of now: what is wrong, and what to do where that is known."""
        advice = self.problem.mend() if isinstance(self.problem, ReturnRefused) else ""
        return say("filing.refused", file=self.file_name, problem=self.problem, advice=advice).strip()


def show(key: ReturnKey) -> None:
    turn = st.session_state.setdefault(ROUND, 0)
    with st.container(horizontal=True, vertical_alignment="center", key="filing upload"):
        st.markdown(f"**{say('filing.upload')}**", width="content")
        folder = st.toggle(say("filing.whole_folder"), key="whole folder")
    given = st.file_uploader(
        say("filing.upload"),
        type=None if folder else TYPES,  # what else a folder holds is told too
        accept_multiple_files="directory" if folder else True,
        key=f"upload {turn} {folder}",
        label_visibility="collapsed",
    )
    if given:
        st.session_state[TOLD] = _handle(given)
        st.session_state[ROUND] = turn + 1  # an empty uploader: each file is taken once, and the session holds no bytes
        st.rerun()
    tell(key)


def forget() -> None:
    """What was said about the files of before."""
    st.session_state.pop(TOLD, None)


def _handle(given: list) -> list[Told]:
    """All that was dropped at once, zips opened, so that two files for one return are seen beside each other."""
    files = [one for file in given for one in unpacked(_bare(file.name), file.getvalue())]
    bar = st.progress(0.0)

    def progress(done: int, name: str) -> None:
        bar.progress(done / len(files), text=say("filing.checking", file=name, number=done + 1, of=len(files)))

    try:
        told = [_told(one) for one in uploading.upload_all(session.actor(), files, progress)]
    except REFUSALS as problem:
        told = [Told(name, problem=problem) for name, _ in files]
    bar.progress(1.0)
    return told


def _bare(name: str) -> str:
    """Without the folders that a whole folder's files are named with."""
    return name.replace("\\", "/").rpartition("/")[2]


def _told(found: uploading.Upload) -> Told:
    if found.refusal is not None or found.same_as:
        return Told(found.file_name, problem=found.refusal, same_as=found.same_as)
    assert found.draft is not None and found.checked is not None, "it is no refusal"
    return Told(found.file_name, found.draft.key, open_count=sum(finding.is_open for finding in found.checked.findings))


def tell(key: ReturnKey) -> None:
    told: list[Told] = st.session_state.get(TOLD, [])
    for number, one in enumerate(told):
        if one.same_as:
            st.info(say("filing.kept_same", file=one.file_name, other=one.same_as))
            continue
        if one.key is None:
            st.error(one.why)
            continue
        words = say(
            "filing.kept_open" if one.open_count else "filing.kept_clean", file=one.file_name, count=one.open_count
        )
        if one.key == key:
            (st.warning if one.open_count else st.success)(words)
        else:
            _elsewhere(one.key, words, number)


def _elsewhere(key: ReturnKey, words: str, number: int) -> None:
    told = say(
        "filing.kept_other", kept=words, form=pick(reads.plan().forms[key.form], "title"), period=quarter(key.period)
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info(told)
        st.button(
            say("filing.go_there"), key=f"go {number}", on_click=filters.go_to_return, args=(key.form, str(key.period))
        )
