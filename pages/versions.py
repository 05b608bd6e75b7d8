"""版本: every state there was; two of them compared, one kept for a meeting or gone back to; backups."""

import streamlit as st

from catalogue.wording import say
from ui.app import session
from ui.kit import acting
from ui.screens.versions import backups, going_back, listed

session.must("administer")
st.subheader(say("versions.title"))
acting.show_notice()
found = listed.found()

listing, compare, back, backup = st.tabs(
    [say(f"versions.{name}_tab") for name in ("list", "compare", "back", "backup")]
)
if found:
    with listing:
        listed.listing(found)
        listed.freezing(found)
    with compare:
        listed.compare(found)
    with back:
        going_back.show(found)
else:
    listing.info(say("versions.none"))
with backup:
    backups.show()
