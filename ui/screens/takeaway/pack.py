"""The quarter's pack on the screen: begun by a click, watched while the page stays usable, given up or taken away."""

from __future__ import annotations

import streamlit as st

from access.model import Actor
from actions import packing, takeaways
from actions.takeaways import AskedFile
from catalogue.wording import say
from ui.kit import downloads

LOOK = 1.0  # seconds between two looks at how far it is


def offer(actor: Actor, what: AskedFile) -> None:
    found = packing.standing(actor, what)
    if found is not None and found.state == "making":
        _making(actor, what)
    elif found is not None and found.state == "made":
        name = takeaways.shown_name("pack", what)
        downloads.button(
            say("takeaway.get.pack"), name, lambda: packing.taken(actor, what)[1], key="take pack", width="stretch"
        )
    else:
        if found is not None:
            st.error(found.why or say("takeaway.pack_failed"))
        st.button(
            say("takeaway.pack_begin"), key="begin pack", on_click=packing.begin, args=(actor, what), width="stretch"
        )
    st.caption(say("takeaway.about.pack"))


@st.fragment(run_every=LOOK)
def _making(actor: Actor, what: AskedFile) -> None:
    """Looks by itself; when it is made, or has failed, the whole screen is drawn anew, once."""
    found = packing.standing(actor, what)
    if found is None or found.state != "making":
        st.rerun()
    told = say("takeaway.pack_making", done=found.done, of=found.of) if found.of else say("takeaway.pack_reading")
    st.progress(found.done / found.of if found.of else 0.0, text=told)
    if st.button(say("takeaway.pack_give_up"), key="give up pack", width="stretch"):
        packing.give_up(actor)
        st.rerun()
