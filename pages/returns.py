"""报送情况: who has filed and who has not, the words that ask for what is owed, how punctual the returns are."""

import streamlit as st

from catalogue.display import quarter
from catalogue.wording import say
from ui import chasing, chasing_texts, filters, reads_chase, returns_matrix, session
from ui.ending import end

session.must("chase")
actor, period = session.actor(), filters.chosen_period()
rows = reads_chase.rows()
now = rows[rows["period"] == period]

if now.empty:
    st.info(say("chasing.nothing_owed", period=quarter(period)))
    end()

chasing.headline(now, period)
chasing_texts.files(actor)
returns_matrix.show(rows, period)

st.divider()
chasing_texts.show(rows, period)

st.divider()
chasing.over_time(period)
