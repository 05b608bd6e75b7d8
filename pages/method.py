"""口径与方法: every definition, formula, rule and threshold, out of the catalogue and the rules themselves."""

import streamlit as st

from catalogue.wording import say
from ui import method_page, reads

st.subheader(method_page.headline())
st.caption(say("method.source", document=reads.plan().document))
part, what = method_page.chosen()
method_page.show(part, what)
