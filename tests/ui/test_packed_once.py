"""A table that stays the same is packed for the browser once, and stands where it is asked for each time."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest


@pytest.fixture
def packed(monkeypatch) -> list[int]:
    """The lengths of the tables that were packed."""
    found, dataframe = [], st.dataframe

    def counted(rows, **how):
        found.append(len(rows))
        return dataframe(rows, **how)

    monkeypatch.setattr(st, "dataframe", counted)
    return found


def page():
    import pandas as pd
    import streamlit as st

    from ui.kit import tables
    from ui.reads.kept import per_version

    @per_version(4)
    def kept(rows: int) -> pd.DataFrame:
        return pd.DataFrame({"name": list("abcdefghijklmnopqrst")[:rows], "number": range(rows)})

    if "kept" not in st.session_state:
        st.session_state["kept"] = kept
    rows = st.session_state["kept"](st.session_state.get("rows", 3))
    with st.container(key="place"):
        tables.frame(rows, key="one", column_config={"name": st.session_state.get("label", "Name")})
    st.caption("below")


def shown(app: AppTest) -> list[tuple[str, int]]:
    return list(app.main.children[0].dataframe[0].value.itertuples(index=False, name=None))


def test_it_is_packed_once_and_shown_in_its_place_each_time(packed):
    app = AppTest.from_function(page).run()
    assert shown(app) == [("a", 0), ("b", 1), ("c", 2)] and packed == [3]
    app.run()
    assert shown(app) == [("a", 0), ("b", 1), ("c", 2)] and packed == [3]
    assert not app.exception and app.caption[0].value == "below"


def test_other_rows_and_other_looks_are_packed_anew(packed):
    app = AppTest.from_function(page).run()
    app.session_state["rows"] = 2
    app.run()
    assert shown(app) == [("a", 0), ("b", 1)] and packed == [3, 2]
    app.session_state["label"] = "Named"
    app.run()
    assert packed == [3, 2, 2] and "Named" in app.main.children[0].dataframe[0].proto.columns
