"""设置: deadlines, and in words what the files say: units, reviewers, light rules, sign-in rules; is the plan folder right."""

import streamlit as st

from catalogue.wording import say
from ui import admin, admin_deadlines, admin_settings, session

session.must("administer")
st.subheader(say("setup.title"))
admin.show_notice()

TABS = ("due_tab", "units_tab", "lights_tab", "plan_tab", "access_tab")
DRAWN = (
    admin_deadlines.show,
    admin_settings.units,
    admin_settings.lights,
    admin_settings.plan_check,
    admin_settings.access,
)
for tab, draw in zip(st.tabs([say(f"setup.{name}") for name in TABS]), DRAWN, strict=True):
    with tab:
        draw()
