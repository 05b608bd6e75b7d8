"""报送情况: who has filed and who has not, the words that ask for what is owed, how punctual the returns are."""

import streamlit as st

from catalogue.display import quarter
from catalogue.wording import say
from ui.app import filters, session
from ui.app.ending import end
from ui.reads import chase
from ui.screens.returns import chasing, matrix, texts

session.must("chase")
actor, period = session.actor(), filters.chosen_period()
rows = chase.rows()
now = rows[rows["period"] == period]

if now.empty:
    st.info(say("chasing.nothing_owed", period=quarter(period)))
    end()

chasing.headline(now, period)
texts.files(actor)
matrix.show(rows, period)

st.divider()
texts.show(rows, period)

st.divider()
chasing.over_time(period)
