"""总览: is the plan being kept, where not, and what needs attention."""
import streamlit as st

from catalogue.display import quarter
from catalogue.wording import say
from ui import cards, figures, filters, reads, show

period, basis = filters.chosen_period(), filters.chosen_basis()
rows = reads.of_period(basis, period)

if rows.empty:
    st.info(say("shell.no_data"))
    st.stop()

st.subheader(say("overview.title", period=quarter(period)))
st.caption(cards.filing_line(period))
cards.light_counts(rows)

left, right = st.columns([3, 2], gap="medium")
with left:
    chosen = show.chart(figures.of_period("targets", basis, period), key="targets", chosen=True)
    if chosen:
        show.open_indicator(chosen[1])
with right:
    cards.attention(basis, period)

st.subheader(say("overview.numerals", count=reads.numeral_count()))
cards.numerals(basis, period)

st.subheader(say("overview.matrix"))
chosen = show.chart(figures.of_period("matrix", basis, period), key="matrix", chosen=True)
st.caption(say("overview.matrix_note"))
if chosen:
    show.open_indicator(chosen[0])
