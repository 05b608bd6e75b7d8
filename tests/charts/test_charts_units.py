"""The units side by side: bars and tiles."""

from __future__ import annotations

from charts_fixtures import judged, unit_row
from charts_looking import (
    ALARMS,
    ALARMS_PROMISE,
    PLAN,
    SHARE,
    SHARE_PROMISE,
    alarm_quarter,
    city,
    every_figure,
    share_quarter,
    trace,
    units_of,
    words,
)

from charts import theme
from charts.county_bars import county_bars
from charts.tile_map import tile_map


def test_units_stand_highest_first_and_a_missing_one_keeps_its_row():
    chart = county_bars(share_quarter(), SHARE, SHARE_PROMISE, PLAN)
    assert chart.layout.yaxis.ticktext == ("新抚", "新宾", "抚顺县", "东洲", "顺城", "望花", "市直", "清原")
    assert chart.data[0].x == (61.2, 52.0, 46.0, 44.0, 40.0, 35.4, 0.0, None)
    said = words(chart)
    assert said.count("未报") == 1
    assert {"61.2%", "0%"} <= set(said)
    assert trace(chart, "catcher").customdata[-1] == "210423"


def test_a_ratio_is_held_against_the_citys_target_and_the_citys_value():
    chart = county_bars(share_quarter(), SHARE, SHARE_PROMISE, PLAN)
    assert {line.name: line.x0 for line in chart.layout.shapes} == {"target": 46.0, "city": 43.8}
    assert {"全市目标 46%", "全市 43.8%"} <= set(words(chart))


def test_a_sum_is_no_yardstick_for_its_parts():
    rows = judged(
        city("2021Q3", 9.0, indicator="toilets", measure="toilet", target=13.0),
        *units_of("toilets", "2021Q3", {"210402": 4.0, "210403": 5.0}, measure="toilet"),
    )
    chart = county_bars(rows, PLAN.indicators["toilets"], PLAN.commitments["K13"], PLAN)
    assert len(chart.layout.shapes) == 0


def test_a_units_own_sub_target_is_a_tick_on_its_bar():
    rows = judged(
        *units_of("toilets", "2021Q3", {"210402": 4.0}, measure="toilet", target=5.0, light="green", verdict="on_pace")
    )
    chart = county_bars(rows, PLAN.indicators["toilets"], PLAN.commitments["K13"], PLAN)
    assert trace(chart, "target").x == (5.0,)


def test_units_judged_one_by_one_carry_light_mark_and_word():
    chart = county_bars(alarm_quarter(), ALARMS, ALARMS_PROMISE, PLAN)
    lights = theme.palette("light").lights
    assert chart.data[0].marker.color[:3] == (lights["green"], lights["yellow"], lights["red"])
    assert {"● 绿灯", "▲ 黄灯", "■ 红灯", "目标 100%"} <= set(words(chart))


def test_a_unit_not_asked_is_not_a_unit_that_owes():
    rows = judged(*units_of("toilets", "2021Q3", {"210402": 4.0, "210403": None}, measure="toilet"))
    said = words(county_bars(rows, PLAN.indicators["toilets"], PLAN.commitments["K13"], PLAN))
    assert (said.count("不适用"), said.count("未报")) == (1, 6)


def test_an_answer_of_not_applicable_is_not_missing():
    rows = judged(unit_row("national-textbooks", "210402", "2021Q3", filed=1, verdict="not_applicable"))
    said = words(county_bars(rows, PLAN.indicators["national-textbooks"], PLAN.commitments["K24"], PLAN))
    assert (said.count("不适用"), said.count("未报")) == (1, 7)


def test_tiles_lie_where_the_plan_puts_them_and_give_back_their_unit():
    chart = tile_map(share_quarter(), SHARE, SHARE_PROMISE, PLAN)
    points = chart.data[0]
    found = dict(zip(points.customdata, zip(points.y, points.x, strict=True), strict=True))
    assert found == {code: unit.tile for code, unit in PLAN.units.items()}


def test_shades_run_from_lowest_to_highest_and_a_missing_tile_is_hatched():
    chart = tile_map(share_quarter(), SHARE, SHARE_PROMISE, PLAN)
    look = theme.palette("light")
    fill = {(s.x0 + 0.47, s.y0 + 0.47): s.fillcolor for s in chart.layout.shapes if s.type == "rect"}
    assert fill[(1.0, 1.0)] == look.steps[4]  # 新抚, highest
    assert fill[(3.0, 1.0)] == look.ground  # 清原, missing
    assert [s.type for s in chart.layout.shapes].count("path") == 1
    assert "清原\n未报" in words(chart)
    assert "新抚\n61.2%" in words(chart)


def test_tiles_judged_one_by_one_carry_mark_and_word():
    said = words(tile_map(alarm_quarter(), ALARMS, ALARMS_PROMISE, PLAN))
    assert {"新抚\n100%\n● 绿灯", "东洲\n97.5%\n▲ 黄灯", "望花\n60%\n■ 红灯"} <= set(said)


def test_no_figure_fetches_a_map():
    assert {drawn.type for _, chart in every_figure() for drawn in chart.data} == {"bar", "scatter"}
