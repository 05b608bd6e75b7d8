"""What is on show chosen by name: an indicator by theme and light, a unit; each with the one before and after it."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from access.rights import may
from catalogue.model import Indicator, Plan, Unit
from catalogue.wording import pick
from sentences.lights import MARKS
from ui import reads
from ui.app import filters, session
from ui.kit import beside
from ui.kit.templates import show_html

MANY = 12  # units; more stand in a box that can be searched


def indicator(screen: str = "") -> Indicator:
    """By theme, promises before what is only counted. screen: links to the ones beside it there; "" for none."""
    plan = reads.plan()
    options, lights = in_order(plan), reads.city_lights(filters.chosen_basis(), filters.chosen_period())
    promised = {c.indicator: c for c in plan.commitments.values()}

    asked = st.query_params.get("indicator", "")
    by_id = {promise.id: promise.indicator for promise in plan.commitments.values()}
    if asked.upper() in by_id:  # K07 is a promise: its indicator
        st.query_params["indicator"] = by_id[asked.upper()]

    def label(code: str) -> str:
        one = plan.indicators[code]
        mark, id = (MARKS[lights.get(code, "grey")], f"{promised[code].id}  ") if code in promised else ("·", "")
        return f"{mark} {id}{pick(one)}  ·  {pick(plan.themes[one.theme], 'title')}"

    with st.container(key="picker", gap="xsmall"):
        chosen = filters.choose("indicator", st.selectbox, options, first_promise(plan), format_func=label)
        if screen:
            show_html(beside.links(screen, "indicator", options, chosen, lambda code: pick(plan.indicators[code])))
    return plan.indicators[chosen]


def in_order(plan: Plan) -> list[str]:
    """Codes of the indicators, theme by theme, promises first."""
    promised, themes = {c.indicator for c in plan.commitments.values()}, list(plan.themes)
    return sorted(plan.indicators, key=lambda code: (themes.index(plan.indicators[code].theme), code not in promised))


def first_promise(plan: Plan) -> str:
    """The indicator of the plan's first promise, or its first indicator."""
    return next((promise.indicator for promise in plan.commitments.values()), next(iter(plan.indicators)))


def unit() -> Unit:
    """Of those the account may look at; another one in the address is refused, and logged."""
    plan, account = reads.plan(), session.actor().account
    units = plan.units
    options = [code for code in units if may(account, "see_unit", plan, reporter=code)]
    asked = st.query_params.get("unit")
    if asked in units and asked not in options:
        session.refuse(f"unit:{asked}")
    if len(options) > MANY:
        chosen = filters.choose("unit", st.selectbox, options, options[0], format_func=lambda code: pick(units[code]))
    else:
        chosen = filters.choose(
            "unit", st.pills, options, options[0], format_func=lambda code: pick(units[code]), required=True
        )
    return units[chosen]


def units_beside(shown: str) -> Markup:
    """The units before and after it, of those the account may look at; empty where it is the only one."""
    plan, account = reads.plan(), session.actor().account
    options = [code for code in plan.units if may(account, "see_unit", plan, reporter=code)]
    if not options[1:]:
        return Markup()
    return beside.links("county", "unit", options, shown, lambda code: pick(plan.units[code]))
