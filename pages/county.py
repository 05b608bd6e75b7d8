"""县区: one unit's own numbers, its place among the others, its returns; or all of it on a card."""

import streamlit as st

from catalogue.wording import say
from ui.app import filters, pickers
from ui.app.ending import end
from ui.kit import show, tables
from ui.screens.county import board, card, quality, returns, standing

period, basis = filters.chosen_period(), filters.chosen_basis()
with st.container(horizontal=True, vertical_alignment="center", key="county-choice"):
    unit = pickers.unit().code
    as_card = filters.switched("card", say("county.card"))
tables.html(pickers.units_beside(unit))
linked = board.linked()

if not standing.of_unit(basis, period, unit):
    st.info(say("shell.no_data"))
    end()

if as_card:
    st.caption(say("county.card_note"))
    tables.html(card.card(basis, period, unit, linked))
    end()

st.subheader(board.headline(basis, period, unit))
st.caption(board.filed(period, unit))
tables.html(board.lights(basis, period, unit))
tables.html(board.points(basis, period, unit, linked))
st.caption(say("county.compared"))

st.markdown(f"**{say('county.board')}**")
tables.html(board.board(basis, period, unit, linked), title=say("county.board"))
st.caption(say("county.board_note"))

chosen = show.chart(board.multiples(basis, period, unit), "multiples", chosen=linked)
if chosen:
    show.open_indicator(chosen)

st.markdown(f"**{say('county.returns')}**")
tables.html(quality.table(unit, period), title=say("county.returns"), counted=False)
st.caption(say("county.quality.about"))
with st.expander(say("county.receipts")):
    tables.html(returns.table(unit), title=say("county.receipts"), counted=False)
