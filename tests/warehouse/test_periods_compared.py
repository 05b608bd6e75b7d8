"""What moved between two moments, and what was corrected since, are judged by the marts themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pandas as pd
import pytest
from warehouse_fixtures import House, small_plan, whole_quarter

from warehouse import compare_periods, read, store

COLUMNS = "kids.public | kids | pupils | fires | paired"


def test_two_quarters_that_follow_one_another_move_as_the_marts_have_it(tmp_path):
    house = House(tmp_path)
    house.file(whole_quarter(COLUMNS, "2021Q1", "40 | 100 | 5 | 0 | 3", "20 | 90 | 6 | 1 | 4", "/ | / | 7 | 0 | 5"))
    house.file(whole_quarter(COLUMNS, "2021Q2", "50 | 100 | 8 | 1 | 3", "30 | 95 | 9 | 0 | 9", "9 | 10 | 9 | 0 | /"))
    with house.open() as con:
        both = [compare_periods.moment(con, "filed", period) for period in ("2021Q1", "2021Q2")]
        found = compare_periods.moves(con, *both).set_index(["indicator", "subject"])
        marts = read.contributions(con, None, "2021Q2").set_index(["indicator", "subject"])
        changes = read.values(con, "2021Q2", None).set_index("indicator")["change"]
    told = found["contribution"].dropna()
    assert len(told) >= 12 and {"share", "pupils", "fires", "paired"} <= set(told.index.get_level_values("indicator"))
    assert told.to_dict() == pytest.approx(marts["contribution"].dropna().to_dict())
    for indicator, rows in found.groupby("indicator"):
        [change] = rows["change"].drop_duplicates()
        assert change == pytest.approx(changes[indicator], nan_ok=True), indicator


def test_a_corrected_value_is_the_one_the_screen_has_beside_an_entry_that_does_not_apply(tmp_path):
    """A sum of two parts, one of which is 不适用."""
    plan = small_plan()
    both = replace(plan.indicators["pupils"], numerator=("pupils", "recruits"))
    house = House(tmp_path, replace(plan, indicators={**plan.indicators, "pupils": both}))
    house.file("unit | period | pupils | recruits\nA | 2021Q1 | 5 | /", approve=True)
    first = store.latest(tmp_path)
    house.file("unit | period | pupils | recruits\nA | 2021Q1 | 7 | /", received=datetime(2021, 4, 20), approve=True)
    with store.open_version(first) as before, house.open() as now:
        found = compare_periods.restated_since(before, now, "filed")
        shown = [read.values(con, "2021Q1", "A", "pupils")["value"].item() for con in (before, now)]
    rows = found[found["indicator"] == "pupils"]
    assert rows[["value_then", "value_now"]].values.tolist() == [shown] == [[5, 7]]
    assert set(found["subject"]) == {"A"} and isinstance(found, pd.DataFrame)


def test_what_was_not_corrected_is_not_told(tmp_path):
    house = House(tmp_path)
    house.file("unit | period | pupils | recruits\nA | 2021Q1 | 5 | 3")
    first = store.latest(tmp_path)
    house.file("unit | period | pupils | recruits\nA | 2021Q1 | 5 | 4", received=datetime(2021, 4, 20))
    with store.open_version(first) as before, house.open() as now:
        found = compare_periods.restated_since(before, now, "filed")
    assert found[["indicator", "value_then", "value_now"]].values.tolist() == [["recruits", 3, 4]]
