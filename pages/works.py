"""资金与工程: are the works on time and on money; toilets and aid; what a square metre and a pupil come to."""

import streamlit as st

from catalogue.display import quarter
from catalogue.wording import say
from ui import reads
from ui.app import filters
from ui.app.ending import end
from ui.kit import figures, show, tables
from ui.reads import works
from ui.screens.works import cards
from ui.screens.works import tables as works_tables

period, basis = filters.chosen_period(), filters.chosen_basis()
plan = reads.plan()

if period < str(plan.first):
    st.info(say("works.before_plan", period=quarter(period)))
    end()

if plan.projects:
    tables.html(cards.head(basis, period))
    tables.html(cards.cards(basis, period))
    tables.also(cards.table(basis, period))
    left, right = st.columns(2, gap="medium")
    with left:
        chosen = show.chart(figures.of_period("investment", basis, period), "investment", chosen=True)
    with right:
        chosen = show.chart(figures.of_period("timeline", basis, period), "timeline", chosen=True) or chosen
    if chosen:
        show.open_indicator(chosen)
    tables.html(works_tables.unit_cost(basis, period))
else:
    st.info(say("works.no_projects"))

tables.html(works_tables.counts(basis, period))
left, right = st.columns(2, gap="medium")
unit = None
with left:
    if works.TOILETS in plan.indicators:
        at = works_tables.shown_period(works.TOILETS, basis, period)
        unit = show.chart(figures.of_indicator("county_bars", works.TOILETS, basis, at), "toilets", chosen=True)
with right:
    if all(code in plan.indicators for code in works.AID):
        unit = show.chart(figures.of_period("aid", basis, period), "aid", chosen=True) or unit
if unit:
    show.open_unit(unit)

if plan.projects:
    works_tables.sources(basis, period)
