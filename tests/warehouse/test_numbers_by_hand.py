"""City values added up from the workbooks by other means than ours: openpyxl, the printed row codes, a pocket sum."""

from __future__ import annotations

import json

import pytest
from by_hand import added, answers
from command_line import ROOT, called_etl


@pytest.fixture(scope="module")
def q1():
    """The eight county returns of 2021Q1."""
    paths = sorted((ROOT / "data/demo/2021Q1").glob("*县区季度报表.xlsx"))
    assert len(paths) == 8
    return [answers(path) | {"county": "市直" not in path.name} for path in paths]


@pytest.fixture(scope="module")
def city(demo_data):
    rows = json.loads(called_etl(demo_data, "values", "--period", "2021Q1", "--json").stdout)
    return {row["commitment"]: row for row in rows if row["reporting_unit"] is None}


RATIOS = {
    "K01": (("A03", "A05"), ("A02",)),
    "K02": (("A03",), ("A02",)),
    "K03": (("B02",), ("B01",)),
    "D01": (("B11",), ("B10",)),
    "D05": (("E07",), ("E06",)),
    "D07": (("B15",), ("B14",)),
}


@pytest.mark.parametrize("promise", RATIOS)
def test_a_city_ratio_is_the_sum_over_the_sum(q1, city, promise):
    top, bottom = RATIOS[promise]
    assert city[promise]["value"] == pytest.approx(100 * added(q1, *top) / added(q1, *bottom), abs=5e-5)


@pytest.mark.parametrize(("promise", "code"), [("K05", "B05"), ("K07", "C01"), ("K14", "D03"), ("K15", "D08")])
def test_a_city_sum_is_the_sum(q1, city, promise, code):
    assert city[promise]["value"] == pytest.approx(added(q1, code))


def test_each_counts_the_units_that_pass(q1, city):
    with_a_group = sum(1 for book in q1 if book["county"] and book["B04"] >= 1)
    assert (city["K04"]["value"], city["K04"]["target"]) == (with_a_group, 7)
    alarmed = sum(1 for book in q1 if book["E02"] + book["E04"] == book["E01"] + book["E03"])
    assert (city["K16"]["value"], city["K16"]["target"]) == (alarmed, 8)
