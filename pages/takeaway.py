"""导出: pictures, Excel, Word and data about the quarter on show."""

import streamlit as st

from catalogue.wording import say
from ui import reads
from ui.app import filters, session
from ui.app.ending import end
from ui.kit import tables
from ui.screens.takeaway import briefing, files

session.must("see_numbers")
actor, period, basis = session.actor(), filters.chosen_period(), filters.chosen_basis()

if reads.city_of_period(basis, period).empty:
    st.info(say("shell.no_data"))
    end()

tables.html(files.head(basis, period))
files.show_files(actor, period, basis)
briefing.boxes(actor, period, basis)
files.data(basis, period)
