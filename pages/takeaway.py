"""导出: pictures, Excel, Word and data about the quarter on show."""

import streamlit as st

from catalogue.wording import say
from ui import filters, reads, session, takeaway_briefing, takeaway_files
from ui.ending import end

session.must("see_numbers")
actor, period, basis = session.actor(), filters.chosen_period(), filters.chosen_basis()

if reads.of_period(basis, period).empty:
    st.info(say("shell.no_data"))
    end()

st.html(takeaway_files.head(basis, period))
takeaway_files.show_files(actor, period, basis)
takeaway_briefing.boxes(actor, period, basis)
takeaway_files.data(basis, period)
