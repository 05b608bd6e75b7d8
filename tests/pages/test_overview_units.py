"""The table of units on the overview, where there are more of them than anybody reads at once."""

from __future__ import annotations

import re

import pytest
from pages_fixtures import demonstration, screen, words, written  # noqa: F401  (fixtures)

from catalogue.load import PLANS, load_plan
from ui.reads import kept
from ui.screens.overview import paging

PLAN = load_plan(PLANS / "2021")


@pytest.fixture
def three(demonstration, monkeypatch):  # noqa: F811
    """As if nobody read more than three rows."""
    kept.forget()
    monkeypatch.setattr(paging, "ROWS", 3)
    yield
    kept.forget()


def told(app) -> dict[str, tuple[bool, int, int]]:
    """Unit -> (has filed, red lights, yellow lights), in the order shown. A tile tells the worst light of a theme."""
    table = re.search(r'<table class="heat">.*?</table>', written(app), re.S)[0]
    found = {}
    for attributes, row in re.findall(r"<tr([^>]*)>(.*?)</tr>", table.partition("<tbody>")[2], re.S):
        unit = re.search(r"unit=(\w+)", row)[1]
        found[unit] = ("gone" not in attributes, row.count('class="tile red'), row.count('class="tile yellow'))
    return found


def test_all_units_stand_there_in_the_plans_order_where_they_are_few(demonstration):  # noqa: F811
    app = screen(period="2021Q3", basis="filed")
    assert list(told(app)) == list(PLAN.units) and "此处为第" not in words(app)


def test_of_many_a_page_stands_there_those_with_red_lights_first_and_it_says_so(three):
    app = screen(period="2021Q3", basis="filed")
    assert "共8个单位，红灯多的在前，其次黄灯多的、未报的；此处为第1至3个。" in words(app)
    assert "后一页" in written(app) and "前一页" not in written(app)
    assert 'href="overview?' in written(app) and "units=2" in written(app)
    pages = [told(screen(period="2021Q3", basis="filed", units=str(n))) for n in (1, 2, 3)]
    assert list(map(len, pages)) == [3, 3, 2]
    everybody = {unit: one for page in pages for unit, one in page.items()}
    assert set(everybody) == set(PLAN.units)
    rank = [(not red, not yellow, filed) if filed else (True, True, False) for filed, red, yellow in everybody.values()]
    assert rank == sorted(rank), everybody
    assert len(set(rank)) > 1, everybody


def test_a_page_that_does_not_exist_is_said_and_the_first_is_shown(three):
    app = screen(period="2021Q3", basis="filed", units="9")
    assert len(told(app)) == 3 and "此处为第1至3个" in words(app)
    assert "9" in " ".join(warning.value for warning in app.warning) or "9" in words(app)
    assert list(told(app)) == list(told(screen(period="2021Q3", basis="filed")))


def test_only_the_units_on_the_page_are_read(three, monkeypatch):
    from ui.reads import units
    from warehouse.reads import units as read_units

    asked, lights = [], read_units.lights
    monkeypatch.setattr(units.read_units, "lights", lambda *given: asked.append(len(given[3])) or lights(*given))
    screen(period="2021Q3", basis="approved")
    assert asked and set(asked) == {3}
