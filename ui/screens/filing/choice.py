"""Which return is being filed: one of the account's own forms, for one quarter."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from access.model import Actor
from access.rights import forms_filed
from actions import drafts
from actions.keys import ReturnKey
from actions.standing import Standing
from actions.standing import standing as as_published
from catalogue import clock
from catalogue.period import Period
from catalogue.wording import pick
from ui import reads
from ui.app import filters, session

SOON = timedelta(days=15)  # a quarter about to end is prepared for


def choose(actor: Actor) -> ReturnKey:
    """Form and quarter from the address or the last choice; else the quarter that waits longest."""
    plan = reads.plan()
    forms = list(forms_filed(actor.account, plan))
    _refuse_others(actor)
    with st.container(horizontal=True, vertical_alignment="center"):
        form = forms[0]
        if len(forms) > 1:
            form = filters.form(forms, lambda code: pick(plan.forms[code], "title"))
        begun = [period for period in plan.periods if period.previous.last_day < clock.today()] or [plan.first]
        period = filters.quarter_filed([str(one) for one in begun], str(_waiting(form, actor.account.office, begun)))
    return ReturnKey(form, actor.account.office, Period.parse(period))


def _waiting(form: str, reporter: str, begun: list[Period]) -> Period:
    """The earliest quarter that ends soon or has ended and whose return is missing, sent back or a draft; else the last."""
    ended = [period for period in begun if period.last_day <= clock.today() + SOON] or begun[:1]
    ready = drafts.keys(reporter)
    for period in ended:
        key = ReturnKey(form, reporter, period)
        found = standing(key)
        if not found.locked and (key in ready or found.state in ("missing", "returned")):
            return period
    return ended[-1]


def standing(key: ReturnKey) -> Standing:
    """How it stands; a return that the newest version does not know of yet is missing, due as the plan says."""
    return as_published(key) or Standing(due=reads.plan().deadlines[key.period])


def _refuse_others(actor: Actor) -> None:
    """The address may name a reporter: another one's is refused, and logged."""
    asked = st.query_params.get("reporter")
    if asked and asked != actor.account.office:
        session.refuse(f"return:{st.query_params.get('form', '')}/{asked}/{st.query_params.get('quarter', '')}")
