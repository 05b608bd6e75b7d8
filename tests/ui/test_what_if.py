"""What would be if: arithmetic on units' numbers, and the light by the marts' own rules."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from warehouse_fixtures import House, whole_quarter

from ui.screens.indicator import what_if
from ui.screens.indicator.what_if import WhatIfPart
from warehouse import read

SHARES = [WhatIfPart("A", 40.0, 100), WhatIfPart("B", 20.0, 300)]


def test_a_ratio_stays_a_ratio_of_sums_with_the_denominators_as_they_are():
    assert what_if.city(SHARES, {}, is_ratio=True) == 25
    assert what_if.city(SHARES, {"B": 40.0}, is_ratio=True) == 40


def test_a_sum_adds_up_and_one_unit_may_move_alone():
    assert what_if.city([WhatIfPart("A", 100), WhatIfPart("B", 20)], {"B": 50}, is_ratio=False) == 150


def test_a_ratio_of_nothing_has_no_value():
    with pytest.raises(ZeroDivisionError):
        what_if.city([], {}, is_ratio=True)


@pytest.mark.parametrize(
    ("indicator", "columns", "rows"),
    [
        ("share", "kids.public | kids", ["46 | 100", "45.9 | 100", "41 | 100", "40.9 | 100", "60 | 100"]),
        ("pupils", "pupils", ["500", "499", "200", "199", "1000"]),
        ("paired", "paired", ["50", "30", "24", "9"]),
        ("myopia", "myopic | eyes", ["49 | 100", "50 | 100", "51 | 100"]),
        ("fires", "fires", ["0", "1"]),
    ],
)
def test_the_light_is_the_one_the_marts_give_to_the_same_number(tmp_path, indicator, columns, rows):
    zero = " | ".join("0" for _ in columns.split("|"))
    house = House(tmp_path)
    house.file(whole_quarter("myopic | eyes | paired", "2020Q4", "50 | 100 | 2", "0 | 0 | 0", "0 | 0 | 0"))
    for row in rows:
        house.file(whole_quarter(columns, "2021Q2", row, zero, zero))
        [held] = house.ask(read.yardstick, indicator, "2021Q2").to_dict("records")
        city = house.row(indicator, "2021Q2")
        assert what_if.light(city.value, SimpleNamespace(**held)) == city.light, row


def test_nothing_to_judge_by_gives_no_light(tmp_path):
    house = House(tmp_path)
    house.file(whole_quarter("recruits", "2021Q2", "1", "1", "1"))
    [held] = house.ask(read.yardstick, "recruits", "2021Q2").to_dict("records")
    assert what_if.light(3, SimpleNamespace(**held)) == "grey"


@pytest.mark.parametrize(
    ("value", "goal", "whole", "expected"),
    [(3, 45, True, (20, 1)), (1420, 3000, True, (3000, 10)), (12.5, 0, False, (30, 0.1))],
)
def test_a_slider_reaches_twice_what_is_there_in_round_steps(value, goal, whole, expected):
    assert what_if.reach(value, goal, whole) == expected
