"""Figures: what they draw, what they leave out, and that colour never speaks alone."""
from __future__ import annotations

import json
import re

import pytest
from charts_fixtures import NAN, judged, unit_row, whole_year
from plan_fixtures import plan_2021, small_plan

from catalogue.wording import LANGUAGES, use_language, wordings
from charts import theme
from charts.alt import alt
from charts.county_bars import county_bars
from charts.matrix import matrix
from charts.spark import sparkline_values, unbroken_values
from charts.targets import targets
from charts.tile_map import tile_map
from charts.trend import trend
from charts.wrap import DESK, PHONE, width, wrap

PLAN = plan_2021()
SHARE, SHARE_PROMISE = PLAN.indicators["public-share"], PLAN.commitments["K02"]
PUPILS, PUPILS_PROMISE = PLAN.indicators["aided-pupils"], PLAN.commitments["K14"]
ALARMS, ALARMS_PROMISE = PLAN.indicators["alarm-coverage"], PLAN.commitments["K16"]
BY_INDICATOR = {"trend": trend, "county_bars": county_bars, "tile_map": tile_map}
OVERALL = {"targets": targets, "matrix": matrix}


def city(period, value=NAN, **more):
    return {"indicator": "public-share", "commitment": "K02", "period": period, "value": value, "target": 46.0,
            "verdict": "behind", "light": "yellow"} | more


def share_year():
    """公办占比: the second quarter not reported, the third on 7 of 8, the fourth yet to come."""
    return judged(
        city("2020Q4", 41.9, verdict="not_due"),
        city("2021Q1", 42.6, pace=42.925),
        city("2021Q2", pace=43.95, filed=0, verdict="not_reported"),
        city("2021Q3", 43.8, pace=44.975, filed=7),
        city("2021Q4", pace=46.0, filed=0, verdict="not_reported"),
    )


def units_of(indicator, period, values, **more):
    """Rows of the units; None: did not file."""
    return [unit_row(indicator, code, period, NAN if value is None else value, **more) for code, value in values.items()]


SHARES = {"210402": 61.2, "210403": 44.0, "210404": 35.4, "210411": 40.0, "210421": 46.0, "210422": 52.0,
          "210423": None, "210400": 0.0}


def share_quarter():
    return judged(city("2021Q3", 43.8, filed=7), *units_of("public-share", "2021Q3", SHARES))


def alarm_quarter():
    """一键报警: each must reach 100; the city's row counts those that do."""
    judged_units = {"210402": ("green", "met", 100.0), "210403": ("yellow", "behind", 97.5), "210404": ("red", "far_behind", 60.0)}
    rows = [unit_row("alarm-coverage", code, "2021Q3", value, light=light, verdict=verdict, target=100.0, commitment="K16")
            for code, (light, verdict, value) in judged_units.items()]
    missing = [unit_row("alarm-coverage", code, "2021Q3") for code in PLAN.units if code not in judged_units]
    count = {"indicator": "alarm-coverage", "commitment": "K16", "period": "2021Q3", "value": 1.0, "target": 8.0,
             "measure": "unit", "light": "red", "verdict": "far_behind", "filed": 3}
    return judged(count, *rows, *missing)


def trace(chart, name):
    return next(found for found in chart.data if found.name == name)


def cells(chart, name):
    """(indicator, unit) -> text, of a trace of the matrix."""
    found = trace(chart, name)
    return dict(zip(map(tuple, found.customdata), found.text, strict=True))


def words(chart):
    """Everything written in a figure, marks and all, without tags."""
    spec = chart.to_dict()
    said = [note["text"] for note in spec["layout"].get("annotations", ())]
    for drawn in spec["data"]:
        said += list(drawn.get("text", ()))
    for axis in ("xaxis", "yaxis"):
        said += list(spec["layout"][axis].get("ticktext", ()))
    return [re.sub("<br>", "\n", re.sub("<(?!br)[^>]*>", "", text)) for text in said]


