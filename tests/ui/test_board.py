"""The overview's tables where a plan writes every promise in figures, or none."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from ui.screens.overview import board


@pytest.mark.parametrize("table", [board.numerals, board.others])
def test_a_table_of_nothing_is_nothing(table, monkeypatch):
    monkeypatch.setattr("ui.screens.overview.standings.of", lambda basis, period: [])
    assert table.__wrapped__("filed", "2021Q3") == ""


def test_nothing_is_no_piece_of_a_screen():
    def page():
        from ui.kit import tables

        tables.html("")
        tables.html("<p>there</p>")

    app = AppTest.from_function(page).run()
    assert not app.exception and [block.proto.body for block in app.get("html")] == ["<p>there</p>"]


def test_the_legend_tells_of_limits_only_where_there_are_some():
    assert "上限" not in board._legend(limits=False) and "上限" in board._legend(limits=True)
