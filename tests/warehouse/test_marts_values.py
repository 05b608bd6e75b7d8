"""What units and the city have: sums, ratios, counts, and how many they stand on."""

from __future__ import annotations

import pytest
from warehouse_fixtures import House

from warehouse import read


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


@pytest.fixture
def city_values(house):
    """table -> {period: value of the city} for one indicator."""

    def values(table: str, indicator: str = "share") -> dict[str, float]:
        house.file(table)
        rows = house.ask(read.values, None, None, indicator)
        return {row.period: row.value for row in rows.itertuples() if row.value == row.value}

    return values


def test_the_city_value_is_a_ratio_of_sums_not_a_mean_of_ratios(city_values):
    assert city_values("""
        unit | period | kids.public | kids
        A    | 2021Q4 |          90 |  100
        B    | 2021Q4 |         100 |  400
    """) == {"2021Q4": 38}


def test_a_unit_enters_the_city_whole_or_not_at_all(city_values, house):
    assert city_values("""
        unit | period | kids.public | kids
        A    | 2021Q1 |          50 |  100
        B    | 2021Q1 |          90 |
    """) == {"2021Q1": 50}
    assert house.row("share", "2021Q1").filed == 1
    assert house.said("share", "2021Q1", "B") == ("grey", "not_reported")


def test_a_sum_adds_up_what_was_filed(city_values):
    assert city_values(
        """
        unit | period | pupils
        A    | 2021Q1 |  100.5
        B    | 2021Q1 |   0.25
    """,
        "pupils",
    ) == {"2021Q1": 100.75}


def test_sums_are_exact_where_floats_are_not(house):
    house.file("""
        unit | period | pupils
        A    | 2021Q1 |    0.1
        B    | 2021Q1 |    0.2
        C    | 2021Q1 |    0
    """)
    with house.open() as con:
        [(total,)] = con.execute(
            "select numerator from subject_value where basis = 'filed' and indicator = 'pupils' and period = '2021Q1' and subject = 'city'"
        ).fetchall()
    assert str(total) == "0.3000"


def test_zero_is_a_value_blank_is_none_and_not_applicable_is_an_answer(house):
    house.file("""
        unit | period | pupils
        A    | 2021Q1 |      0
        B    | 2021Q1 |
        C    | 2021Q1 |      /
    """)
    assert house.row("pupils", "2021Q1", "A").value == 0
    assert house.said("pupils", "2021Q1", "B") == ("grey", "not_reported")
    assert house.said("pupils", "2021Q1", "C") == ("grey", "not_applicable")
    city = house.row("pupils", "2021Q1")
    assert (city.value, city.filed, city.expected) == (0, 2, 3)


def test_the_city_has_no_value_when_nobody_filed(house):
    house.publish()
    city = house.row("pupils", "2021Q1")
    assert city.value != city.value
    assert (city.filed, city.approved, city.expected) == (0, 0, 3)
    assert house.said("pupils", "2021Q1") == ("grey", "not_reported")


def test_nothing_to_divide_by_gives_no_value_rather_than_zero(house):
    house.file("""
        unit | period | alarms | sites
        A    | 2021Q1 |      0 |     0
        B    | 2021Q1 |      2 |     2
        C    | 2021Q1 |      / |     /
    """)
    none = house.row("alarms", "2021Q1", "A")
    assert none.value != none.value and none.verdict == "not_applicable"
    city = house.row("alarms", "2021Q1")
    assert (city.value, city.target, city.light) == (1, 1, "green")


@pytest.mark.parametrize(
    ("answer", "state"),
    [("0 | /", "na"), ("/ | 0", "na"), ("/ | 400", "na"), ("/ | /", "na"), ("0 | 0", "whole")],
)
def test_whatever_none_is_called_it_is_an_answer_and_does_not_grey_the_city(house, answer, state):
    house.file(f"""
        unit | period | kids.public | kids
        A    | 2021Q1 |          50 |  100
        B    | 2021Q1 |          40 |  100
        C    | 2021Q1 |    {answer}
    """)
    city = house.row("share", "2021Q1")
    assert (city.value, city.filed, city.expected) == (45, 3, 3)
    assert city.light != "grey"
    with house.open() as con:
        asked = "select state, answered, numerator, denominator from unit_value where basis = 'filed' and indicator = 'share' and period = '2021Q1' and subject = 'C'"
        [(found, answered, numerator, denominator)] = con.execute(asked).fetchall()
    assert (found, answered) == (state, True)
    assert (numerator, denominator) == ((0, 0) if state == "whole" else (None, None))


