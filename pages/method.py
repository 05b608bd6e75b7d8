"""口径与方法: every definition, formula, rule and threshold, out of the catalogue and the rules themselves."""

import streamlit as st

from catalogue.wording import say
from ui import reads
from ui.screens.method import page

st.subheader(page.headline())
st.caption(say("method.source", document=reads.plan().document))
part, what = page.chosen()
page.show(part, what)
