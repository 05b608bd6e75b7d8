"""How far it is, who moved it, what comes first: like for like, gaps, contributions, attention."""

from __future__ import annotations

import duckdb
import pytest
from warehouse_fixtures import House, small_plan, whole_quarter

from warehouse import read
from warehouse.plan_tables import write_plan
from warehouse.versions.editions import PLAN_SCHEMA


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


@pytest.fixture
def by_subject(house):
    """(reader, column, indicator, quarter) -> {subject, 'city' for the city: number, None where blank}."""

    def asked(reader, column: str, indicator: str, period: str) -> dict[str, float | None]:
        rows = house.ask(reader, indicator, period)
        return {
            row["subject"] or "city": None if row[column] != row[column] else row[column]
            for row in rows.to_dict("records")
        }

    return asked


TWO_QUARTERS = """
    unit | period | kids.public | kids | pupils | groups
    A    | 2021Q1 |          40 |  100 |    100 |      1
    B    | 2021Q1 |          60 |  200 |    100 |      0
    C    | 2021Q1 |          99 |  100 |    900 |      1
    A    | 2021Q2 |          50 |  100 |    130 |      0
    B    | 2021Q2 |          90 |  300 |     90 |      1
"""


def test_a_late_county_neither_lifts_nor_drops_the_city(house):
    house.file(TWO_QUARTERS)
    share, pupils = house.row("share", "2021Q2"), house.row("pupils", "2021Q2")
    assert share.value == 35  # C, at 99 %, is missing
    assert share.change == pytest.approx(35 - 100 * 100 / 300)
    assert (pupils.change, pupils.same_units, pupils.expected) == (20, 2, 3)
    assert house.row("share", "2021Q2", "A").same_units == 1
    assert house.row("share", "2021Q2", "C").same_units == 0


def test_of_each_the_change_is_how_many_more_of_the_same_units_keep_the_promise(house):
    house.file(TWO_QUARTERS)
    city = house.row("groups", "2021Q2")
    assert (city.value, city.change, city.same_units) == (1, 0, 2)  # B began, A ceased, C is missing


def test_not_applicable_is_an_answer_and_changes_nothing(house):
    house.file(whole_quarter("paired", "2021Q1", "10", "5", "/"))
    house.file(whole_quarter("paired", "2021Q2", "12", "/", "/"))
    city = house.row("paired", "2021Q2")
    assert (city.change, city.same_units) == (-3, 3)
    assert city.value - house.row("paired", "2021Q1").value == city.change


def test_without_a_unit_in_both_quarters_there_is_no_change(house):
    house.file("unit | period | paired\nA | 2021Q1 | 10\nB | 2021Q2 | 20")
    city = house.row("paired", "2021Q2")
    assert city.change != city.change and city.same_units == 0


def test_the_parts_of_a_ratio_add_up_to_the_change_of_the_city(house, by_subject):
    house.file(TWO_QUARTERS)
    parts = by_subject(read.contributions, "contribution", "share", "2021Q2")
    assert parts["C"] is None
    # R0 = 1/3, D1 = 400: A brings 10 children, B brings 30 of 100 more where a third was to be expected.
    assert parts["A"] == pytest.approx(100 * 10 / 400)
    assert parts["B"] == pytest.approx(100 * (30 - 100 / 3) / 400)
    assert parts["A"] + parts["B"] == pytest.approx(house.row("share", "2021Q2").change, abs=1e-12)


def test_the_parts_of_sums_and_counts_add_up_too(house, by_subject):
    house.file(TWO_QUARTERS)
    assert by_subject(read.contributions, "contribution", "pupils", "2021Q2") == {"A": 30, "B": -10, "C": None}
    assert by_subject(read.contributions, "contribution", "groups", "2021Q2") == {"A": -1, "B": 1, "C": None}


def test_nothing_contributes_in_the_first_quarter_of_what_grows_within_the_year(house, by_subject):
    house.file("unit | period | pupils\nA | 2020Q4 | 900\nA | 2021Q1 | 100")
    assert set(by_subject(read.contributions, "contribution", "pupils", "2021Q1").values()) == {None}


def test_a_city_ratio_lacks_children_and_its_units_share_the_lack(house, by_subject):
    house.file("""
        unit | period | kids.public | kids
        A    | 2021Q1 |          20 |  101
        B    | 2021Q1 |          70 |  100
    """)
    gaps = by_subject(read.gaps, "gap", "share", "2021Q1")  # 46 % of 201 are 92.46
    assert gaps == {"city": 2.46, "A": 26.46, "B": -24, "C": None}
    assert gaps["A"] + gaps["B"] == pytest.approx(gaps["city"], abs=1e-9)
    assert by_subject(read.gaps, "gap_whole", "share", "2021Q1") == {"city": 3, "A": 27, "B": -24, "C": None}
    [measure] = house.ask(read.gaps, "share", "2021Q1")["gap_measure"].unique()
    assert measure == "person"