def test_a_promise_that_each_must_keep_is_counted_never_averaged(house):
    house.file("""
        unit | period | groups
        A    | 2021Q1 |     40
        B    | 2021Q1 |      1
        C    | 2021Q1 |      0
    """)
    city = house.row("groups", "2021Q1")
    assert (city.value, city.target, city.measure) == (2, 3, "county")
    assert (city.numerator, city.light, city.verdict) == (41, "red", "far_behind")


def test_whoever_reads_from_outside_finds_the_citys_numbers_with_how_many_they_stand_on(house):
    house.file("""
        unit | period | groups
        A    | 2021Q1 |     40
        B    | 2021Q1 |      1
    """)
    with house.open() as con:
        asked = "select value, target, numerator, answered, expected from city_value where indicator = 'groups'"
        [told] = con.execute(f"{asked} and period = '2021Q1' and basis = 'filed'").fetchall()
    city = house.row("groups", "2021Q1")
    assert told == (city.value, city.target, city.numerator, 2, 3) == (2, 3, 41, 2, 3)


def test_of_each_the_missing_are_owed_and_the_not_applicable_are_not(house):
    house.file("""
        unit | period | groups
        A    | 2021Q1 |      1
        B    | 2021Q1 |      /
    """)
    city = house.row("groups", "2021Q1")
    assert (city.value, city.target, city.filed, city.expected) == (1, 2, 2, 3)


@pytest.mark.parametrize("answer", ["", "/"])
def test_nobody_counts_as_keeping_a_promise_nobody_gave_a_number_for(house, answer):
    house.file("\n".join(["unit | period | groups", *(f"{unit} | 2021Q1 | {answer}" for unit in "ABC")]))
    value = house.row("groups", "2021Q1").value
    assert value != value


def test_the_measure_of_each_is_units_when_not_all_are_counties(tmp_path):
    plan = House(tmp_path).plan
    mixed = plan.units | {
        "C": type(plan.units["C"])(code="C", name="市直", name_en="C", short="C", kind="direct", tile=(0, 9))
    }
    house = House(tmp_path, type(plan)(**{**vars(plan), "units": mixed}))
    house.publish()
    assert house.row("groups", "2021Q1").measure == "unit"


def test_change_is_to_the_quarter_before(house):
    house.file("""
        unit | period | kids.public | kids | pupils | paired
        A    | 2020Q4 |          40 |  100 |    900 |      3
        A    | 2021Q1 |          44 |  100 |    100 |      3
        A    | 2021Q2 |          43 |  100 |    250 |      5
    """)
    assert house.row("share", "2021Q1", "A").change == 4
    assert house.row("share", "2021Q2", "A").change == -1
    assert house.row("pupils", "2021Q2", "A").change == 150


def test_what_grows_within_the_year_has_no_change_in_its_first_quarter(house):
    house.file("""
        unit | period | pupils
        A    | 2020Q4 |    900
        A    | 2021Q1 |    100
    """)
    change = house.row("pupils", "2021Q1", "A").change
    assert change != change


def test_the_city_changes_over_those_who_answered_in_both_quarters(house):
    house.file("""
        unit | period | paired
        A    | 2021Q1 |     10
        B    | 2021Q1 |     10
        C    | 2021Q1 |     10
        A    | 2021Q2 |     12
        B    | 2021Q2 |     13
    """)
    city = house.row("paired", "2021Q2")
    assert (city.value, city.change, city.same_units, city.expected) == (25, 5, 2, 3)
    house.file("""
        unit | period | paired
        C    | 2021Q2 |     12
    """)
    city = house.row("paired", "2021Q2")
    assert (city.change, city.same_units) == (7, 3)


def test_ranks_are_among_those_with_a_value_and_know_which_way_is_better(house):
    house.file("""
        unit | period | kids.public | kids | myopic | eyes | recruits
        A    | 2021Q1 |          50 |  100 |     40 |  100 |        9
        B    | 2021Q1 |          60 |  100 |     30 |  100 |        1
        C    | 2021Q1 |          50 |  100 |        |  100 |        2
    """)
    ranks = {unit: (house.row("share", "2021Q1", unit).rank, house.row("myopia", "2021Q1", unit).rank) for unit in "AB"}
    assert ranks == {"A": (2, 2), "B": (1, 1)}
    assert house.row("share", "2021Q1", "C").rank == 2
    assert house.row("share", "2021Q1", "A").ranked_of == 3
    assert house.row("myopia", "2021Q1", "A").ranked_of == 2
    neither = house.row("recruits", "2021Q1", "A").rank
    assert neither != neither
