"""版本: every state there was; two of them compared, one kept for a meeting or gone back to; backups."""

import streamlit as st

from catalogue.wording import say
from ui import admin, admin_backups, admin_going_back, admin_versions, session

session.must("administer")
st.subheader(say("versions.title"))
admin.show_notice()
found = admin_versions.found()

listing, compare, back, backup = st.tabs(
    [say(f"versions.{name}_tab") for name in ("list", "compare", "back", "backup")]
)
if found:
    with listing:
        admin_versions.listing(found)
        admin_versions.freezing(found)
    with compare:
        admin_versions.compare(found)
    with back:
        admin_going_back.show(found)
else:
    listing.info(say("versions.none"))
with backup:
    admin_backups.show()