def test_a_city_sum_has_parts_only_where_the_plan_sets_them(tmp_path):
    house = House(tmp_path, small_plan(subtargets={("F1", "A"): "400"}))
    house.file("unit | period | pupils\nA | 2021Q1 | 100\nB | 2021Q1 | 300")
    rows = house.ask(read.gaps, "pupils", "2021Q1")
    assert list(zip(rows["subject"], rows["target"], rows["gap"], strict=True)) == [(None, 1000, 600), ("A", 400, 300)]


def test_where_each_must_keep_a_promise_a_surplus_helps_nobody_else(house, by_subject):
    house.file("""
        unit | period | groups | alarms | sites | dropouts
        A    | 2021Q1 |      5 |      8 |    10 |        2
        B    | 2021Q1 |      0 |     10 |    10 |        0
    """)
    assert by_subject(read.gaps, "gap", "groups", "2021Q1") == {"city": 1, "A": -4, "B": 1, "C": None}
    assert by_subject(read.gaps, "gap", "alarms", "2021Q1") == {"city": 2, "A": 2, "B": 0, "C": None}
    assert by_subject(read.gaps, "gap", "dropouts", "2021Q1") == {"city": 2, "A": 2, "B": 0, "C": None}


def test_no_gap_without_a_number_or_without_a_target(house, by_subject):
    house.file("unit | period | myopic | eyes | recruits\nA | 2021Q1 | 50 | 100 | 3")
    assert by_subject(read.gaps, "gap", "share", "2021Q1") == {"city": None, "A": None, "B": None, "C": None}
    assert by_subject(read.gaps, "gap", "alarms", "2021Q1")["city"] is None
    assert house.ask(read.gaps, "myopia", "2021Q1").empty and house.ask(read.gaps, "recruits", "2021Q1").empty


def weights(house, period: str) -> dict[str, tuple[float, float, int, float]]:
    rows = house.ask(read.attention, period)
    return {r.commitment: (r.shortfall, r.strength_factor, r.quarters_left, r.weight) for r in rows.itertuples()}


def test_attention_weighs_gap_strength_and_time_left(house):
    house.file(
        whole_quarter(
            "pupils | paired | kids.public | kids",
            "2021Q2",
            "125 | 8 | 45 | 100",
            "125 | 8 | 45 | 100",
            "130 | 8 | 45 | 100",
        )
    )
    house.file("unit | period | accidents\noffice | 2021Q2 | 1")
    found = weights(house, "2021Q2")
    assert found["F1"] == pytest.approx((1 - 380 / 500, 1, 2, 0.24 / 3))  # against 序时, not the year's target
    assert found["F2"] == pytest.approx((1 - 24 / 25, 0.6, 2, 0.04 * 0.6 / 3))
    assert found["S1"] == pytest.approx((1 / 46, 1, 2, 1 / 46 / 3))
    assert found["Z2"] == pytest.approx((1, 1, 2, 1 / 3))
    assert list(found) == ["Z2", "F1", "F2", "S1"]


def test_a_promise_of_each_weighs_by_the_share_that_fails_and_more_when_it_is_due(house):
    house.file(whole_quarter("alarms | sites", "2021Q3", "10 | 10", "1 | 10", "10 | 10"))
    house.file(whole_quarter("alarms | sites", "2021Q4", "10 | 10", "1 | 10", "10 | 10"))
    assert weights(house, "2021Q3")["E2"] == pytest.approx((1 / 3, 1, 1, 1 / 6))
    assert weights(house, "2021Q4")["E2"] == pytest.approx((1 / 3, 1, 0, 1 / 3))


def test_a_direction_is_measured_from_its_baseline(house):
    house.file(whole_quarter("myopic | eyes", "2020Q4", "50 | 100", "50 | 100", "50 | 100"))
    house.file(whole_quarter("myopic | eyes", "2021Q1", "60 | 100", "60 | 100", "60 | 100"))
    assert weights(house, "2021Q1")["D1"] == pytest.approx((0.2, 1, 3, 0.05))


def test_the_weight_of_soft_promises_comes_from_the_plan(tmp_path):
    house = House(tmp_path, small_plan(lights={"attention_soft": "0.25"}))
    house.file(whole_quarter("paired", "2021Q2", "8", "8", "8"))
    assert weights(house, "2021Q2")["F2"][1] == 0.25


def test_a_version_from_before_this_weight_gets_its_column():
    schema = PLAN_SCHEMA.read_text("utf-8")
    with duckdb.connect() as con:
        con.execute("\n".join(line for line in schema.splitlines() if "attention_soft" not in line))
        con.execute(schema)
        write_plan(con, small_plan())
        assert con.execute("select attention_soft::varchar from light_rule").fetchall() == [("0.6000",)]
