"""What is on show is chosen by theme and light, and the one before and after it is one click away."""

from __future__ import annotations

import re
from html import unescape

from pages_fixtures import demonstration, screen, written  # noqa: F401  (fixtures)

from catalogue.load import PLANS, load_plan
from ui.app import pickers
from ui.kit import beside

PLAN = load_plan(PLANS / "2021")


def test_indicators_stand_theme_by_theme_promises_first():
    order = pickers.in_order(PLAN)
    assert sorted(order) == sorted(PLAN.indicators)
    themes = [PLAN.indicators[code].theme for code in order]
    assert list(dict.fromkeys(themes)) == list(PLAN.themes) and len(set(themes)) == len(list(dict.fromkeys(themes)))
    promised = {c.indicator for c in PLAN.commitments.values()}
    preschool = [code in promised for code in order if PLAN.indicators[code].theme == "preschool"]
    assert preschool == sorted(preschool, reverse=True) and set(preschool) == {True, False}


def test_at_either_end_there_is_no_neighbour(monkeypatch):
    monkeypatch.setattr("ui.app.filters.kept", dict)
    told = [beside.links("county", "unit", ["a", "b", "c"], at, str.upper) for at in "abc"]
    assert [re.findall(r"unit=(\w)", one) for one in told] == [["b"], ["a", "c"], ["b"]]


def test_the_picker_says_light_number_name_and_theme(demonstration):  # noqa: F811
    app = screen("pages/indicator.py", period="2021Q2", indicator="public-share")
    [box] = [box for box in app.selectbox if box.key == "indicator widget"]
    assert "▲ K02  公办幼儿园在园幼儿占比  ·  学前教育" in box.options
    nav = unescape(re.search(r'<nav class="beside".*?</nav>', written(app), re.S)[0])
    assert "‹ 普惠性幼儿园覆盖率" in nav and nav.count("<a ") == 2


def test_the_units_beside_are_those_the_account_may_look_at(demonstration):  # noqa: F811
    assert (
        "unit=210402"
        in re.search(r'<nav class="beside".*?</nav>', written(screen("pages/county.py", unit="210403")), re.S)[0]
    )
    assert 'class="beside"' not in written(screen("pages/county.py", account="demo-210421"))
