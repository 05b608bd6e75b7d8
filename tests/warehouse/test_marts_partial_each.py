"""Promises that each must keep, zeros and directions on part of the returns."""

from __future__ import annotations

import pytest
from warehouse_fixtures import House, whole_quarter


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


@pytest.mark.parametrize("indicator", ["dropouts", "fires"])  # each must keep it; the city as a whole must
def test_a_broken_zero_promise_is_red_and_firm_at_once(house, indicator):
    house.file(f"""
        unit | period | {indicator}
        A    | 2021Q1 |        1
    """)
    city = house.row(indicator, "2021Q1")
    assert (city.light, city.verdict, city.firm) == ("red", "far_behind", True)


@pytest.mark.parametrize(("indicator", "value"), [("dropouts", 2), ("fires", 0)])
def test_a_zero_promise_kept_so_far_is_undecided_whatever_the_past(house, indicator, value):
    house.file(whole_quarter(indicator, "2021Q1", "0", "0", "0"))
    house.file(f"""
        unit | period | {indicator}
        A    | 2021Q2 |        0
        B    | 2021Q2 |        0
    """)
    city = house.row(indicator, "2021Q2")
    assert (city.light, city.verdict, city.firm, city.value) == ("grey", "undecided", False, value)


@pytest.mark.parametrize(
    ("missing_before", "filed_now", "said", "firm"),
    [
        ("3", "1", ("grey", "met_but_partial"), True),  # a fifth below 3 is still one
        ("1", "1", ("grey", "undecided"), False),  # a fifth below 1 is none
        ("1", "0", ("red", "far_behind"), True),  # who filed fails already
        ("", "1", ("grey", "undecided"), False),
    ],
)
def test_each_on_partial_returns(house, missing_before, filed_now, said, firm):
    house.file(whole_quarter("groups", "2021Q1", "1", "1", missing_before))
    house.file(f"""
        unit | period | groups
        A    | 2021Q2 | 1
        B    | 2021Q2 | {filed_now}
    """)
    city = house.row("groups", "2021Q2")
    assert ((city.light, city.verdict), city.firm) == (said, firm)


def test_of_each_a_missing_unit_with_nothing_to_keep_does_not_hold_the_city_up(house):
    house.file(whole_quarter("alarms | sites", "2021Q1", "5 | 5", "5 | 5", "0 | 0"))
    house.file("""
        unit | period | alarms | sites
        A    | 2021Q2 |      5 |     5
        B    | 2021Q2 |      4 |     5
    """)
    assert house.said("alarms", "2021Q2") == ("red", "far_behind")
    house.file("""
        unit | period | alarms | sites
        B    | 2021Q2 |      5 |     5
    """)
    assert house.said("alarms", "2021Q2") == ("grey", "met_but_partial")


def test_of_each_nothing_is_red_that_no_unit_shows(house):
    """C had 1 of 5: red at either end of what is plausible, but only a guess."""
    house.file(whole_quarter("alarms | sites", "2021Q1", "5 | 5", "5 | 5", "1 | 5"))
    house.file("""
        unit | period | alarms | sites
        A    | 2021Q2 |    100 |   100
        B    | 2021Q2 |    100 |   100
    """)
    city = house.row("alarms", "2021Q2")
    assert (city.light, city.verdict, city.firm) == ("grey", "undecided", False)
    assert (city.value, city.low, city.high) == (2, 2, 2)
    house.file("""
        unit | period | alarms | sites
        B    | 2021Q2 |     98 |   100
    """)
    assert house.said("alarms", "2021Q2") == ("yellow", "behind")  # what B shows is certain, and no more is


def test_of_each_the_missing_may_keep_it_or_not(house):
    house.file("""
        unit | period | groups
        A    | 2021Q2 | 1
        B    | 2021Q2 | 1
    """)
    city = house.row("groups", "2021Q2")
    assert (city.value, city.low, city.high, city.target) == (2, 2, 3, 3)


def test_a_direction_on_partial_returns(house):
    house.file(whole_quarter("myopic | eyes", "2020Q4", "50 | 100", "50 | 100", "50 | 100"))
    house.file("""
        unit | period | myopic | eyes
        A    | 2021Q1 |     60 |  100
        B    | 2021Q1 |     60 |  100
    """)
    assert house.said("myopia", "2021Q1") == ("yellow", "not_improved")
    house.file("""
        unit | period | myopic | eyes
        A    | 2021Q1 |     10 |  100
        B    | 2021Q1 |     10 |  100
    """)
    assert house.said("myopia", "2021Q1") == ("grey", "met_but_partial")