def every_figure(mode="light", wide=False):
    rows = whole_year(PLAN)
    for promise in PLAN.commitments.values():
        for kind, draw in BY_INDICATOR.items():
            yield f"{kind} {promise.id}", draw(rows, PLAN.indicators[promise.indicator], promise, PLAN, mode, wide=wide)
    for indicator in PLAN.indicators.values():
        if indicator.code not in {c.indicator for c in PLAN.commitments.values()}:
            yield f"trend {indicator.code}", trend(rows, indicator, None, PLAN, mode, wide=wide)
    for kind, draw in OVERALL.items():
        yield kind, draw(rows, PLAN, mode, wide=wide)


# The trend

def test_a_quarter_without_a_value_is_a_gap_in_the_line_and_never_zero():
    chart = trend(share_year(), SHARE, SHARE_PROMISE, PLAN)
    assert trace(chart, "line").y == (41.9, 42.6, None, 43.8, None)
    assert trace(chart, "line").connectgaps is False
    assert [note.text for note in chart.layout.annotations if note.name == "gap"] == ["未报"]


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
        city("2021Q3", indicator="aided-pupils", measure="person", target=15000.0, pace=11250.0, verdict="not_reported"),
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
    rows = judged(unit_row("public-share", "210402", "2021Q1", 50.0), unit_row("public-share", "210402", "2021Q2", 51.5))
    chart = trend(rows, SHARE, SHARE_PROMISE, PLAN)
    assert trace(chart, "value").y == (50.0, 51.5)
    assert "新抚区公办幼儿园在园幼儿占比51.5%，\n无分解目标，不作评价" in words(chart)


# The units side by side

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
    rows = judged(*units_of("toilets", "2021Q3", {"210402": 4.0}, measure="toilet", target=5.0, light="green", verdict="on_pace"))
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
    kinds = {drawn.type for _, chart in every_figure() for drawn in chart.data}
    assert kinds == {"bar", "scatter"}


# Targets and matrix

def test_all_numeral_targets_have_their_row_reported_or_not():
    chart = targets(share_year(), PLAN, period="2021Q3")
    bars = chart.data[0].x
    assert len(bars) == 14
    assert [round(share, 4) for share in bars if share is not None] == [0.9522]
    said = words(chart)
    assert "43.8% / 46%" in said
    assert said.count("未报") == 13
    assert trace(chart, "catcher").customdata[1] == ["K02", "public-share"]


def test_target_and_pace_ticks_stand_at_their_share_of_the_target():
    chart = targets(share_year(), PLAN, period="2021Q3")
    assert {shape.x0 for shape in chart.layout.shapes if shape.name == "target"} == {1.0}
    assert [round(shape.x0, 4) for shape in chart.layout.shapes if shape.name == "pace"] == [0.9777]


def test_a_target_each_must_reach_shows_how_many_did():
    rows = judged({"indicator": "education-groups", "commitment": "K04", "period": "2021Q3", "value": 6.0, "target": 7.0,
                   "measure": "county", "light": "grey", "verdict": "undecided", "filed": 6, "expected": 7})
    assert "6 / 7个县区" in words(targets(rows, PLAN))


def test_the_matrix_tells_zero_missing_not_due_and_not_applicable_apart():
    rows = judged(
        unit_row("serious-incidents", "210402", "2021Q3", 0.0, measure="event", light="green", verdict="met"),
        unit_row("serious-incidents", "210403", "2021Q3", measure="event"),
        unit_row("pay-ratio", "210402", "2021Q3", measure="ratio", verdict="not_due"),
        unit_row("poor-dropouts", "210402", "2021Q3", 2.0, measure="person", light="red", verdict="far_behind"),
    )
    chart = matrix(rows, PLAN)
    shown = {cell: re.sub("<[^>]*>", "", text) for cell, text in (cells(chart, "values") | cells(chart, "words")).items()}
    assert shown["serious-incidents", "210402"] == "● 0"
    assert shown["serious-incidents", "210403"] == "未报"
    assert shown["pay-ratio", "210402"] == "未到期"
    assert shown["pay-ratio", "210400"] == "/"
    assert shown["poor-dropouts", "210402"] == "■ 2"


