"""What would be if: arithmetic on units' numbers, and the light by the mart that judges what is reported."""

from __future__ import annotations

import pytest
from warehouse_fixtures import House, whole_quarter

from ui.screens.indicator import what_if
from ui.screens.indicator.what_if import WhatIfPart
from warehouse import read

SHARES = [WhatIfPart("A", 40.0, 100), WhatIfPart("B", 20.0, 300)]


def test_a_ratio_stays_a_ratio_of_sums_with_the_denominators_as_they_are():
    assert what_if.city(SHARES, {}, is_ratio=True) == (10000, 400)
    assert what_if.city(SHARES, {"B": 40.0}, is_ratio=True) == (16000, 400)


def test_a_sum_adds_up_and_one_unit_may_move_alone():
    assert what_if.city([WhatIfPart("A", 100), WhatIfPart("B", 20)], {"B": 50}, is_ratio=False) == (150, 1)


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
def test_a_number_that_nobody_reported_has_the_light_it_would_have_if_they_did(tmp_path, indicator, columns, rows):
    zero = " | ".join("0" for _ in columns.split("|"))
    house = House(tmp_path)
    house.file(whole_quarter("myopic | eyes | paired", "2020Q4", "50 | 100 | 2", "0 | 0 | 0", "0 | 0 | 0"))
    shown = [
        house.file(whole_quarter(columns, "2021Q2", row, zero, zero)) and house.row(indicator, "2021Q2") for row in rows
    ]
    for city in shown:
        asked = indicator, "2021Q2", "filed", (city.value, 1)
        assert house.ask(read.light_if, *asked) == city.light, city.value


def test_nothing_to_judge_by_gives_no_light(tmp_path):
    house = House(tmp_path)
    house.file(whole_quarter("recruits", "2021Q2", "1", "1", "1"))
    assert house.ask(read.light_if, "recruits", "2021Q2", "filed", (3, 1)) == "grey"


@pytest.mark.parametrize(
    ("value", "goal", "whole", "expected"),
    [(3, 45, True, (20, 1)), (1420, 3000, True, (3000, 10)), (12.5, 0, False, (30, 0.1))],
)
def test_a_slider_reaches_twice_what_is_there_in_round_steps(value, goal, whole, expected):
    assert what_if.reach(value, goal, whole) == expected
