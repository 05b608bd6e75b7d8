"""报送: my own return, from the template to the receipt."""

import streamlit as st

from ui.app import session
from ui.kit import asking, story_table
from ui.screens.filing import changes, choice, findings, head, submit, upload
from ui.screens.filing import draft as filing_draft

actor = session.actor()
session.must("file", reporter=actor.account.office)
key = choice.choose(actor)
now, draft = choice.standing(key), filing_draft.current(actor, key)
closed = now.locked or now.state == "locked"

head.show(key, now, draft)
asking.tell()
head.take(actor, key, now)
if not closed:
    upload.show(key)

if draft is not None:
    st.divider()
    findings.show(actor, key, draft)
    if draft.ready and not closed:
        changes.show(key, draft)
        changes.impact(actor, key)
        submit.submit(key, now, draft)

if now.load_id:
    st.divider()
    head.receipt(actor, now)
    submit.withdraw(key, now)
story_table.show(actor, key)
