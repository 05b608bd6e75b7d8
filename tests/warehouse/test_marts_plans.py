"""No mart makes many rows on its way to few: what is no trouble at eight units must not be one at a hundred thousand."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from bench.many import plan_of, snapshot_of
from warehouse import store
from warehouse.build import MARTS

UNITS, MOST = 15, 5


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """(a connection, how many facts): fifteen units, four quarters."""
    snapshot = snapshot_of(tmp_path_factory.mktemp("many"), UNITS)
    with store.open_version(snapshot.version) as con:
        yield con, con.execute("select count(*) from fact").fetchall()[0][0]


def rows(operator: dict) -> Iterator[tuple[int, str]]:
    yield operator.get("operator_cardinality", 0), operator.get("operator_name", "")
    for below in operator.get("children", ()):
        yield from rows(below)


@pytest.mark.parametrize("mart", MARTS, ids=[mart.name for mart in MARTS])
def test_no_step_of_a_mart_has_more_than_a_few_times_as_many_rows_as_there_are_facts(house, mart):
    con, facts = house
    assert facts > 40 * UNITS and plan_of(UNITS).units
    [(_, told)] = con.execute(f"explain (analyze, format json) {mart.sql}").fetchall()
    most, where = max(rows(json.loads(told)))
    assert most <= MOST * facts, where


def test_the_rows_of_a_plan_are_counted(house):
    """Every fact beside every other would be seen."""
    con, facts = house
    told = con.execute(
        "explain (analyze, format json) select count(*) from fact as a, fact as b where a.load_id + b.load_id > 0"
    ).fetchall()
    assert max(rows(json.loads(told[0][1])))[0] > MOST * facts
