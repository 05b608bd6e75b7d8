"""数据接口: one's tokens, and what programs can read with them."""

import streamlit as st

from catalogue.wording import say
from ui import admin, programs, programs_tokens, reads, session
from ui.ending import end

actor = session.actor()
session.must("see_unit", reporter=actor.account.office)
st.subheader(say("programs.title"))
admin.show_notice()
programs_tokens.show(actor)
st.code(programs.example(), language=None, wrap_lines=True)

version = reads.newest_version()
if version is None:
    st.info(say("programs.nothing_yet"))
    end()
programs.show(actor, version)
