"""Two plans side by side on the screens: every quarter with the words, targets and units of its own year."""

from __future__ import annotations

import pytest
from pages_fixtures import screen, words, written
from two_year_fixtures import two_year_house, two_years  # noqa: F401  (fixtures)

SCREENS = ("overview", "indicator", "county", "tasks", "works", "returns", "compare", "takeaway", "method")


@pytest.mark.parametrize("period", ["2021Q2", "2021Q4", "2022Q1"])
@pytest.mark.parametrize("name", SCREENS)
def test_every_screen_shows_every_year(two_years, name, period):  # noqa: F811
    app = screen(f"pages/{name}.py", period=period, basis="filed")
    assert words(app) or written(app)


@pytest.mark.parametrize(("period", "clause", "other"), [("2021Q4", "46%", "50%"), ("2022Q1", "50%", "46%")])
def test_an_indicator_is_told_by_the_clause_of_the_quarters_own_plan(two_years, period, clause, other):  # noqa: F811
    app = screen("pages/indicator.py", indicator="public-share", period=period, basis="filed")
    told = words(app) + written(app)
    assert f"达到{clause}" in told and f"达到{other}" not in told
    year = period[:4]
    assert f"抚教发〔{year}〕1号" in told
