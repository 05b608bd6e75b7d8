"""The Word briefing: its text can be changed before it is taken away."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from access.model import Actor
from actions import takeaways
from actions.takeaways import AskedFile
from catalogue import clock
from catalogue.wording import language, say
from reports.briefing.draft import PARTS, BriefingDraft
from ui.kit import downloads, figures
from ui.kit.taking import asked as asked_for
from ui.reads.kept import per_version

Where = tuple[str, str, int | None, str]  # quarter, basis, version, language
WANTED = "briefing parts"  # those of PARTS that are switched on; all where nobody has looked at them
EDITS = "briefing edits"  # Where -> what was typed, by paragraph


def offer(actor: Actor, period: str, basis: str) -> None:
    """The button. What was changed goes into the file, whether or not the boxes are open."""
    asked = asked_for(basis, period)
    draft, changed = with_edits(_chosen(actor, asked), typed(asked))
    st.caption(say("takeaway.about.briefing"))
    downloads.button(
        say("takeaway.get.briefing"),
        takeaways.shown_name("briefing", asked),
        lambda: takeaways.briefing_file(actor, asked, draft)[1],
        key="take briefing",
        type="primary",
        width="stretch",
    )
    st.toggle(say("takeaway.edit"), key="edit briefing")
    if st.session_state.get("edit briefing"):
        st.pills(say("takeaway.parts"), PARTS, selection_mode="multi", default=PARTS, format_func=_part, key=WANTED)
    if changed:
        st.caption(say("takeaway.edited", count=changed))
        st.button(say("takeaway.as_written"), key="as written", on_click=_forget, args=(_where(asked),))


def boxes(actor: Actor, period: str, basis: str) -> None:
    """A box a paragraph, where somebody wants to change them."""
    if not st.session_state.get("edit briefing"):
        return
    asked = asked_for(basis, period)
    draft, edits = _chosen(actor, asked), typed(asked)
    with st.container(border=True, key="briefing_text"):
        st.markdown(f"**{say('takeaway.edit_title')}**")
        st.caption(say("takeaway.edit_help"))
        for paragraph in draft.paragraphs:
            text = edits.get(paragraph.id, paragraph.text)
            key = f"box {_round()} {_where(asked)} {paragraph.id}"
            st.text_area(
                paragraph.text,
                text,
                key=key,
                label_visibility="collapsed",
                height="content",
                on_change=_keep,
                args=(_where(asked), paragraph.id, key),
            )


def _chosen(actor: Actor, asked: AskedFile) -> BriefingDraft:
    """As it was written, less the parts that are switched off."""
    wanted = st.session_state.get(WANTED, PARTS)
    return _draft(asked, actor).without(set(PARTS) - set(wanted))


def _part(name: str) -> str:
    return say(f"briefing.part.{name}")


def with_edits(draft: BriefingDraft, edits: dict[str, str]) -> tuple[BriefingDraft, int]:
    """The draft as it will be printed, and how many of its paragraphs differ from what was written."""
    paragraphs = tuple(replace(one, text=edits.get(one.id, one.text)) for one in draft.paragraphs)
    return replace(draft, paragraphs=paragraphs), sum(one.edited for one in paragraphs)


def typed(asked: AskedFile) -> dict[str, str]:
    return st.session_state.get(EDITS, {}).get(_where(asked), {})


def _keep(where: Where, paragraph: str, key: str) -> None:
    """where: told when the box was drawn; a callback runs before the screen has a language."""
    edits = st.session_state.setdefault(EDITS, {})
    edits.setdefault(where, {})[paragraph] = st.session_state[key]


def _forget(where: Where) -> None:
    """Boxes of a new round start from the text as it was written."""
    st.session_state.get(EDITS, {}).pop(where, None)
    st.session_state["briefing round"] = _round() + 1


def _round() -> int:
    return st.session_state.get("briefing round", 0)


def _where(asked: AskedFile) -> Where:
    return asked.period, asked.basis, asked.version, language()


@per_version(16, by=(figures.key, clock.today))
def _draft(asked: AskedFile, _actor: Actor) -> BriefingDraft:
    """Days late are counted from today."""
    return takeaways.briefing_draft(_actor, asked)
