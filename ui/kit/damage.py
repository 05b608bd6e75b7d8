"""A damaged version is told before anything else, on every screen."""

from __future__ import annotations

import streamlit as st

from warehouse import store


def tell() -> bool:
    """False where no version can be shown at all."""
    found = store.damage(store.data_folder())
    if found is not None:
        st.error(str(found), icon=":material/error:")
    return found is None or bool(found.shown)
