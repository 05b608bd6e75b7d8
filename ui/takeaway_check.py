"""Does a file that came back still say what the data says? For those who have no command line."""

from __future__ import annotations

import re

import streamlit as st

from access.model import Actor
from actions import takeaways
from catalogue.wording import say
from reports.verify import NoProof
from ui import reads
from ui.refusals import REFUSALS

MARKS = {"holds": ":material/check_circle:", "moved": ":material/update:", "broken": ":material/error:"}


def offer(actor: Actor, period: str) -> None:
    st.caption(say("takeaway.check_help"))
    sent = st.file_uploader(
        say("takeaway.check_file"),
        type=["xlsx", "docx", "png", "zip", "csv", "jpg", "jpeg"],
        key="check file",
        max_upload_size=64,
    )
    code = st.text_input(say("takeaway.check_code"), key="check code", placeholder="0000-0000-0000-0000")
    try:
        if sent is not None:
            _say(takeaways.check_file(actor, sent.name, sent.getvalue()))
        if code.strip():
            _say([takeaways.check_code(actor, code, period, reads.number() or None)])
    except (NoProof, *REFUSALS) as problem:
        st.error(str(problem))


def _say(found: list[takeaways.Check]) -> None:
    """One verdict; of a pack, only the pictures that do not hold are told one by one."""
    told = [one for one in found if one.verdict != "holds"] or found[:1]
    if len(found) > len(told):
        st.caption(
            say("takeaway.check_pack", count=len(found), off=len([one for one in found if one.verdict != "holds"]))
        )
    for one in told:
        box = {"holds": st.success, "moved": st.info, "broken": st.error}[one.verdict]
        box("  \n".join(map(_plain, one.lines)), icon=MARKS[one.verdict])


def _plain(line: str) -> str:
    """What a file says is shown as it stands, also where a forger made it look like a picture or a link."""
    return re.sub(r"([\\`*_{}\[\]<>()#+!|~$:])", r"\\\1", line)
