"""总览: is the plan being kept, where not, and what needs attention."""

import streamlit as st

from catalogue.wording import say
from ui import reads
from ui.app import filters
from ui.app.ending import end
from ui.kit import figures, show, tables
from ui.screens.overview import board

period, basis = filters.chosen_period(), filters.chosen_basis()

if reads.of_period(basis, period).empty:
    st.info(say("shell.no_data"))
    end()

tables.html(board.head(basis, period))

left, right = st.columns([17, 8], gap="medium")
with left:
    tables.html(board.numerals(basis, period), title=say("takeaway.table.numerals"))
with right:
    tables.html(board.attend(basis, period))

tables.html(board.others(basis, period))

if filters.switched("matrix", say("overview.whole_matrix")):
    chosen = show.chart(figures.of_period("matrix", basis, period), key="matrix", chosen=True)
    st.caption(say("overview.matrix_note"))
    if chosen:
        show.open_indicator(chosen[0])
