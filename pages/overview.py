"""总览: is the plan being kept, where not, and what needs attention."""

import streamlit as st

from catalogue.wording import say
from ui import reads
from ui.app import filters
from ui.app.ending import end
from ui.kit import figures, show, tables
from ui.screens.overview import board, front, standings

period, basis = filters.chosen_period(), filters.chosen_basis()

if reads.city_of_period(basis, period).empty:
    st.info(say("shell.no_data"))
    end()

chosen = standings.chosen()
tables.html(front.html(basis, period, chosen))

if not chosen:
    tables.html(board.others(basis, period))
    with show.folded(say("takeaway.table.numerals")):
        tables.html(board.numerals(basis, period), title=say("takeaway.table.numerals"))

if filters.switched("matrix", say("overview.whole_matrix")):
    chosen_cell = show.chart(figures.of_period("matrix", basis, period), key="matrix", chosen=True)
    st.caption(say("overview.matrix_note"))
    if chosen_cell:
        show.open_indicator(chosen_cell[0])
