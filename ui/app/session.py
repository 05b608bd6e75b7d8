"""Who is looking: asked anew for every drawing, and of the store, not of Streamlit's memory."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

from access import audit, sessions
from access.model import Actor
from access.rights import Action, may
from access.web.gate import bind
from catalogue.load import current_plan
from catalogue.wording import say
from ui.app.ending import end
from ui.reads.drawing import once


@once
def actor() -> Actor:
    """The account at work, looked up once a drawing. Stops the run where there is none: signed out, disabled, or timed out."""
    told = st.user.get("session") if hasattr(st.user, "get") else None
    identity = told if isinstance(told, str) else ""
    account = sessions.find(identity or None, touch=False)
    if account is None:
        st.warning(say("session.ended"))
        st.link_button(say("session.sign_in"), "/sign-in")
        st.stop()
    context = get_script_run_ctx(suppress_warning=True)
    if context is not None:
        bind(context.session_id, identity)
    return Actor(account=account, ip=_ip(), session=identity)


def keep_alive() -> None:
    """A wall has nobody who touches it: while it is on, its session does not go idle. It still ends after absolute_hours."""
    sessions.find(actor().session)


def can(action: Action, *, form: str = "", reporter: str = "") -> bool:
    return may(actor().account, action, current_plan(), form=form, reporter=reporter)


def must(action: Action, *, form: str = "", reporter: str = "") -> None:
    """For a page that somebody opens who may not: told so, logged, and stopped."""
    if not can(action, form=form, reporter=reporter):
        refuse(f"{action}:{form}/{reporter}" if form or reporter else action)


def refuse(about: str) -> None:
    audit.record(actor(), "refused", about, "refused", "screen")
    st.error(say("session.not_for_you"))
    end()


def _ip() -> str:
    """As the gate saw it, which knows the proxies; Streamlit says None on localhost."""
    told = st.user.get("client")
    return told if isinstance(told, str) else st.context.ip_address or "127.0.0.1"
