"""Figures of very many units: those at either end are drawn, and it is said how many are not."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from charts_fixtures import judged, unit_row

from catalogue.load import PLANS, load_plan
from catalogue.model import Unit
from charts.alt import alt
from charts.contribution import contribution, contribution_alt
from charts.county_bars import county_bars
from charts.fold import BLANK, MOST, folded

PLAN = load_plan(PLANS / "2021")
CODE = "public-share"


def of_many(count: int):
    units = {
        f"u{n}": Unit(code=f"u{n}", name=f"第{n}县", name_en=f"County {n}", short=f"{n}县", kind="county", tile=(n, 0))
        for n in range(count)
    }
    indicators = {CODE: replace(PLAN.indicators[CODE], units=tuple(units))}
    return replace(PLAN, units=units, indicators={**PLAN.indicators, **indicators})


def rows_of(filed: int) -> pd.DataFrame:
    return judged(*(unit_row(CODE, f"u{n}", "2021Q3", 30 + n / 10) for n in range(filed)))


def drawn(figure) -> set[str]:
    return {str(label) for label in figure.layout.yaxis.ticktext}


@pytest.mark.parametrize(
    ("valued", "blank", "expected"),
    [
        pytest.param(MOST, 0, (MOST, 0, ""), id="not too many"),
        pytest.param(100, 0, (MOST, 0, "最高20个、最低20个"), id="both ends"),
        pytest.param(
            100, 100, (MOST - BLANK, BLANK, "最高15个、最低15个、无数值10个"), id="both ends and some without a value"
        ),
        pytest.param(5, 100, (5, MOST - 5, "最高5个、无数值35个"), id="few have a value"),
    ],
)
def test_the_ends_are_kept_in_their_order_and_the_rest_is_counted(valued, blank, expected):
    told = [*range(valued, 0, -1), *([None] * blank)]
    kept, words = folded(told, lambda one: one is not None)
    there = [one for one in kept if one is not None]
    assert (len(there), len(kept) - len(there)) == expected[:2]
    assert there == sorted(there, reverse=True) and there[0] == valued and there[-1] == 1
    assert expected[2] in words and (f"其余{valued + blank - len(kept)}个未列入" in words) == bool(words)


def test_bars_of_very_many_units_are_those_at_either_end_and_the_figure_says_so():
    plan, rows = of_many(200), rows_of(120)
    figure = county_bars(rows, plan.indicators[CODE], None, plan, period="2021Q3")
    assert len(drawn(figure)) == MOST and {"119县", "0县"} <= drawn(figure) and "60县" not in drawn(figure)
    said = " ".join(note.text.replace("<br>", "") for note in figure.layout.annotations)
    assert "最高15个、最低15个、无数值10个" in said and "其余160个未列入" in said
    told = alt("county_bars", rows, plan, plan.indicators[CODE], None, "2021Q3")
    assert "其余160个未列入" in told and "第119县" in told and "第60县" not in told


def test_parts_of_very_many_units_are_those_at_either_end():
    plan, rows = of_many(200), rows_of(120)
    parts = pd.DataFrame(
        {
            "subject": [f"u{n}" for n in range(120)],
            "gap_whole": [float(n - 60) for n in range(120)],
            "gap_measure": "person",
        }
    )
    given = (rows, parts, plan.indicators[CODE], None, plan, "gap")
    figure = contribution(*given, period="2021Q3")
    assert len(drawn(figure)) == MOST and {"119县", "0县"} <= drawn(figure)
    assert "其余160个未列入" in contribution_alt(*given, period="2021Q3")


def test_eight_units_are_all_drawn_and_nothing_is_said_of_others():
    plan = of_many(8)
    figure = county_bars(rows_of(8), plan.indicators[CODE], None, plan, period="2021Q3")
    assert len(drawn(figure)) == 8
    assert not any("未列入" in note.text for note in figure.layout.annotations)
