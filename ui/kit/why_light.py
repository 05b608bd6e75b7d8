"""One click on a light: why it is what it is, over the screen one is on.

The question stands in the address (`why=inclusive-coverage`, `why=inclusive-coverage/210402`), so it can be sent as a link.
"""

from __future__ import annotations

import streamlit as st

from access.rights import may
from catalogue.wording import say
from sentences.why import Why
from ui import reads
from ui.app import filters, session
from ui.kit import figures, markup
from ui.reads.snapshot import snapshot


def lamp(
    screen: str, light: str, of: str, *, subject: str = "", word: bool = True, hint: str = "", **query: str
) -> str:
    """HTML: a light that opens its reasons over `screen`. of: an indicator. query: what else the screen's address needs."""
    asked = f"{of}/{subject}" if subject else of
    return markup.go(screen, markup.lamp(light, word, hint), title=say("why.open"), **query, why=asked)


def answer() -> None:
    """Opens what the address asks for, if it is there; what is not is passed over."""
    asked = st.query_params.get("why", "")
    if not asked:
        return
    indicator, _, subject = asked.partition("/")
    told, account, plan = None, session.actor().account, reads.plan()
    allowed = may(account, "see_unit", plan, reporter=subject) if subject else may(account, "see_numbers", plan)
    if allowed and indicator in plan.indicators:
        told = _why(figures.key(), filters.chosen_basis(), filters.chosen_period(), indicator, subject or None)
    if told is None:
        st.query_params.pop("why", None)
        return
    _opened(told, indicator)


def _opened(told: Why, indicator: str) -> None:
    @st.dialog(told.title, width="medium", on_dismiss=_close, icon=None)
    def box() -> None:
        st.html(html(told, indicator))

    box()


def html(told: Why, indicator: str) -> str:
    rows = "".join(
        f"<dt>{markup.text(say(f'why.part.{part}'))}</dt><dd>{markup.text(said)}</dd>" for part, said in told.lines
    )
    more = markup.go("indicator", markup.text(say("why.to_indicator")), indicator=indicator)
    return f'<div class="why"><p>{markup.lamp(told.light)}</p><dl>{rows}</dl><p>{more}</p></div>'


def _close() -> None:
    st.query_params.pop("why", None)


@st.cache_resource(max_entries=512, show_spinner=False)
def _why(key: tuple, basis: str, period: str, indicator: str, subject: str | None) -> Why | None:
    return snapshot(basis, period).why(indicator, subject)
