"""Numbers that stand on part of the returns: never green, and firm only where the missing could not change them.

What the missing may plausibly be is in lights.toml: a ratio 5 points either way, a stock 20 % either
way, a flow up to twice its last value.
"""

from __future__ import annotations

from itertools import product

import pytest
from warehouse_fixtures import House, small_plan, whole_quarter

from warehouse import read


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


@pytest.mark.parametrize(
    ("missing_before", "filed_now", "said", "firm"),
    [
        # A and B have 1000 of 2000 between them, C had 50 of 100: from 45 to 55 % of 80 to 120
        ("50 | 100", "500 | 1000", ("grey", "met_but_partial"), True),
        # 46.0 % filed; C at 45 % or 55 % tips it either way
        ("50 | 100", "460 | 1000", ("grey", "undecided"), False),
        # 43 % filed: whatever C has, the city stays between 41 and 46 %
        ("50 | 100", "430 | 1000", ("yellow", "behind"), True),
        # 30 % filed: whatever C has, the city stays below 41 %
        ("50 | 100", "300 | 1000", ("red", "far_behind"), True),
        # C is so large that nothing can be said
        ("500 | 1000", "46 | 100", ("grey", "undecided"), False),
    ],
)
def test_a_ratio_on_partial_returns(house, missing_before, filed_now, said, firm):
    house.file(whole_quarter("kids.public | kids", "2021Q1", "500 | 1000", "500 | 1000", missing_before))
    house.file(f"""
        unit | period | kids.public | kids
        A    | 2021Q2 | {filed_now}
        B    | 2021Q2 | {filed_now}
    """)
    city = house.row("share", "2021Q2")
    assert ((city.light, city.verdict), city.firm) == (said, firm)
    assert (city.filed, city.expected) == (2, 3)


def test_a_missing_unit_below_the_others_weighs_the_more_the_larger_it_may_be(house):
    """A has 940 of 2000 = 47 %. B and C had 43 %: at 38 % of 120 each they pull the city to 46.04 %,
    at 38 % of 80 each only to 46.3 %. Both pass; with 0.1 % less filed only the larger one fails."""
    before = whole_quarter("kids.public | kids", "2021Q1", "940 | 2000", "43 | 100", "43 | 100")
    house.file(before)
    house.file("""
        unit | period | kids.public | kids
        A    | 2021Q2 |         940 | 2000
    """)
    assert house.said("share", "2021Q2") == ("grey", "met_but_partial")
    house.file("""
        unit | period | kids.public | kids
        A    | 2021Q2 |         938 | 2000
    """)
    assert house.said("share", "2021Q2") == ("grey", "undecided")


@pytest.mark.parametrize(
    ("b_before", "b_ratios", "c_before", "c_ratios"),
    [
        ("43 | 100", (0.38, 0.48), "80 | 100", (0.75, 0.85)),
        ("2 | 100", (0, 0.07), "98 | 100", (0.93, 1)),  # no share is below none or above all
    ],
)
def test_the_city_range_is_the_widest_that_the_settings_allow(house, b_before, b_ratios, c_before, c_ratios):
    house.file(whole_quarter("kids.public | kids", "2021Q1", "940 | 2000", b_before, c_before))
    house.file("""
        unit | period | kids.public | kids
        A    | 2021Q2 |         940 | 2000
    """)
    with house.open() as con:
        low, high = con.execute(
            "select low_num / low_den, high_num / high_den from city_range where basis = 'filed' and indicator = 'share' and period = '2021Q2'"
        ).fetchone()
    corners = [
        100 * (940 + b_ratio * b_kids + c_ratio * c_kids) / (2000 + b_kids + c_kids)
        for b_ratio, b_kids, c_ratio, c_kids in product(b_ratios, (80, 120), c_ratios, (80, 120))
    ]
    assert (low, high) == pytest.approx((min(corners), max(corners)))


def test_a_unit_without_a_past_leaves_the_city_undecided(house):
    house.file("""
        unit | period | kids.public | kids
        A    | 2021Q1 |          90 |  100
        B    | 2021Q1 |          90 |  100
        A    | 2021Q2 |          90 |  100
        B    | 2021Q2 |          90 |  100
    """)
    city = house.row("share", "2021Q2")
    assert (city.light, city.verdict, city.firm) == ("grey", "undecided", False)


@pytest.mark.parametrize(
    ("now", "said", "firm"),
    [
        # pace 500; C had 50 in the first quarter, so 50 to 100 now
        ("450", ("grey", "met_but_partial"), True),
        ("449", ("grey", "undecided"), False),
        ("399", ("yellow", "behind"), True),
        ("149", ("grey", "undecided"), False),  # 199 is red, 249 is yellow
        ("99", ("red", "far_behind"), True),
    ],
)
def test_a_flow_on_partial_returns(house, now, said, firm):
    house.file(whole_quarter("pupils", "2021Q1", "0", "0", "50"))
    house.file(f"""
        unit | period | pupils
        A    | 2021Q2 | {now}
        B    | 2021Q2 | 0
    """)
    city = house.row("pupils", "2021Q2")
    assert ((city.light, city.verdict), city.firm) == (said, firm)


