"""Two quarters of different years held against one another, each under its own plan."""

from __future__ import annotations

from dataclasses import replace

import pytest
from two_years import KIDS, Q1_2022, Years, next_plan
from warehouse_fixtures import whole_quarter

from warehouse import compare_periods, store
from warehouse.across import across, defined_otherwise


@pytest.fixture
def years(tmp_path):
    return Years(tmp_path)


def test_a_promise_with_another_number_next_year_is_compared_by_its_indicator(tmp_path):
    second = next_plan()
    promises = {code: promise for code, promise in second.commitments.items() if code != "S1"}
    promises["S9"] = replace(second.commitments["S1"], id="S9")
    years = Years(tmp_path, second=replace(second, commitments=promises))
    years.file(whole_quarter(KIDS, "2021Q1", "100 | 40", "100 | 40", "100 | 40"))
    years.file(Q1_2022)
    [move] = _moves(years, "2021Q1", "2022Q1", "share").drop_duplicates("indicator").itertuples()
    assert (move.commitment, round(move.change, 6), move.same_units) == ("S9", 15.0, 3)


def test_what_counts_from_january_is_held_against_the_same_quarter_last_year_and_no_other(years):
    for period, each in (("2021Q1", 10), ("2021Q4", 90), ("2022Q1", 14)):
        years.file(whole_quarter("pupils", period, *([str(each)] * 3)))
    [same] = _moves(years, "2021Q1", "2022Q1", "pupils").drop_duplicates("indicator").itertuples()
    [other] = _moves(years, "2021Q4", "2022Q1", "pupils").drop_duplicates("indicator").itertuples()
    assert (same.change, same.restarted) == (12, False) and other.restarted and other.change != other.change


def test_an_indicator_that_is_computed_of_other_things_is_not_held_against_what_it_was(tmp_path):
    second = next_plan()
    other = replace(second.indicators["share"], numerator=("kids", "kids.public"))
    years = Years(tmp_path, second=replace(second, indicators={**second.indicators, "share": other}))
    years.file(whole_quarter(KIDS, "2021Q1", "100 | 40", "100 | 40", "100 | 40"))
    years.file(Q1_2022)
    assert _moves(years, "2021Q1", "2022Q1", "share").empty
    version = store.latest(years.folder)
    with store.open_version(version, "2021Q1") as before, store.open_version(version, "2022Q1") as now:
        then, after = (compare_periods.moment(con, "filed", at) for con, at in ((before, "2021Q1"), (now, "2022Q1")))
    assert compare_periods.redefined(then.defined, after.defined) == {"share"}
    rows = across(version, "share", "filed")
    assert set(rows[rows["value"].notna()]["period"]) == {"2022Q1"} and defined_otherwise(version, "share") == ["2021"]
    rows = across(version, "share", "filed", "2021Q1")
    assert set(rows[rows["value"].notna()]["period"]) == {"2021Q1"} and defined_otherwise(version, "groups") == []


def _moves(house, then, now, indicator):
    version = store.latest(house.folder)
    with store.open_version(version, then) as before, store.open_version(version, now) as con:
        moments = compare_periods.moment(before, "filed", then), compare_periods.moment(con, "filed", now)
        rows = compare_periods.moves(con, *moments)
    return rows[rows["indicator"] == indicator]
