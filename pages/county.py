"""县区: one unit's own numbers, its place among the others, its returns."""
import streamlit as st

from catalogue.display import quarter
from catalogue.wording import pick, say
from ui import cards, figures, filters, reads, returns_table, show, unit_table

period, basis = filters.chosen_period(), filters.chosen_basis()
unit = filters.unit()
now = reads.of_period(basis, period)
now = now[now["subject"] == unit.code]

if now.empty:
    st.info(say("shell.no_data"))
    st.stop()

st.subheader(say("county.headline", unit=pick(unit), period=quarter(period)))
st.caption(cards.unit_line(unit.code, period))
cards.light_counts(now)

st.subheader(say("county.values"))
chosen = unit_table.show(period, basis, unit)
if chosen:
    show.chart(figures.of_indicator("trend", chosen, basis, period, subject=unit.code), "unit-trend")
    show.to_indicator(chosen, say("county.to_indicator", indicator=pick(reads.plan().indicators[chosen])))

st.subheader(say("county.returns"))
returns_table.show(unit.code)
