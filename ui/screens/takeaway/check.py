"""Does a file that came back still say what the data says? For those who have no command line."""

from __future__ import annotations

import hashlib
import re

import streamlit as st

from access.model import Actor
from actions import takeaways
from catalogue.wording import language, say
from etl.errors import ReturnRefused
from reports.verify import NoProof
from ui import reads
from ui.app import filters
from ui.kit.refusals import REFUSALS
from ui.reads.kept import per_version

Found = list[takeaways.Check] | str  # or why it was refused
MARKS = {
    "holds": ":material/check_circle:",
    "moved": ":material/update:",
    "broken": ":material/error:",
    "untold": ":material/help:",
}


def offer(actor: Actor, period: str) -> None:
    st.caption(say("takeaway.check_help"))
    sent = st.file_uploader(
        say("takeaway.check_file"),
        type=["xlsx", "docx", "png", "zip", "csv", "jpg", "jpeg"],
        key="check file",
        max_upload_size=64,
    )
    code = filters.code()
    newest, who = reads.newest_version(), (actor.account.name, language())
    standing = who, str(newest.path) if newest else ""
    try:
        if sent is not None:
            content = sent.getvalue()
            _say(_of_file((*standing, hashlib.sha256(content).digest()), sent.name, actor, content))
        if code:
            _say(_of_code(standing, code, period, reads.number() or None, actor))
    except ReturnRefused as problem:  # by the virus scanner, which may answer otherwise next time
        st.error(f"{problem}{problem.mend()}")
    except REFUSALS as problem:
        st.error(str(problem))


@per_version(64)
def _of_file(key: tuple, name: str, _actor: Actor, _content: bytes) -> Found:
    """Read once, not whenever the screen is drawn. key: for whom, the newest version, the file's bytes."""
    try:
        return takeaways.check_file(_actor, name, _content)
    except NoProof as problem:
        return str(problem)


@per_version(64)
def _of_code(key: tuple, code: str, period: str, version: int | None, _actor: Actor) -> Found:
    """As `_of_file`: to draw up the proofs of all pictures of a quarter takes seconds."""
    try:
        return [takeaways.check_code(_actor, code, period, version)]
    except NoProof as problem:
        return str(problem)


def _say(found: Found) -> None:
    """One verdict; of a pack, only the pictures that do not hold are told one by one."""
    if isinstance(found, str):
        st.error(plain(found))
        return
    told = [one for one in found if one.verdict != "holds"] or found[:1]
    if len(found) > len(told):
        st.caption(
            say("takeaway.check_pack", count=len(found), off=len([one for one in found if one.verdict != "holds"]))
        )
    for one in told:
        box = {"holds": st.success, "moved": st.info, "broken": st.error, "untold": st.warning}[one.verdict]
        box("  \n".join(map(plain, one.lines)), icon=MARKS[one.verdict])


def plain(line: str) -> str:
    """What a file says is shown as it stands, also where a forger made it look like a picture or a link."""
    return re.sub(r"([\\`*_{}\[\]<>()#+!|~$:])", r"\\\1", line)
