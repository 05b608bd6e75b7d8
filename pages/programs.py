"""数据接口: one's tokens, and what programs can read with them."""

import streamlit as st

from catalogue.wording import say
from ui import reads
from ui.app import session
from ui.app.ending import end
from ui.kit import acting
from ui.screens.programs import description, tokens

actor = session.actor()
session.must("see_unit", reporter=actor.account.office)
st.subheader(say("programs.title"))
acting.show_notice()
tokens.show(actor)
st.code(description.example(), language=None, wrap_lines=True)

version = reads.newest_version()
if version is None:
    st.info(say("programs.nothing_yet"))
    end()
description.show(actor, version)
