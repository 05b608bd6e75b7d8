"""Which units have the worst lights, asked of the warehouse, is what their rows say one by one."""

from __future__ import annotations

import pytest

from catalogue.load import current_plan
from sentences import by_theme
from warehouse import read, store
from warehouse.reads import units as read_units

PLAN = current_plan()


@pytest.mark.parametrize("basis", ["filed", "approved"])
@pytest.mark.parametrize("period", ["2021Q1", "2021Q2", "2021Q3"])
def test_the_lights_counted_in_the_warehouse_are_those_that_the_rows_of_each_unit_give(demo, basis, period):
    with store.open_version(store.latest(demo)) as con:
        behind = read_units.behind(con, period, basis)
        rows = {
            unit: {of: read.values(con, period, unit, None, of) for of in ("approved", "filed")} for unit in PLAN.units
        }
    expected = {}
    for unit, of in rows.items():
        tallies = by_theme.of_unit(of["approved"], of["filed"], PLAN, basis, unit, PLAN.themes).values()
        expected[unit] = tuple(sum(tally.of(light) for tally in tallies) for light in ("red", "yellow"))
    found = {row.subject: (row.red, row.yellow) for row in behind.itertuples() if row.subject in PLAN.units}
    assert found == {unit: counts for unit, counts in expected.items() if any(counts)}
    order = [(row.red, row.yellow) for row in behind.itertuples()]
    assert order == sorted(order, reverse=True)


def test_the_lights_of_some_are_those_of_their_rows_and_nobody_elses(demo):
    asked = list(PLAN.units)[:2]
    with store.open_version(store.latest(demo)) as con:
        found = read_units.lights(con, "2021Q2", "filed", asked)
        rows = {unit: read.values(con, "2021Q2", unit, None, "filed") for unit in asked}
    assert set(found["subject"]) == set(asked)
    for unit, own in rows.items():
        mine = found[found["subject"] == unit]
        assert by_theme.own_lights(mine, PLAN, unit) == by_theme.own_lights(own, PLAN, unit) != {}
