"""保密 in the marts and in what is said of them: in no sum, not counted as answered, and told by its own word."""

from __future__ import annotations

from datetime import date

import pytest
from warehouse_fixtures import House, small_plan, whole_quarter

from catalogue.wording import use_language
from charts import matrix
from reports.briefing.numbers import Numbers
from reports.snapshot import Snapshot
from reports.workbook.cells import value_of
from sentences import reading, titles
from warehouse import read, store
from warehouse.reads.sources import entries, sources

PERIOD = "2021Q1"


@pytest.fixture
def house(tmp_path):
    made = House(tmp_path, small_plan())
    made.file(whole_quarter("kids | kids.public | groups", "2020Q4", "100|50|1", "100|40|1", "100|30|1"))
    made.file(whole_quarter("kids | kids.public | groups", PERIOD, "100|50|1", "100|*|*", "100|30|1"))
    return made


def taken(house) -> Snapshot:
    return Snapshot(house.plan, store.newest(house.folder), "filed", PERIOD, date(2021, 4, 20))


def test_it_enters_no_sum_with_any_of_its_parts_and_counts_as_not_reported(house):
    city = house.row("share", PERIOD)
    assert (city.value, city.numerator, city.denominator) == (40, 80, 200)
    assert (city.filed, city.expected) == (2, 3)
    assert house.said("share", PERIOD) == ("grey", "undecided")


def test_the_unit_is_grey_with_its_own_word(house):
    row = house.row("share", PERIOD, "B")
    assert (row.light, row.verdict, row.filed, row.firm) == ("grey", "suppressed", 0, False)
    assert row.value != row.value and reading.state(row) == "suppressed"
    assert (reading.worded(row), value_of(row)) == ("保密", "保密")
    use_language("en")
    assert reading.worded(row) == "kept back"


def test_a_blank_beside_it_leaves_it_a_part(tmp_path):
    house = House(tmp_path, small_plan())
    house.file(whole_quarter("kids | kids.public", PERIOD, "100|50", "|*", "100|30"))
    assert house.said("share", PERIOD, "B") == ("grey", "not_reported")


def test_a_city_of_nothing_else_is_kept_back_too(tmp_path):
    house = House(tmp_path, small_plan())
    house.file("unit | period | meetings\noffice | 2021Q1 | *")
    assert house.said("meetings", PERIOD) == house.said("meetings", PERIOD, "office") == ("grey", "suppressed")
    told = titles.finding(
        house.ask(read.values), house.plan.indicators["meetings"], house.plan.commitments["Q1"], house.plan, PERIOD
    )
    assert told == "meetings2021年第一季度保密"


def test_titles_count_it_apart_from_what_is_missing(house):
    rows, plan = taken(house).rows, house.plan
    groups, promise = plan.indicators["groups"], plan.commitments["E1"]
    assert titles.finding(rows, groups, promise, plan, PERIOD) == "groups：做到的单位2/3，1家保密"
    assert titles.by_unit(rows, plan.indicators["share"], plan.commitments["S1"], plan, PERIOD).endswith("，1家保密")
    assert Numbers(taken(house)).finding(taken(house).row("groups"), promise).text.endswith("，1家保密")


def test_why_and_the_matrix_say_it(house):
    found = taken(house)
    assert found.why("share", "B").text.splitlines()[1] == "现状：2021年第一季度保密。"
    assert "B县保密" in dict(found.why("share").lines)["missing"]
    chart = matrix.matrix(found.rows, house.plan, period=PERIOD)
    assert "保密" in [text for trace in chart.data if trace.text is not None for text in trace.text]


def test_the_cells_say_it_and_are_in_no_sum(house):
    told = {
        (row.subject, row.element): (row.state, row.entered)
        for row in house.ask(sources, PERIOD).itertuples()
        if row.indicator == "share"
    }
    assert told["B", "kids.public"] == ("suppressed", False) and told["B", "kids"] == ("value", False)
    assert told["A", "kids"] == ("value", True)
    states = house.ask(entries, [PERIOD], subject="B", elements=["kids.public"])["state"]
    assert list(states) == ["suppressed"]


def test_the_cells_of_the_city_are_those_in_its_sums(tmp_path):
    """A figure beside 不适用 is in no sum where nothing is left to divide by; 不适用 beside a figure adds nothing."""
    house = House(tmp_path, small_plan())
    house.file(whole_quarter("kids | kids.public", PERIOD, "100|50", "/|40", "/|/"))
    entered = {
        (row.subject, row.element): row.entered
        for row in house.ask(sources, PERIOD).itertuples()
        if row.indicator == "share"
    }
    assert entered == {
        ("A", "kids"): True,
        ("A", "kids.public"): True,
        ("B", "kids"): True,
        ("B", "kids.public"): False,
        ("C", "kids"): True,
        ("C", "kids.public"): True,
    }
    city = house.ask(read.source_cells, "share", PERIOD)
    assert city["value"].sum() == 150 and house.row("share", PERIOD).value == 50


def test_a_projection_and_the_change_leave_it_out(house):
    house.file(whole_quarter("kids | kids.public", "2021Q2", "100|60", "100|45", "100|30"))
    row = house.row("share", "2021Q2")
    assert (row.value, row.filed, row.same_units) == (45, 3, 2)
    assert row.change == pytest.approx(5)  # A and C: 80 of 200, then 90
