"""县区: one unit's own numbers, its place among the others, its returns; or all of it on a card."""

import streamlit as st

from catalogue.wording import say
from ui import (
    county_board,
    county_card,
    county_quality,
    county_standing,
    filters,
    returns_table,
    show,
    tables,
)
from ui.ending import end

period, basis = filters.chosen_period(), filters.chosen_basis()
with st.container(horizontal=True, vertical_alignment="center", key="county-choice"):
    unit = filters.unit().code
    as_card = filters.switched("card", say("county.card"))
linked = county_board.linked()

if not county_standing.of_unit(basis, period, unit):
    st.info(say("shell.no_data"))
    end()

if as_card:
    st.caption(say("county.card_note"))
    tables.html(county_card.card(basis, period, unit, linked))
    end()

st.subheader(county_board.headline(basis, period, unit))
st.caption(county_board.filed(period, unit))
tables.html(county_board.lights(basis, period, unit))
tables.html(county_board.points(basis, period, unit, linked))
st.caption(say("county.compared"))

st.markdown(f"**{say('county.board')}**")
tables.html(county_board.board(basis, period, unit, linked), title=say("county.board"))
st.caption(say("county.board_note"))

chosen = show.chart(county_board.multiples(basis, period, unit), "multiples", chosen=linked)
if chosen:
    show.open_indicator(chosen)

st.markdown(f"**{say('county.returns')}**")
tables.html(county_quality.table(unit, period), title=say("county.returns"), counted=False)
st.caption(say("county.quality.about"))
with st.expander(say("county.receipts")):
    tables.html(returns_table.table(unit), title=say("county.receipts"), counted=False)
