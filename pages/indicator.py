"""指标: one indicator: what is the state, how much is lacking and where, what would be, and every value's way to its cell."""

import streamlit as st

from catalogue.wording import say
from ui.app import filters, pickers
from ui.app.ending import end
from ui.kit import cells, figures, show, tables
from ui.screens.indicator import everybody, sliders
from ui.screens.indicator import head as indicator_head

period, basis = filters.chosen_period(), filters.chosen_basis()
indicator = pickers.indicator("indicator")
head = indicator_head.head(basis, period, indicator.code)

if not head:
    st.info(say("shell.no_data"))
    end()

tables.html(head)
drawn = {"indicator": indicator.code, "basis": basis, "period": period}

if len(indicator.units) == 1:
    show.chart(figures.of_indicator("trend", **drawn), "trend")
    show.definition(indicator)
else:
    left, right = st.columns(2, gap="medium")
    with left:
        show.chart(figures.of_indicator("trend", **drawn), "trend")
    with right:
        unit = show.chart(figures.of_indicator("county_bars", **drawn), "bars", chosen=True)
    further = figures.by_unit(**drawn)
    places = [*st.columns(2, gap="medium"), *st.columns(2, gap="medium")]
    for place, (kind, picture) in zip(places, further.items(), strict=False):
        with place:
            unit = show.chart(picture, kind, chosen=True) or unit
    with places[len(further)]:
        show.definition(indicator)
    with places[min(len(further) + 1, 3)]:
        sliders.show(basis, period, indicator)
    if unit:
        show.open_unit(unit)

everybody.show(basis, period, indicator)

st.subheader(say("indicator.sources"))
cells.table(indicator, period, basis)
