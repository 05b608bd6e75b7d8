"""对比: what changed since an earlier quarter, or since a version that a meeting had before it, and why."""

import streamlit as st

from catalogue.display import quarter
from catalogue.wording import say
from ui import reads
from ui.app import filters, session
from ui.app.ending import end
from ui.kit import tables
from ui.reads import compare
from ui.screens.compare import board as compare_board

session.must("see_numbers")
period, basis = filters.chosen_period(), filters.chosen_basis()
options = compare.options(period)

if reads.city_of_period(basis, period).empty or not options:
    st.info(say("compare.nothing_before", period=quarter(period)))
    end()

with st.container(horizontal=True, vertical_alignment="center", key="compare-choice"):
    compared = filters.compared_with(options, compare_board.option)
    only_lights = filters.switched("lights", say("compare.only_lights"))

if compare.between(compared, basis, period) is None:
    st.info(say("compare.too_old"))
    end()

tables.html(compare_board.head(compared, basis, period))
board = compare_board.board(compared, basis, period, ("turned",) if only_lights else ("turned", "moved"))
if board:
    tables.html(board)
elif only_lights:
    st.info(say("compare.no_lights"))

for group in () if only_lights else ("same", "unknown"):
    count = compare_board.count(compared, basis, period, group)
    if count:
        with st.expander(say(f"compare.{group}", count=count)):
            tables.html(compare_board.board(compared, basis, period, (group,)))
