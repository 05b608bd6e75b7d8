"""日志: who did what, when, from where, and how it ended."""

import streamlit as st

from catalogue.wording import say
from ui.app import session
from ui.kit import acting
from ui.screens.log import lines

session.must("read_log")
st.subheader(say("log.title"))
acting.show_notice()
lines.verify()
lines.page(lines.search())