def test_a_flow_in_the_first_quarter_starts_again_from_nothing(house):
    """C had 900 by the end of last year: in this first quarter anything from 0 to 900."""
    house.file(whole_quarter("pupils", "2020Q4", "50", "50", "900"))
    house.file("""
        unit | period | pupils
        A    | 2021Q1 |    100
        B    | 2021Q1 |    100
    """)
    assert house.said("pupils", "2021Q1") == ("grey", "undecided")
    house.file("""
        unit | period | pupils
        A    | 2021Q1 |    200
        B    | 2021Q1 |    100
    """)
    assert house.said("pupils", "2021Q1") == ("grey", "met_but_partial")


def test_a_sum_past_its_target_is_met_whoever_is_missing(house):
    """Parts are never below zero: what C files can only add. One short of it is not settled, for C has no past."""
    house.file("""
        unit | period | pupils
        A    | 2021Q2 |    500
        B    | 2021Q2 |    500
    """)
    city = house.row("pupils", "2021Q2")
    assert (city.light, city.verdict, city.firm, city.value, city.target) == ("green", "met", True, 1000, 1000)
    house.file("""
        unit | period | pupils
        B    | 2021Q2 |    499
    """)
    assert house.said("pupils", "2021Q2") == ("grey", "undecided")


def test_partial_returns_say_what_the_city_may_come_to(house):
    """C was 50 of 100: its ratio may move by 5 points, its weight by a fifth."""
    house.file(whole_quarter("kids.public | kids", "2021Q1", "50 | 100", "50 | 100", "50 | 100"))
    assert house.row("share", "2021Q1").whole_verdict is None
    house.file("""
        unit | period | kids.public | kids
        A    | 2021Q2 |          50 |  100
        B    | 2021Q2 |          50 |  100
    """)
    city = house.row("share", "2021Q2")
    assert (city.verdict, city.whole_verdict) == ("met_but_partial", "met")
    assert city.low == pytest.approx(100 * (100 + 45 * 1.2) / 320) and city.high == pytest.approx(
        100 * (100 + 55 * 1.2) / 320
    )
    one = house.row("share", "2021Q2", "A")
    assert one.low != one.low and one.whole_verdict is None


def test_a_flow_that_stood_at_nothing_says_nothing_about_its_growth(house):
    house.file(whole_quarter("pupils", "2021Q1", "300", "300", "0"))
    house.file("""
        unit | period | pupils
        A    | 2021Q2 |    300
        B    | 2021Q2 |    300
    """)
    assert house.said("pupils", "2021Q2") == ("grey", "undecided")


@pytest.mark.parametrize(("now", "verdict"), [("42", "met_but_partial"), ("41", "undecided"), ("37", "behind")])
def test_a_stock_on_partial_returns_lies_a_fifth_either_way(house, now, verdict):
    """Target 50; C had 10: from 8 to 12."""
    house.file(whole_quarter("paired", "2021Q3", "40", "0", "10"))
    house.file(f"""
        unit | period | paired
        A    | 2021Q4 | {now}
        B    | 2021Q4 | 0
    """)
    assert house.row("paired", "2021Q4").verdict == verdict


def test_what_was_not_applicable_stays_so(house):
    house.file(whole_quarter("pupils", "2021Q1", "300", "300", "/"))
    house.file("""
        unit | period | pupils
        A    | 2021Q2 |    300
        B    | 2021Q2 |    300
    """)
    assert house.said("pupils", "2021Q2") == ("grey", "met_but_partial")


def test_nothing_is_green_on_partial_returns_but_a_sum_past_its_target(tmp_path):
    """Though every plausible value is as good as it can be; only what the parts of others can add to is settled already."""
    house = House(
        tmp_path,
        small_plan(lights={"plausible_ratio_points": "0", "plausible_stock_share": "0", "plausible_flow_share": "0"}),
    )
    columns = "kids.public | kids | groups | alarms | sites | dropouts | pupils | paired | jobs | grads | myopic | eyes"
    good = "90 | 100 | 9 | 5 | 5 | 0 | 900 | 90 | 99 | 100 | 10 | 100"
    house.file(whole_quarter(columns, "2020Q4", *[good.replace("| 10 |", "| 20 |")] * 3))
    house.file(whole_quarter(columns, "2021Q3", good, good, good), approve=True)
    house.file("\n".join((f"unit | period | {columns}", f"A | 2021Q4 | {good}", f"B | 2021Q4 | {good}")))
    rows = house.ask(read.values, "2021Q4", None)
    partial = rows[rows["filed"].between(1, rows["expected"] - 1)]
    assert len(partial) == 8
    settled = partial["indicator"].isin(["pupils", "paired"])
    assert set(partial[settled]["verdict"]) == {"met"}
    assert set(partial[~settled]["verdict"]) == {"met_but_partial", "undecided"}
    assert set(partial[~settled]["light"]) == {"grey"}
    whole = house.ask(read.values, "2021Q3", None)
    assert set(whole[whole["filed"] == 3]["light"]) == {"green"}
