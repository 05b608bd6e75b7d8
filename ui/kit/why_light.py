"""One click on a light: why it is what it is, over the screen one is on.

The question stands in the address (`why=inclusive-coverage`, `why=inclusive-coverage/210402`), so it can be sent as a link.
"""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from access.rights import may
from sentences.why import Why
from ui import reads
from ui.app import filters, session
from ui.kit import figures
from ui.kit.templates import Macros, render, show_html
from ui.reads.kept import per_version
from ui.reads.snapshot import snapshot

_MARKS = Macros("kit/marks.html")


def lamp(
    screen: str, light: str, of: str, *, subject: str = "", word: bool = True, hint: str = "", **query: str
) -> Markup:
    """A light that opens its reasons over `screen`. of: an indicator. query: what else the screen's address needs."""
    return _MARKS.why(screen, light, of, subject, word, hint, **query)


def answer() -> None:
    """Opens what the address asks for, if it is there; what is not is passed over."""
    asked = st.query_params.get("why", "")
    if not asked:
        return
    indicator, _, subject = asked.partition("/")
    told, account, plan = None, session.actor().account, reads.plan()
    allowed = may(account, "see_unit", plan, reporter=subject) if subject else may(account, "see_numbers", plan)
    if allowed and indicator in plan.indicators:
        told = _why(filters.chosen_basis(), filters.chosen_period(), indicator, subject or None)
    if told is None:
        st.query_params.pop("why", None)
        return
    _opened(told, indicator)


def _opened(told: Why, indicator: str) -> None:
    @st.dialog(told.title, width="medium", on_dismiss=_close, icon=None)
    def box() -> None:
        show_html(html(told, indicator))

    box()


def html(told: Why, indicator: str) -> Markup:
    return render("kit/why.html", told=told, indicator=indicator)


def _close() -> None:
    st.query_params.pop("why", None)


@per_version(512, by=figures.key)
def _why(basis: str, period: str, indicator: str, subject: str | None) -> Why | None:
    return snapshot(basis, period).why(indicator, subject)
