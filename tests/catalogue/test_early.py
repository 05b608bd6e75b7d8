"""A quarter that is not over: from which day it is, and in which words it is said."""

from __future__ import annotations

import pytest

from catalogue import early
from catalogue.wording import use_language


@pytest.mark.parametrize(
    ("today", "is_early"), [("2021-10-01", True), ("2021-12-31", True), ("2022-01-01", False), ("2021-06-30", True)]
)
def test_a_quarter_is_over_from_the_day_after_its_last(monkeypatch, today, is_early):
    monkeypatch.setenv("DASHBOARD_TODAY", today)
    assert early.is_early("2021Q4") is is_early


def test_what_a_version_told_before_the_quarter_was_over_stays_early(monkeypatch):
    monkeypatch.setenv("DASHBOARD_TODAY", "2022-02-01")
    assert early.is_early("2021Q4", "2021-12-20 16:00") and not early.is_early("2021Q3", "2021-12-20 16:00")
    assert not early.is_early("2021Q4", "2022-01-01 08:00")


@pytest.mark.parametrize(
    ("lang", "pieces"),
    [
        ("zh", ("2021年第四季度", "2021年12月31日", "提前报送", "不是季末结果")),
        ("en", ("Q4 2021", "31 Dec 2021", "before")),
    ],
)
def test_it_says_which_quarter_until_when_and_that_it_is_no_result(monkeypatch, lang, pieces):
    monkeypatch.setenv("DASHBOARD_TODAY", "2021-11-15")
    use_language(lang)
    assert all(piece in early.note("2021Q4") for piece in pieces)
    assert early.as_of("2021Q4").startswith(pieces[1]) and early.as_of("2021Q4") != pieces[1]
    assert early.note("2021Q3") == "" and early.as_of("2021Q3") in ("2021年9月30日", "30 Sep 2021")


def test_the_quarter_that_runs_is_that_of_the_bureaus_day(monkeypatch):
    monkeypatch.setenv("DASHBOARD_TODAY", "2021-12-31")
    assert early.running() == "2021Q4"
    monkeypatch.setenv("DASHBOARD_TODAY", "2022-01-01")
    assert early.running() == "2022Q1"
