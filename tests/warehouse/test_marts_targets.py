"""Directions, baselines, sub-targets: who is held against what. Every unit has filed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from warehouse_fixtures import House, small_plan, whole_quarter

from warehouse import read


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


def test_a_direction_is_never_red(house):
    house.file("""
        unit | period | myopic | eyes
        A    | 2020Q4 |     50 |  100
        B    | 2020Q4 |     50 |  100
        C    | 2020Q4 |     50 |  100
        A    | 2021Q1 |     49 |  100
        B    | 2021Q1 |     50 |  100
        C    | 2021Q1 |     50 |  100
        A    | 2021Q2 |     50 |  100
        B    | 2021Q2 |     99 |  100
        C    | 2021Q2 |      1 |  100
        A    | 2021Q3 |     99 |  100
        B    | 2021Q3 |     99 |  100
        C    | 2021Q3 |     99 |  100
    """)
    said = {f"2021Q{quarter}": house.said("myopia", f"2021Q{quarter}") for quarter in (1, 2, 3)}
    assert said == {
        "2021Q1": ("green", "improved"),
        "2021Q2": ("yellow", "not_improved"),  # equal to the baseline
        "2021Q3": ("yellow", "not_improved"),
    }
    assert house.said("myopia", "2021Q2", "C") == ("green", "improved")  # a county against its own baseline
    target = house.row("myopia", "2021Q1").target
    assert target != target


def test_a_direction_without_a_whole_baseline_is_not_judged(house):
    house.file("""
        unit | period | myopic | eyes
        A    | 2020Q4 |     50 |  100
        A    | 2021Q1 |      9 |  100
        B    | 2021Q1 |      9 |  100
        C    | 2021Q1 |      9 |  100
    """)
    assert house.said("myopia", "2021Q1") == ("grey", "no_baseline")
    assert house.said("myopia", "2021Q1", "A") == ("green", "improved")
    assert house.said("myopia", "2021Q1", "B") == ("grey", "no_baseline")


def test_a_baseline_in_the_plan_folder_goes_before_the_returns(tmp_path):
    house = House(tmp_path, small_plan(baselines={"myopia": "40"}))
    house.file("""
        unit | period | myopic | eyes
        A    | 2020Q4 |     50 |  100
        B    | 2020Q4 |     50 |  100
        C    | 2020Q4 |     50 |  100
        A    | 2021Q1 |     45 |  100
        B    | 2021Q1 |     45 |  100
        C    | 2021Q1 |     45 |  100
    """)
    city = house.row("myopia", "2021Q1")
    assert (city.baseline, city.verdict) == (40, "not_improved")
    assert house.row("myopia", "2021Q1", "A").baseline == 50


def test_no_county_is_judged_by_the_target_of_the_city(house):
    house.file("""
        unit | period | kids.public | kids | pupils
        A    | 2021Q1 |          99 |  100 |   5000
    """)
    for indicator in ("share", "pupils"):
        row = house.row(indicator, "2021Q1", "A")
        assert (row.light, row.verdict) == ("grey", "no_subtarget")
        assert row.target != row.target and row.pace != row.pace


def test_a_county_with_a_line_in_the_subtargets_is_judged_by_it(tmp_path):
    house = House(tmp_path, small_plan(subtargets={("F1", "A"): "400", ("S1", "B"): "30"}))
    house.file("""
        unit | period | kids.public | kids | pupils
        A    | 2021Q2 |          20 |  100 |    100
        B    | 2021Q2 |          30 |  100 |    100
    """)
    row = house.row("pupils", "2021Q2", "A")
    assert (row.target, row.pace, row.light, row.verdict) == (400, 200, "yellow", "behind")
    assert house.said("pupils", "2021Q2", "B") == ("grey", "no_subtarget")
    assert house.said("share", "2021Q2", "B") == ("green", "met")


def test_a_bureau_promise_is_that_of_the_one_department_that_reports_it(house):
    house.file("""
        unit   | period | works | accidents
        office | 2021Q2 |   200 |         1
    """)
    for indicator in ("works", "accidents"):
        city, own = house.row(indicator, "2021Q2"), house.row(indicator, "2021Q2", "office")
        assert (city.light, city.verdict, city.target, city.pace) == (own.light, own.verdict, own.target, own.pace)
    assert house.said("works", "2021Q2") == ("green", "on_pace")


def test_the_thresholds_come_from_the_plan(tmp_path):
    house = House(tmp_path, small_plan(lights={"threshold_yellow_within": "10", "pace_yellow_within": "10"}))
    house.file("""
        unit | period | kids.public | kids | pupils
        A    | 2021Q2 |          36 |  100 |    399
        B    | 2021Q2 |           0 |    0 |      0
        C    | 2021Q2 |           0 |    0 |      0
    """)
    assert house.said("share", "2021Q2") == ("yellow", "behind")
    assert house.said("pupils", "2021Q2") == ("red", "far_behind")


def test_a_target_of_nothing_that_is_judged_by_its_distance_lacks_what_is_there(tmp_path):
    """eq 0 by threshold: what is too many is lacking, not to spare."""
    plan = small_plan()
    none_left = replace(plan.commitments["F2"], operator="eq", value=Decimal(0), light="threshold")
    lower = replace(plan.indicators["paired"], better="lower")
    plan = replace(
        plan,
        commitments={**plan.commitments, "F2": none_left},
        indicators={**plan.indicators, "paired": lower},
    )
    house = House(tmp_path, plan)
    house.file(whole_quarter("paired", "2021Q1", "2", "0", "1"))
    city = house.ask(read.gaps, "paired", "2021Q1").iloc[0]
    assert city["gap_whole"] == 3 and house.said("paired", "2021Q1") == ("red", "far_behind")
