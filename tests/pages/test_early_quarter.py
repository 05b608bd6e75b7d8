"""A quarter that is not over: each screen that shows it says so once in its head, and its lights are no year's result."""

from __future__ import annotations

import pytest
from pages_fixtures import demonstration, screen, words  # noqa: F401  (fixture)

from catalogue import early

NOTE = "2021年第三季度到2021年9月30日才结束"


@pytest.fixture
def running(demonstration, monkeypatch):  # noqa: F811
    """The sample returns as they stand while the quarter they were filed for still runs."""
    monkeypatch.setenv("DASHBOARD_TODAY", "2021-09-20")


@pytest.mark.parametrize("page", ["overview", "indicator", "county", "tasks", "works", "takeaway"])
def test_every_screen_about_a_quarter_says_so_once(running, page):
    assert words(screen(f"pages/{page}.py")).count(NOTE) == 1


def test_a_quarter_that_is_over_says_nothing_of_it(running):
    assert "提前报送" not in words(screen("pages/overview.py", period="2021Q2"))


def test_the_wall_and_the_card_of_a_unit_say_so_in_their_own_head(running):
    assert early.as_of("2021Q3") in words(screen(kiosk=""))
    assert early.as_of("2021Q3") in words(screen("pages/county.py", card="1"))


@pytest.mark.parametrize(("today", "is_result"), [("2021-12-20", False), ("2022-01-01", True)])
def test_the_last_quarter_is_the_years_result_only_when_it_is_over(demonstration, monkeypatch, today, is_result):  # noqa: F811
    from ui.screens.overview import board

    monkeypatch.setenv("DASHBOARD_TODAY", today)
    assert ("全年结果" in board.head("filed", "2021Q4", filing="", meeting=None)) is is_result
