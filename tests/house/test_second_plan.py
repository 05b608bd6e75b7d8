"""Another city, another year, other forms: template, return, values and screens without a line of code for it."""

from __future__ import annotations

import pytest
from pages_fixtures import on_stage, screen, words
from plan_fixtures import FOLDER_SMALL, small_plan

from access import db
from catalogue.period import Period
from etl import answers_out, batch
from etl.template import template_name, write_template

PERIOD = Period(2022, 1)
# unit: children, inclusive, sites, model ones, new ones, teachers trained
FILED = {
    "990102": (1000, 900, 20, 1, 1, 1500),
    "990121": (400, 300, 10, 0, 1, 800),
    "990100": (200, 200, 2, None, 0, 700),
}


def answers(unit):
    children, inclusive, sites, model, new, trained = FILED[unit]
    told = {
        "children": children,
        "children.inclusive": inclusive,
        "children.other": children - inclusive,
        "sites": sites,
        "sites.model": model,
        "sites.new": new,
        "teachers.trained": trained,
        "incidents": 0,
    }
    return {(element, unit): value for element, value in told.items() if value is not None}


@pytest.fixture
def loaded(tmp_path, monkeypatch):
    """The small plan in force, its three units' returns of 2022Q1 loaded."""
    plan = small_plan()
    monkeypatch.setenv("DASHBOARD_PLAN", str(FOLDER_SMALL))
    on_stage(tmp_path / "var", monkeypatch)
    monkeypatch.setenv("DASHBOARD_TODAY", "2022-04-20")
    [form] = [f.code for f in plan.forms.values() if f.reporter == "unit"]
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for unit in plan.units:
        content = write_template(plan, form, unit, PERIOD, {}, current=answers(unit))
        (inbox / template_name(plan, form, unit, PERIOD)).write_bytes(content)
    outcomes = batch.load([inbox], sender="演示")
    assert [outcome.state for outcome in outcomes] == ["accepted"] * 3
    yield plan
    db.dispose()


def test_its_values_follow_its_own_formulas(loaded):
    rows = {
        row["commitment"]: row
        for row in answers_out.values(loaded, PERIOD, None, "filed")
        if row["reporting_unit"] is None
    }
    assert rows["A1"]["value"] == 87.5  # 1400 of 1600
    assert (rows["A1"]["light"], rows["A1"]["filed"], rows["A1"]["expected"]) == ("green", 3, 3)
    assert (rows["A2"]["value"], rows["A2"]["pace"], rows["A2"]["light"]) == (2, 1.5, "green")
    assert (rows["A3"]["value"], rows["A3"]["target"], rows["A3"]["measure"]) == (1, 2, "county")
    assert (rows["A5"]["value"], rows["A5"]["light"]) == (3, "green")


def test_its_screens_speak_its_city(loaded):
    said = words(screen())
    assert "演示市教育工作要点监测平台" in said
    assert "抚顺" not in said
    assert "普惠性幼儿园在园幼儿占比达到85%以上" in words(screen("pages/indicator.py", indicator="inclusive-share"))
