"""设置: deadlines, and in words what the files say: units, reviewers, light rules, sign-in rules; is the plan folder right."""

import streamlit as st

from catalogue.wording import say
from ui.app import session
from ui.kit import acting
from ui.screens.settings import deadlines, on_file

session.must("administer")
st.subheader(say("setup.title"))
acting.show_notice()

TABS = ("due_tab", "units_tab", "lights_tab", "plan_tab", "access_tab")
DRAWN = (
    deadlines.show,
    on_file.units,
    on_file.lights,
    on_file.plan_check,
    on_file.access,
)
for tab, draw in zip(st.tabs([say(f"setup.{name}") for name in TABS]), DRAWN, strict=True):
    with tab:
        draw()
