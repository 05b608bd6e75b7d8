"""日志: who did what, when, from where, and how it ended."""

import streamlit as st

from catalogue.wording import say
from ui import admin, admin_log, session

session.must("read_log")
st.subheader(say("log.title"))
admin.show_notice()
admin_log.verify()
admin_log.page(admin_log.search())
