"""Which return is being filed: one of the account's own forms, for one quarter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from access.model import Actor
from access.rights import forms_filed
from actions import drafts
from actions.keys import ReturnKey
from actions.standing import ReturnStanding
from actions.standing import standing as as_published
from catalogue import clock
from catalogue.load import plans
from catalogue.model import Plan
from catalogue.period import Period
from catalogue.wording import pick
from ui import reads
from ui.app import filters, session

SOON = timedelta(days=15)  # a quarter about to end is prepared for


def choose(actor: Actor) -> ReturnKey:
    """Form and quarter from the address or the last choice; else the quarter that waits longest."""
    known, office = plans(), actor.account.office
    forms = list(forms_filed(actor.account, known[-1]))
    _refuse_others(actor)
    with st.container(horizontal=True, vertical_alignment="center"):
        form = forms[0]
        if len(forms) > 1:
            form = filters.form(forms, lambda code: pick(known[-1].forms[code], "title"))
        begun = _begun(known, form, office) or [known[-1].first]
        recent = [period for period in begun if period >= known[-1].baseline_period]
        period = filters.quarter_filed([str(one) for one in begun], str(_waiting(form, office, recent)))
    reads.work_on(period)
    return ReturnKey(form, office, Period.parse(period))


def _begun(known: Sequence[Plan], form: str, office: str) -> list[Period]:
    """Quarters for which the office owes the form, of all years, oldest first: last year's can still be corrected."""
    return [
        period
        for plan in known
        if form in plan.forms and office in plan.reporters(form)
        for period in plan.periods
        if plan.speaks_for(period) and period.previous.last_day < clock.today()
    ]


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


def standing(key: ReturnKey) -> ReturnStanding:
    """How it stands; a return that the newest version does not know of yet is missing, due as the plan says."""
    return as_published(key) or ReturnStanding(due=reads.plan().deadlines[key.period])


def _refuse_others(actor: Actor) -> None:
    """The address may name a reporter: another one's is refused, and logged."""
    asked = st.query_params.get("reporter")
    if asked and asked != actor.account.office:
        session.refuse(f"return:{st.query_params.get('form', '')}/{asked}/{st.query_params.get('quarter', '')}")