def test_the_matrix_prints_bold_on_a_shade_what_is_past_the_citys_target():
    chart = matrix(share_quarter(), PLAN)
    bold = {unit for (_, unit), text in cells(chart, "values").items() if text.startswith("<b>")}
    assert bold == {"210402", "210421", "210422"}  # 46 exactly passes
    assert next(s for s in chart.layout.shapes if s.name == "ahead").path.count("M") == 3


# The whole house of figures

def test_without_rows_every_figure_says_so():
    empty = judged()
    for draw in BY_INDICATOR.values():
        assert "暂无数据" in words(draw(empty, SHARE, SHARE_PROMISE, PLAN))
    assert "暂无数据" in words(targets(empty, PLAN))
    assert "暂无数据" in words(matrix(empty, PLAN))


def test_an_indicator_no_unit_reports_says_that_it_is_not_by_county():
    canteen = PLAN.indicators["canteen-area"], PLAN.commitments["K10"]
    assert "本指标不分县区" in words(county_bars(whole_year(PLAN), *canteen, PLAN))
    assert "本指标不分县区" in words(tile_map(whole_year(PLAN), *canteen, PLAN))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("wide", [False, True])
def test_every_figure_is_finished_light_and_on_its_own_ground(language, mode, wide):
    use_language(language)
    look = theme.palette(mode)
    for name, chart in every_figure(mode, wide):
        assert len(chart.to_json()) < 40_000, name
        assert (chart.layout.paper_bgcolor, chart.layout.plot_bgcolor) == (look.ground, look.ground), name
        assert chart.layout.font.family.startswith("Noto Sans CJK SC"), name
        assert [note.name for note in chart.layout.annotations][-3:] == ["title", "state", "source"], name
        assert not chart.layout.title.text and not chart.layout.showlegend, name


def test_light_colours_are_for_lights_only_and_never_without_their_mark():
    for mode in ("light", "dark"):
        look = theme.palette(mode)
        others = {look.ground, look.ink, look.muted, look.faint, look.accent, look.past, look.target, look.pace, *look.steps}
        assert not others & (set(look.lights.values()) | set(look.tints.values()))
        for name, chart in every_figure(mode):
            said = "".join(words(chart))
            spec = chart.to_json()
            for light, colour in look.lights.items():
                assert colour not in spec or theme.MARKS[light] in said, (name, light)


def test_figures_that_judge_nothing_use_no_light_colour():
    spec = county_bars(share_quarter(), SHARE, SHARE_PROMISE, PLAN).to_json() + trend(share_year(), SHARE, SHARE_PROMISE, PLAN).to_json()
    assert not [colour for colour in theme.palette("light").lights.values() if colour in spec]


def grey_of(colour):
    """What a grey print leaves of a colour, 0 black to 255 white."""
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_four_lights_differ_in_grey_print(mode):
    greys = sorted(grey_of(colour) for colour in theme.palette(mode).lights.values())
    assert min(after - before for before, after in zip(greys, greys[1:], strict=False)) > 15


