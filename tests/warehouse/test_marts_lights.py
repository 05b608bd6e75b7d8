"""Light and verdict by each rule, and where its boundary lies. Every unit has filed."""

from __future__ import annotations

import pytest
from warehouse_fixtures import House

from warehouse import read


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


@pytest.mark.parametrize(
    ("public", "of", "said"),
    [
        ("46", "100", ("green", "met")),
        ("46.1", "100", ("green", "met")),
        ("45.9999", "100", ("yellow", "behind")),
        ("41", "100", ("yellow", "behind")),
        ("40.9999", "100", ("red", "far_behind")),
        ("45.996", "99.9999", ("yellow", "behind")),  # 45.996046 %: 46.00 when rounded
    ],
)
def test_a_ratio_is_green_at_its_target_and_yellow_to_five_points_below(house, public, of, said):
    house.file(f"""
        unit | period | kids.public | kids
        A    | 2021Q2 |    {public} | {of}
        B    | 2021Q2 |           0 |    0
        C    | 2021Q2 |           / |    /
    """)
    assert house.said("share", "2021Q2") == said


def test_a_pace_starts_at_nothing_and_is_a_quarter_of_the_target_each_quarter(house):
    lines = "\n".join(
        f"{unit} | 2021Q{q} | {value}" for q, value in enumerate((83, 167, 250, 334), 1) for unit in "ABC"
    )
    house.file(f"unit | period | pupils\n{lines}")
    rows = house.ask(read.trend, "pupils")
    city = rows[rows["subject"].isna()]
    assert dict(zip(city["period"], city["pace"], strict=True)) == pytest.approx(
        {"2020Q4": float("nan"), "2021Q1": 250, "2021Q2": 500, "2021Q3": 750, "2021Q4": 1000}, nan_ok=True
    )
    assert dict(zip(city["period"], city["verdict"], strict=True)) == {
        "2020Q4": "not_due",
        "2021Q1": "behind",
        "2021Q2": "on_pace",
        "2021Q3": "on_pace",
        "2021Q4": "met",
    }


@pytest.mark.parametrize(
    ("quarter", "total", "said"),
    [
        (2, "500", ("green", "on_pace")),
        (2, "499.9999", ("yellow", "behind")),
        (2, "200", ("yellow", "behind")),  # 30 points below pace
        (2, "199.9999", ("red", "far_behind")),
        (1, "0", ("yellow", "behind")),  # 25 points below: the rule cannot be red yet
        (3, "1000", ("green", "met")),
        (4, "999.9999", ("yellow", "behind")),
    ],
)
def test_a_flow_is_judged_against_its_pace(house, quarter, total, said):
    house.file(f"""
        unit | period        | pupils
        A    | 2021Q{quarter} | {total}
        B    | 2021Q{quarter} | 0
        C    | 2021Q{quarter} | /
    """)
    assert house.said("pupils", f"2021Q{quarter}") == said


def test_the_pace_of_a_stock_starts_at_its_baseline(house):
    house.file("""
        unit | period | paired
        A    | 2020Q4 |     30
        B    | 2020Q4 |      0
        C    | 2020Q4 |      0
        A    | 2021Q2 |     40
        B    | 2021Q2 |      0
        C    | 2021Q2 |      0
    """)
    city = house.row("paired", "2021Q2")
    assert (city.baseline, city.pace, city.light, city.verdict) == (30, 40, "green", "on_pace")


def test_a_stock_whose_baseline_is_past_the_target_must_stay_there(house):
    house.file("""
        unit | period | paired
        A    | 2020Q4 |     60
        B    | 2020Q4 |      0
        C    | 2020Q4 |      0
        A    | 2021Q1 |     50
        B    | 2021Q1 |      0
        C    | 2021Q1 |      0
        A    | 2021Q2 |     49
        B    | 2021Q2 |      0
        C    | 2021Q2 |      0
        A    | 2021Q3 |     34
        B    | 2021Q3 |      0
        C    | 2021Q3 |      0
    """)
    assert house.row("paired", "2021Q2").pace == 50
    assert house.said("paired", "2021Q1") == ("green", "met")
    assert house.said("paired", "2021Q2") == ("yellow", "behind")
    assert house.said("paired", "2021Q3") == ("red", "far_behind")


