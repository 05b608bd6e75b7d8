"""账号: who may come in, as what; new ones, many at once, forgotten passwords."""

import streamlit as st

from catalogue.wording import say
from ui.app import session
from ui.kit import acting
from ui.screens.accounts import people as admin_accounts

session.must("administer")
st.subheader(say("people.title"))
people = admin_accounts.found()
admin_accounts.table(people)
acting.show_notice()

edit, create, many = st.tabs([say("people.edit_tab"), say("people.create_tab"), say("people.import_tab")])
with edit:
    admin_accounts.edit(people)
with create:
    admin_accounts.create()
with many:
    admin_accounts.many()
