"""报送: my own return, from the template to the receipt."""
import streamlit as st

from catalogue.wording import say
from ui import (
    filing_choice,
    filing_draft,
    filing_findings,
    filing_head,
    filing_submit,
    filing_upload,
    session,
    story_table,
)

actor = session.actor()
session.must("file", reporter=actor.account.office)
key = filing_choice.choose(actor)
now, draft = filing_draft.standing(key), filing_draft.current(actor, key)

filing_head.show(actor, key, now, has_draft=draft is not None)
if told := st.session_state.pop(filing_submit.DONE, None):
    st.success(told)
filing_head.take(actor, key, now)

if not (now.locked or now.state == "locked"):
    filing_upload.show(actor, key)
if draft is not None:
    st.divider()
    filing_findings.show(actor, key, draft)
    if draft.ready:
        filing_submit.changes(key, draft)
        filing_submit.impact(actor, key)
    filing_submit.button(key, now, draft)
elif not now.load_id:
    st.caption(say("filing.nothing_yet"))

if now.load_id:
    st.divider()
    filing_head.receipt(actor, now)
    filing_submit.withdraw(key, now)
story_table.show(actor, key)
