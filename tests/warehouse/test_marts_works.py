"""Works in SQL: shares, lags and unit costs on returns written by hand; what is not known stays blank."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from warehouse_fixtures import House, small_plan
from works_fixtures import file_works, works_plan

from warehouse.reads import works as read_works

CANTEEN = {
    "canteen_funded": "1040",
    "canteen_invested": "760",
    "canteen_area": "4300",
    "canteen_stage": "building",
    "canteen_started": "2021-04-20",
}
CAMPUS = {"campus_funded": "600", "campus_invested": "560", "campus_stage": "building"}


@pytest.fixture
def house(tmp_path):
    return House(tmp_path, works_plan())


def project(house, code, period, basis="filed"):
    rows = house.ask(read_works.projects, basis)
    [row] = rows[(rows["project"] == code) & (rows["period"] == period)].to_dict("records")
    return SimpleNamespace(**row)


def total(house, period, basis="filed"):
    rows = house.ask(read_works.together, basis)
    [row] = rows[rows["period"] == period].to_dict("records")
    return SimpleNamespace(**row)


def blank(*values):
    return all(value != value or value is None for value in values)


# One project


def test_money_and_floor_area_are_held_against_plan_and_pace(house):
    file_works(house, "2021Q3", **CANTEEN, **CAMPUS)
    row = project(house, "canteen", "2021Q3")
    assert (row.funded, row.invested, row.area, row.stage) == (1040, 760, 4300, "building")
    assert (row.planned, row.planned_area, row.pace, row.area_pace) == (1300, 7900, 975, 5925)
    assert row.invested_share == pytest.approx(100 * 760 / 1300)
    assert row.lag == pytest.approx(75 - 100 * 760 / 1300)
    assert row.area_lag == pytest.approx(75 - 100 * 4300 / 7900)
    assert (row.behind, row.unspent, row.funded_share) == (215, 280, 80)
    assert row.started.date() == date(2021, 4, 20) and blank(row.finished)


def test_a_lag_below_zero_runs_ahead(house):
    file_works(house, "2021Q3", **CANTEEN, **CAMPUS)
    row = project(house, "campus", "2021Q3")
    assert (row.invested_share, row.lag, row.behind) == (80, -5, -35)
    assert row.light == "green" and blank(row.area, row.area_share, row.area_lag, row.unit_cost, row.area_light)


def test_the_lights_are_those_of_the_promises(house):
    file_works(house, "2021Q3", **CANTEEN, **CAMPUS)
    row = project(house, "canteen", "2021Q3")
    judged = {code: house.row(code, "2021Q3") for code in ("canteen-money", "canteen-area")}
    assert (
        (row.light, row.verdict)
        == (judged["canteen-money"].light, judged["canteen-money"].verdict)
        == ("yellow", "behind")
    )
    assert (row.area_light, row.area_verdict) == (judged["canteen-area"].light, judged["canteen-area"].verdict)


def test_what_a_square_metre_comes_to(house):
    file_works(house, "2021Q3", **CANTEEN, **CAMPUS)
    row = project(house, "canteen", "2021Q3")
    assert row.planned_unit_cost == pytest.approx(13_000_000 / 7900)
    assert row.unit_cost == pytest.approx(7_600_000 / 4300)
    assert row.unit_cost_gap == pytest.approx(100 * (7_600_000 / 4300 / (13_000_000 / 7900) - 1))


def test_nothing_built_is_a_zero_and_has_no_unit_cost(house):
    file_works(house, "2021Q1", **CANTEEN | {"canteen_invested": "0", "canteen_area": "0"}, **CAMPUS)
    row = project(house, "canteen", "2021Q1")
    assert (row.invested, row.invested_share, row.area_share, row.said) == (0, 0, 0, True)
    assert blank(row.unit_cost, row.unit_cost_gap) and row.planned_unit_cost > 0


# Quarters that do not count


def test_a_quarter_without_a_return_has_its_row_and_no_numbers(house):
    file_works(house, "2021Q1", **CANTEEN, **CAMPUS)
    row = project(house, "canteen", "2021Q2")
    assert (row.state, row.said, row.planned, row.pace_share) == ("missing", False, 1300, 50)
    assert blank(row.invested, row.invested_share, row.lag, row.behind, row.stage)
    assert len(house.ask(read_works.projects)) == 2 * 4


def test_a_return_nobody_approved_counts_only_where_filed_ones_do(house):
    file_works(house, "2021Q3", **CANTEEN, **CAMPUS)
    assert project(house, "canteen", "2021Q3").invested == 760
    row = project(house, "canteen", "2021Q3", "approved")
    assert row.state == "filed" and row.said is False and blank(row.invested) and row.light == "grey"


def test_a_return_sent_back_counts_nowhere_and_says_so(house):
    house.review(file_works(house, "2021Q3", **CANTEEN, **CAMPUS), "returned", "请核对")
    row = project(house, "canteen", "2021Q3")
    assert row.state == "returned" and blank(row.invested, row.stage)


# Promises


def test_a_project_nobody_promised_anything_about_has_no_plan_to_be_held_against(tmp_path):
    house = House(tmp_path, works_plan(("canteen", "fence")))
    file_works(house, "2021Q3", **CANTEEN, fence_invested="20", fence_stage="accepted")
    row = project(house, "fence", "2021Q3")
    assert (row.invested, row.stage) == (20, "accepted")
    assert blank(row.planned, row.invested_share, row.lag, row.light)
    assert (
        blank(total(house, "2021Q3").planned, total(house, "2021Q3").invested_share)
        and total(house, "2021Q3").invested == 780
    )


def test_a_plan_without_works_has_no_rows(tmp_path):
    assert House(tmp_path, small_plan()).publish() and House(tmp_path, small_plan()).ask(read_works.projects).empty


# All together


def test_the_sum_stands_on_every_project(house):
    file_works(house, "2021Q3", **CANTEEN, **CAMPUS)
    row = total(house, "2021Q3")
    assert (row.invested, row.funded, row.planned, row.pace, row.told, row.projects) == (1320, 1640, 2000, 1500, 2, 2)
    assert (row.invested_share, row.pace_share, row.lag, row.behind, row.unspent) == (66, 75, 9, 180, 320)


def test_a_part_is_no_sum(house):
    file_works(house, "2021Q3", **CANTEEN, campus_funded="600", campus_stage="building")
    row = total(house, "2021Q3")
    assert blank(row.invested, row.invested_share, row.lag) and (row.told, row.projects, row.funded) == (1, 2, 1640)


def test_the_grain_holds(house):
    file_works(house, "2021Q1", approve=True, **CANTEEN, **CAMPUS)
    file_works(house, "2021Q1", **CANTEEN | {"canteen_invested": "1"}, **CAMPUS)
    with house.open() as con:
        counted = con.execute(
            "select count(*), count(distinct (basis, period, project)) from project_status"
        ).fetchone()
    assert counted == (16, 16)
    assert project(house, "canteen", "2021Q1", "approved").invested == 760


# The cells


def test_every_entry_leads_to_its_cell_totals_last(house):
    file_works(house, "2021Q3", **CANTEEN, **CAMPUS, total_invested="1320")
    cells = house.ask(read_works.project_cells, "2021Q3")
    assert (
        cells["element"].iloc[0] == "project.canteen.funded" and cells["element"].iloc[-1] == "project.total.invested"
    )
    [invested] = cells[cells["element"] == "project.canteen.invested"].to_dict("records")
    assert (invested["sheet"], invested["cell"], invested["value"], invested["file_name"]) == (
        "表",
        "D8",
        760,
        "office2021Q3.xlsx",
    )
    assert set(cells[cells["element"] == "project.canteen.finished"]["state"]) == {"blank"}
    assert house.ask(read_works.project_cells, "2021Q3", "approved").empty


# Money per head


def per_head(house, period="2021Q1", basis="filed"):
    rows = house.ask(read_works.per_head, "fires", "pupils", basis)
    return {row.subject or "city": row for row in rows[rows["period"] == period].itertuples()}


def test_the_city_is_a_ratio_of_sums_over_units_with_both_numbers(house):
    house.file("""
        unit | period | fires | pupils
        A    | 2021Q1 |    10 |    100
        B    | 2021Q1 |    30 |    100
        C    | 2021Q1 |    90 |
    """)
    found = per_head(house)
    assert (found["A"].per_head, found["B"].per_head) == (1000, 3000)
    assert (found["city"].per_head, found["city"].amount, found["city"].heads) == (2000, 40, 200)
    assert found["C"].state == "part" and blank(found["C"].per_head)
    assert (found["city"].entered, found["city"].expected) == (2, 3)


def test_not_applicable_nobody_and_missing_are_three_things(house):
    house.file("""
        unit | period | fires | pupils
        A    | 2021Q1 |     / |      /
        B    | 2021Q1 |     0 |      0
    """)
    found = per_head(house)
    assert {code: found[code].state for code in "ABC"} == {"A": "na", "B": "nobody", "C": "missing"}
    assert blank(*(found[code].per_head for code in ("A", "B", "C", "city")))
    assert found["city"].entered == 2


def test_filed_and_not_reviewed_is_no_missing(house):
    house.file("unit | period | fires | pupils\nA | 2021Q1 | 10 | 100")
    found = per_head(house, basis="approved")
    assert (found["A"].state, found["B"].state, found["city"].entered) == ("unreviewed", "missing", 0)


def test_the_plans_own_is_its_money_over_its_heads(house):
    house.file("unit | period | works\noffice | 2021Q1 | 10")
    rows = house.ask(read_works.per_head, "works", "pupils")
    assert rows.empty  # the two have no subject in common
    rows = house.ask(read_works.per_head, "pupils", "paired")
    assert set(rows["planned"]) == {10_000 * 1000 / 50}