def test_the_pace_of_a_ratio_is_a_line_from_its_baseline_and_none_without_one(house):
    house.file("""
        unit | period | kids.public | kids | jobs | grads
        A    | 2020Q4 |          42 |  100 |      |
        A    | 2021Q1 |          44 |  100 |   90 |   100
        A    | 2021Q3 |          44 |  100 |   90 |   100
    """)
    assert house.row("share", "2021Q1").pace == 43
    assert house.row("share", "2021Q3").pace == 45
    pace = house.row("jobs", "2021Q3").pace
    assert pace != pace


@pytest.mark.parametrize(
    ("meetings", "said"),
    [("2", ("green", "on_pace")), ("4", ("green", "met")), ("1", ("red", "far_behind"))],
)
def test_once_a_quarter_means_so_many_so_far(house, meetings, said):
    house.file(f"""
        unit   | period | meetings
        office | 2021Q2 | {meetings}
    """)
    assert house.said("meetings", "2021Q2") == said
    assert house.row("meetings", "2021Q2").pace == 2


def test_what_is_done_once_is_green_when_done_and_red_only_when_its_term_is_over(house):
    house.file("""
        unit   | period | prizes
        office | 2021Q1 |      1
        office | 2021Q3 |      2
        office | 2021Q4 |      1
    """)
    said = [house.said("prizes", f"2021Q{quarter}") for quarter in (1, 3, 4)]
    assert said == [("grey", "not_due"), ("green", "met"), ("red", "far_behind")]


def test_zero_is_green_and_anything_more_is_red_at_once(house):
    house.file("""
        unit | period | dropouts
        A    | 2021Q1 |        0
        B    | 2021Q1 |        0
        C    | 2021Q1 |        0
        A    | 2021Q2 |        0
        B    | 2021Q2 |        1
        C    | 2021Q2 |        0
    """)
    assert house.said("dropouts", "2021Q1") == ("green", "met")
    assert house.said("dropouts", "2021Q2") == ("red", "far_behind")
    assert house.said("dropouts", "2021Q2", "B") == ("red", "far_behind")
    assert house.row("dropouts", "2021Q2").value == 2


def test_before_it_is_due_nothing_is_judged_though_it_was_filed(house):
    house.file("""
        unit | period | jobs | grads
        A    | 2021Q2 |   10 |   100
        A    | 2021Q3 |   10 |   100
        B    | 2021Q3 |   10 |   100
        C    | 2021Q3 |   10 |   100
    """)
    assert house.said("jobs", "2021Q1") == ("grey", "not_due")
    assert house.said("jobs", "2021Q2") == ("grey", "not_due")
    assert house.said("jobs", "2021Q3") == ("red", "far_behind")


def test_the_baseline_quarter_is_history_and_gets_no_light(house):
    house.file("""
        unit | period | kids.public | kids
        A    | 2020Q4 |          99 |  100
        B    | 2020Q4 |          99 |  100
        C    | 2020Q4 |          99 |  100
    """)
    assert house.said("share", "2020Q4") == ("grey", "not_due")


def test_a_count_without_a_promise_is_grey(house):
    house.file("""
        unit | period | recruits
        A    | 2021Q1 |       10
    """)
    row = house.row("recruits", "2021Q1")
    assert (row.light, row.verdict, row.commitment) == ("grey", "no_target", None)


def test_a_count_is_measured_in_percent_of_its_target(house):
    """0 of 1 is not one point below: it is all of it."""
    house.file("""
        unit | period | groups
        A    | 2021Q1 |      0
    """)
    assert house.said("groups", "2021Q1", "A") == ("red", "far_behind")