def test_lights_have_four_marks():
    assert theme.MARKS == {"green": "●", "yellow": "▲", "red": "■", "grey": "○"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_fit_beside_the_picture_button(language):
    use_language(language)
    for wide, room in ((False, PHONE), (True, DESK)):
        for name, chart in every_figure(wide=wide):
            title = next(note.text for note in chart.layout.annotations if note.name == "title")
            for line in re.sub("</?b>", "", title).split("<br>"):
                assert width(line, theme.LARGE) <= room - 2 * theme.SIDE - theme.BUTTON, name


def test_figures_of_another_citys_plan_need_no_code():
    plan = small_plan()
    rows = whole_year(plan, last=str(plan.first), missing="")
    for promise in plan.commitments.values():
        for draw in BY_INDICATOR.values():
            draw(rows, plan.indicators[promise.indicator], promise, plan)
    targets(rows, plan)
    matrix(rows, plan)


def test_the_picture_carries_as_of_coverage_clause_and_that_it_is_a_demonstration():
    chart = trend(share_year(), SHARE, SHARE_PROMISE, PLAN)
    notes = {note.name: note.text for note in chart.layout.annotations if note.name}
    assert notes["state"] == "截至2021年9月30日 · 7/8家已报 · 演示数据"
    assert notes["source"].replace("<br>", "") == "依据：抚教发〔2021〕1号第10项“公办幼儿园在园幼儿占比达到46%”"


def test_the_picture_button_is_the_only_one_and_speaks_chinese():
    config = theme.png_config(theme.picture_name(SHARE, "2021Q3"))
    assert config["modeBarButtons"] == [["toImage"]]
    assert config["displaylogo"] is False
    options = config["toImageButtonOptions"]
    assert options["filename"] == "公办幼儿园在园幼儿占比_2021年第三季度"
    assert options["width"] * options["scale"] == 1440
    assert config["locales"][config["locale"]]["dictionary"]["Download plot as a PNG"] == "下载图片"
    json.dumps(config)


def test_a_picture_name_has_no_sign_that_file_systems_refuse():
    assert theme.png_config('a/b: "c"*.')["toImageButtonOptions"]["filename"] == "a_b___c"


# Small lines, descriptions, wrapping

def test_a_small_line_has_a_blank_where_nothing_was_reported():
    values = sparkline_values(share_year(), PLAN, until="2021Q3")
    assert [None if v != v else v for v in values] == [41.9, 42.6, None, 43.8]
    assert unbroken_values(share_year(), PLAN, until="2021Q3") == [43.8]
    assert sparkline_values(judged(), PLAN) == []


def test_a_small_line_of_a_count_begins_with_the_plan_year():
    rows = judged(
        city("2020Q4", 16000.0, indicator="aided-pupils"), city("2021Q1", 3000.0, indicator="aided-pupils"),
        city("2021Q2", 8000.0, indicator="aided-pupils"),
    )
    assert sparkline_values(rows, PLAN) == [3000.0, 8000.0]


def test_descriptions_say_what_the_figures_show():
    assert alt("trend", share_year(), PLAN, SHARE, SHARE_PROMISE, "2021Q3") == (
        "趋势图。公办幼儿园在园幼儿占比43.8%，距46%还差2.2个百分点（7/8家已报）。2020年第四季度 41.9%；"
        "2021年第一季度 42.6%；2021年第二季度 未报；2021年第三季度 43.8%。"
    )
    use_language("en")
    assert alt("county_bars", share_quarter(), PLAN, SHARE, SHARE_PROMISE).endswith(
        "Xinfu 61.2%; Dongzhou 44%; Wanghua 35.4%; Shuncheng 40%; Fushun County 46%; Xinbin 52%; "
        "Qingyuan not filed; City-run schools 0%."
    )
    assert "Public enrolment share 43.8% / 46% yellow" in alt("targets", share_year(), PLAN, period="2021Q3")
    with pytest.raises(ValueError, match="needs its indicator"):
        alt("tile_map", share_quarter(), PLAN)


@pytest.mark.parametrize(("text", "lines"), [
    ("", 0),
    ("短句", 1),
    ("资助学生数10,960人，比序时进度少290人，距15,000人还差4,040人", 3),
])
def test_words_are_broken_into_lines_a_phone_can_show(text, lines):
    wrapped = wrap(text, 15, 200)
    assert wrapped.lines == lines
    assert wrapped.text.replace("<br>", "") == text
    assert all(width(line, 15) <= 200 for line in wrapped.text.split("<br>"))
    assert not re.search(r"\d<br>[\d,.人]|<br>[，。]", wrapped.text)


def test_both_languages_have_the_same_words():
    ours = [{key for key in wordings(language) if key.startswith("charts.")} for language in LANGUAGES]
    assert ours[0] == ours[1]
