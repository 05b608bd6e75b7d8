"""Where the year would end if it went on as so far: an arithmetic continuation, and when there is none."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from warehouse_fixtures import House, small_plan, whole_quarter

from warehouse import read


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


@pytest.fixture
def projected(house):
    """(indicator, seen from quarter, subject) -> the row; the city for subject None."""

    def row(indicator: str, period: str, subject: str | None = None) -> SimpleNamespace:
        rows = house.ask(read.projection, period)
        mine = rows["subject"].isna() if subject is None else rows["subject"] == subject
        [found] = rows[(rows["indicator"] == indicator) & mine].to_dict("records")
        return SimpleNamespace(**{name: None if value != value else value for name, value in found.items()})

    return row


def pupils(house, *quarters: tuple[str, str, str, str]) -> None:
    for period, *values in quarters:
        house.file(whole_quarter("pupils", period, *values))


def test_what_grows_within_the_year_goes_on_from_its_average_per_quarter(house, projected):
    pupils(house, ("2021Q1", "100", "50", "0"), ("2021Q2", "300", "100", "0"))
    city = projected("pupils", "2021Q2")
    assert (city.projected, city.target, city.reaches, city.lacking) == (800, 1000, False, 200)
    assert (city.points, city.carried, city.reason) == (2, 0, "")
    assert projected("pupils", "2021Q2", "A").projected == 600
    assert projected("pupils", "2021Q2", "A").reaches is None  # the plan sets no county a target


def test_never_before_two_points_and_the_year_before_is_none_of_what_starts_at_zero(house, projected):
    pupils(house, ("2020Q4", "900", "900", "900"), ("2021Q1", "100", "100", "100"))
    city = projected("pupils", "2021Q1")
    assert (city.projected, city.reaches, city.reason, city.points) == (None, None, "too_few_points", 1)


def test_of_stocks_the_baseline_is_a_point(house, projected):
    house.file(whole_quarter("paired", "2020Q4", "2", "3", "4"))
    house.file(whole_quarter("paired", "2021Q1", "4", "3", "5"))
    city = projected("paired", "2021Q1")
    assert (city.projected, city.points) == (10 + 3 + 8, 2)
    assert city.lacking == 50 - 21


def test_numerator_and_denominator_go_on_each_by_itself(house, projected):
    house.file(whole_quarter("kids.public | kids", "2021Q1", "40 | 100", "10 | 100", "10 | 100"))
    house.file(whole_quarter("kids.public | kids", "2021Q2", "45 | 110", "10 | 100", "10 | 80"))
    # A: 55 of 130, B: 10 of 100, C: 10 of 40
    city = projected("share", "2021Q2")
    assert city.projected == pytest.approx(100 * 75 / 270, abs=1e-6)
    assert city.lacking == pytest.approx(46 - 100 * 75 / 270, abs=1e-6)
    assert projected("share", "2021Q2", "C").projected == 25


def test_nothing_falls_below_zero_and_no_percentage_passes_100(house, projected):
    house.file(whole_quarter("kids.public | kids | paired", "2021Q1", "60 | 100 | 20", "0 | 90 | 0", "/ | / | 0"))
    house.file(whole_quarter("kids.public | kids | paired", "2021Q2", "90 | 100 | 5", "0 | 40 | 0", "/ | / | 0"))
    assert projected("share", "2021Q2", "A").projected == 100
    assert projected("share", "2021Q2", "B").reason == "not_projected"  # its denominator would be gone
    assert projected("share", "2021Q2").projected == 100
    assert projected("paired", "2021Q2").projected == 0


def test_one_that_is_missing_now_is_carried_on_from_its_last_answer(house, projected):
    pupils(house, ("2021Q1", "100", "50", "10"), ("2021Q2", "200", "100", "20"))
    house.file("unit | period | pupils\nA | 2021Q3 | 240\nB | 2021Q3 | 150")
    city = projected("pupils", "2021Q3")
    assert (city.projected, city.points, city.carried) == (320 + 200 + 40, 2, 1)
    assert (projected("pupils", "2021Q3", "C").carried, projected("pupils", "2021Q3", "A").carried) == (1, 0)


def test_one_that_never_gave_two_points_leaves_the_city_without(house, projected):
    house.file(
        "unit | period | pupils\nA | 2021Q1 | 10\nA | 2021Q2 | 20\nB | 2021Q1 | 10\nB | 2021Q2 | 20\nC | 2021Q2 | 5"
    )
    assert (projected("pupils", "2021Q2").reason, projected("pupils", "2021Q2").points) == ("too_few_points", 1)
    assert projected("pupils", "2021Q2", "A").projected == 40
    assert projected("pupils", "2021Q2", "C").reason == "too_few_points"


def test_one_that_answers_not_applicable_is_excepted(house, projected):
    pupils(house, ("2021Q1", "100", "50", "/"), ("2021Q2", "200", "100", "/"))
    city = projected("pupils", "2021Q2")
    assert (city.projected, city.points, city.carried) == (600, 2, 0)
    assert projected("pupils", "2021Q2", "C").reason == "not_projected"


def test_nothing_is_projected_when_the_year_is_over(house, projected):
    pupils(house, ("2021Q3", "100", "50", "10"), ("2021Q4", "200", "100", "20"))
    city = projected("pupils", "2021Q4")
    assert (city.projected, city.reason) == (None, "year_over")


@pytest.mark.parametrize("indicator", ["groups", "alarms", "dropouts", "prizes", "accidents", "fires"])
def test_what_is_done_once_must_stay_zero_or_counts_units_is_not_projected(house, projected, indicator):
    house.file(whole_quarter("groups | alarms | sites | dropouts | fires", "2021Q1", *["1 | 1 | 2 | 0 | 0"] * 3))
    house.file(whole_quarter("groups | alarms | sites | dropouts | fires", "2021Q2", *["1 | 2 | 2 | 0 | 0"] * 3))
    house.file("unit | period | prizes | accidents\noffice | 2021Q1 | 0 | 0\noffice | 2021Q2 | 1 | 0")
    city = projected(indicator, "2021Q2")
    assert (city.projected, city.reason) == (None, "not_projected")


def test_a_unit_of_an_each_promise_has_its_own_and_full_coverage_ends_at_full(house, projected):
    house.file(whole_quarter("alarms | sites", "2021Q1", "5 | 10", "9 | 10", "10 | 10"))
    house.file(whole_quarter("alarms | sites", "2021Q2", "6 | 10", "10 | 10", "10 | 10"))
    behind, full = projected("alarms", "2021Q2", "A"), projected("alarms", "2021Q2", "B")
    assert (behind.projected, behind.reaches, behind.lacking) == (80, False, 20)
    assert (full.projected, full.reaches, full.lacking) == (100, True, None)


def test_whole_things_end_whole_and_reach_by_that(house, projected):
    pupils(house, ("2021Q1", "250", "0", "0"), ("2021Q3", "750", "0", "0"))
    assert projected("pupils", "2021Q3").reaches is True
    pupils(house, ("2021Q3", "749", "0", "0"))
    city = projected("pupils", "2021Q3")  # 998.67
    assert (city.projected, city.lacking) == (999, 1)


def test_without_a_target_it_goes_on_and_reaches_nothing(house, projected):
    house.file(whole_quarter("recruits | myopic | eyes", "2020Q4", *["9 | 50 | 100"] * 3))
    house.file(whole_quarter("recruits | myopic | eyes", "2021Q1", *["1 | 48 | 100"] * 3))
    house.file(whole_quarter("recruits | myopic | eyes", "2021Q2", *["2 | 46 | 100"] * 3))
    assert projected("recruits", "2021Q2").projected == 12
    falling = projected("myopia", "2021Q2")
    assert (falling.projected, falling.target, falling.reaches, falling.lacking) == (42, None, None, None)


def test_a_county_with_a_subtarget_is_held_against_it(tmp_path):
    house = House(tmp_path, small_plan(subtargets={("F1", "A"): "400"}))
    house.file("unit | period | pupils\nA | 2021Q1 | 80\nA | 2021Q2 | 190")
    rows = house.ask(read.projection, "2021Q2")
    [row] = rows[(rows["indicator"] == "pupils") & (rows["subject"] == "A")].to_dict("records")
    assert (row["projected"], row["target"], row["reaches"], row["lacking"]) == (380, 400, False, 20)
