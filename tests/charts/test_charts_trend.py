"""The trend: one indicator through the quarters."""

from __future__ import annotations

from charts_fixtures import judged, unit_row
from charts_looking import (
    ALARMS,
    ALARMS_PROMISE,
    PLAN,
    PUPILS,
    PUPILS_PROMISE,
    SHARE,
    SHARE_PROMISE,
    alarm_quarter,
    city,
    share_year,
    trace,
    words,
)

from charts import theme
from charts.trend import trend


def test_a_quarter_without_a_value_is_a_gap_in_the_line_and_never_zero():
    chart = trend(share_year(), SHARE, SHARE_PROMISE, PLAN)
    assert trace(chart, "line").y == (41.9, 42.6, None, None, None)  # of the third quarter a unit is missing
    assert trace(chart, "line").connectgaps is False
    assert "ghost" not in {one.name for one in chart.data}  # nothing known before it
    assert [note.text for note in chart.layout.annotations if note.name == "gap"] == ["未报"]


def test_to_a_quarter_that_lacks_units_a_dotted_line_leads_from_what_the_same_units_had():
    rows = judged(
        city("2021Q1", 42.6, verdict="behind", light="yellow"),
        city("2021Q2", 40.0, filed=4, change=0.5, same_units=4, verdict="undecided", light="grey"),
    )
    ghost = trace(trend(rows, SHARE, SHARE_PROMISE, PLAN), "ghost")
    assert (ghost.y, ghost.line.dash) == ((39.5, 40.0, None), "dot")
    other = judged(
        city("2021Q1", 42.6, verdict="behind", light="yellow"),
        city("2021Q2", 40.0, filed=4, change=0.5, same_units=3, verdict="undecided", light="grey"),
    )
    assert trace(trend(other, SHARE, SHARE_PROMISE, PLAN), "ghost").y == (42.6, 40.0, None)


def test_the_target_is_a_solid_line_over_the_plan_year_and_the_pace_a_dashed_one():
    chart = trend(share_year(), SHARE, SHARE_PROMISE, PLAN)
    assert (trace(chart, "target").y, trace(chart, "target").line.dash) == ((46.0, 46.0), "solid")
    assert trace(chart, "target").x[0] > 0  # the baseline lies before the plan year
    assert (trace(chart, "pace").x, trace(chart, "pace").y) == ((1, 2, 3, 4), (42.925, 43.95, 44.975, 46.0))
    assert trace(chart, "pace").line.dash != "solid"
    assert {"目标\n46%", "序时"} <= set(words(chart))


def test_a_value_that_not_all_have_filed_for_is_hollow_and_says_so():
    value = trace(trend(share_year(), SHARE, SHARE_PROMISE, PLAN), "value")
    look = theme.palette("light")
    assert value.marker.color == (look.past, look.accent, look.ground)
    assert value.hovertext[-1] == "2021年第三季度<br>43.8%<br>7/8家已报"
    assert value.customdata == ("2020Q4", "2021Q1", "2021Q3")


def test_the_axis_names_quarters_the_year_once_and_the_baseline():
    chart = trend(share_year(), SHARE, SHARE_PROMISE, PLAN)
    assert chart.layout.xaxis.ticktext == ("四季度<br>2020年<br>基期", "一季度<br>2021年", "二季度", "三季度", "四季度")


def test_counts_since_january_are_columns_on_zero_with_a_step_of_pace_each():
    rows = judged(
        city("2021Q1", 3000.0, indicator="aided-pupils", measure="person", target=15000.0, pace=3750.0),
        city("2021Q2", 8000.0, indicator="aided-pupils", measure="person", target=15000.0, pace=7500.0),
        city(
            "2021Q3", indicator="aided-pupils", measure="person", target=15000.0, pace=11250.0, verdict="not_reported"
        ),
    )
    chart = trend(rows, PUPILS, PUPILS_PROMISE, PLAN)
    assert trace(chart, "value").type == "bar"
    assert trace(chart, "value").y == (3000.0, 8000.0)
    assert trace(chart, "pace").y == (3750.0, 3750.0, None, 7500.0, 7500.0, None)
    assert chart.layout.yaxis.range[0] == 0


def test_a_zero_is_drawn_as_a_zero():
    rows = judged({"indicator": "violations", "period": "2021Q1", "value": 0.0, "measure": "person"})
    chart = trend(rows, PLAN.indicators["violations"], None, PLAN)
    assert trace(chart, "value").y == (0.0,)
    assert "0" in words(chart)


def test_a_promise_each_must_keep_is_drawn_as_a_count_of_units():
    chart = trend(alarm_quarter(), ALARMS, ALARMS_PROMISE, PLAN)
    assert trace(chart, "value").y == (1.0,)
    assert "目标\n8个单位" in words(chart)


def test_a_direction_is_held_against_its_baseline():
    rows = judged(
        {"indicator": "myopia", "period": "2020Q4", "value": 51.0, "baseline": 51.0, "verdict": "not_due"},
        {"indicator": "myopia", "period": "2021Q1", "value": 50.2, "baseline": 51.0, "verdict": "improved"},
    )
    chart = trend(rows, PLAN.indicators["myopia"], PLAN.commitments["D03"], PLAN)
    assert trace(chart, "baseline").y == (51.0, 51.0)
    assert not [found for found in chart.data if found.name == "target"]


def test_a_units_rows_alone_are_drawn_as_that_unit():
    rows = judged(
        unit_row("public-share", "210402", "2021Q1", 50.0), unit_row("public-share", "210402", "2021Q2", 51.5)
    )
    chart = trend(rows, SHARE, SHARE_PROMISE, PLAN)
    assert trace(chart, "value").y == (50.0, 51.5)
    assert "新抚区公办幼儿园在园幼儿占比51.5%，\n无分解目标，不作评价" in words(chart)
