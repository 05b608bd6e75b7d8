"""Small multiples: a panel for each comparable indicator of one unit."""

from __future__ import annotations

import pytest
from charts_fixtures import NAN, judged, unit_row, whole_year
from charts_looking import PLAN, city, trace, words

from charts.small_multiples import small_multiples, small_multiples_alt
from sentences import reading

UNIT = PLAN.units["210402"]
COMPARABLE = [one for one in PLAN.indicators.values() if UNIT.code in one.units and reading.is_comparable(one)]


def share(period, value=NAN, **more):
    return unit_row("public-share", UNIT.code, period, value, **more)


def year():
    return judged(
        city("2020Q4", 41.9),
        city("2021Q1", 42.6),
        city("2021Q2", 43.0),
        city("2021Q3", 43.8),
        share("2020Q4", 45.0),
        share("2021Q1", 46.0, change=1.0),
        share("2021Q2"),
        share("2021Q3", 48.0, change=2.0, rank=5, ranked_of=7),
    )


def test_a_ratio_and_what_each_must_do_are_comparable_and_sums_are_not():
    by_code = PLAN.indicators
    assert reading.is_comparable(by_code["public-share"]) and reading.is_comparable(by_code["education-groups"])
    assert not reading.is_comparable(by_code["aided-pupils"]) and not reading.is_comparable(
        by_code["uncertified-trained"]
    )


@pytest.mark.parametrize("wide", [True, False])
def test_every_comparable_indicator_with_a_value_has_its_panel_and_way_down(wide):
    chart = small_multiples(whole_year(PLAN), PLAN, UNIT, period="2021Q3", wide=wide)
    assert list(trace(chart, "catcher").customdata) == [one.code for one in COMPARABLE if one.due_from <= 3]


def test_a_panel_says_name_value_and_rank():
    said = words(small_multiples(year(), PLAN, UNIT, period="2021Q3", wide=True))
    assert "公办幼儿园在园幼儿占比" in said and "48%　位次5/7" in said


def test_a_quarter_without_a_value_is_a_gap_and_never_zero():
    line = trace(small_multiples(year(), PLAN, UNIT, period="2021Q3"), "value")
    assert [y is None for y in line.y] == [False, False, True, False, True]
    assert "2021年第二季度 未报" in trace(small_multiples(year(), PLAN, UNIT, period="2021Q3"), "catcher").hovertext[0]


def test_higher_values_stand_higher_and_the_target_on_their_scale():
    chart = small_multiples(year(), PLAN, UNIT, period="2021Q3")
    own, all_of_them, goal = trace(chart, "value").y, trace(chart, "city").y, trace(chart, "target").y
    assert own[3] < goal[0] < all_of_them[3] < all_of_them[0]  # the axis runs downwards
    assert goal[0] == pytest.approx(own[1])


def test_where_each_must_keep_it_the_citys_count_is_no_yardstick():
    rows = judged(
        {
            "indicator": "alarm-coverage",
            "commitment": "K16",
            "period": "2021Q3",
            "value": 3.0,
            "target": 8.0,
            "measure": "unit",
        },
        unit_row("alarm-coverage", UNIT.code, "2021Q3", 97.5, target=100.0),
    )
    chart = small_multiples(rows, PLAN, UNIT, period="2021Q3")
    assert [y for y in trace(chart, "city").y if y is not None] == []
    assert len([y for y in trace(chart, "target").y if y is not None]) == 2


def test_the_title_counts_what_went_better_by_each_indicators_own_direction():
    rows = judged(
        share("2021Q3", 48.0, change=2.0),
        unit_row("myopia", UNIT.code, "2021Q3", 50.0, change=1.0),
        unit_row("fitness", UNIT.code, "2021Q3", 40.0, change=0.0),
    )
    assert "新抚区3项可比指标：较上期好转1项、变差1项、持平1项" in words(
        small_multiples(rows, PLAN, UNIT, period="2021Q3", wide=True)
    )


def test_a_unit_that_filed_nothing_gets_words_instead_of_panels():
    assert "新抚区没有可比指标的数据" in words(
        small_multiples(judged(city("2021Q3", 43.8)), PLAN, UNIT, period="2021Q3")
    )


def test_what_is_not_reported_this_quarter_keeps_its_past_and_says_so():
    rows = judged(share("2021Q2", 46.0), share("2021Q3"))
    assert "未报" in words(small_multiples(rows, PLAN, UNIT, period="2021Q3"))


def test_the_description_has_every_value():
    assert small_multiples_alt(year(), PLAN, UNIT, "2021Q3").endswith("。公办幼儿园在园幼儿占比 48%。")
