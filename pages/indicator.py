"""指标: one indicator, from the clause to the cell."""
import streamlit as st

from catalogue.wording import pick, say
from ui import cards, cells, figures, filters, reads, show

period, basis = filters.chosen_period(), filters.chosen_basis()
indicator = filters.indicator()
promise = reads.promise_of(indicator.code)
city = reads.city_row(basis, period, indicator.code)

if city is None:
    st.info(say("shell.no_data"))
    st.stop()

st.subheader(pick(indicator))
st.caption(show.as_of(city))
if promise:
    show.clause(promise)
cards.facts(city)

drawn = {"indicator": indicator.code, "basis": basis, "period": period}
show.chart(figures.of_indicator("trend", **drawn), "trend")

if len(indicator.units) > 1:
    left, right = st.columns([3, 2], gap="medium")
    with left:
        unit = show.chart(figures.of_indicator("county_bars", **drawn), "bars", chosen=True)
    with right:
        unit = show.chart(figures.of_indicator("tile_map", **drawn), "tiles", chosen=True) or unit
    if unit:
        show.open_unit(unit)

show.definition(indicator)
st.subheader(say("indicator.sources"))
cells.table(indicator, period, basis)
