"""报送: my own return, from the template to the receipt."""

import streamlit as st

from ui import (
    asking,
    filing_changes,
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
now, draft = filing_choice.standing(key), filing_draft.current(actor, key)
closed = now.locked or now.state == "locked"

filing_head.show(key, now, draft)
asking.tell()
filing_head.take(actor, key, now)
if not closed:
    filing_upload.show(key)

if draft is not None:
    st.divider()
    filing_findings.show(actor, key, draft)
    if draft.ready and not closed:
        filing_changes.show(key, draft)
        filing_changes.impact(actor, key)
        filing_submit.submit(key, now, draft)

if now.load_id:
    st.divider()
    filing_head.receipt(actor, now)
    filing_submit.withdraw(key, now)
story_table.show(actor, key)
