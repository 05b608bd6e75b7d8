"""Targets, matrix, and what every figure keeps to."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest
from charts_fixtures import judged, unit_row, whole_year
from charts_looking import (
    BY_INDICATOR,
    PLAN,
    SHARE,
    SHARE_PROMISE,
    cells,
    every_figure,
    share_quarter,
    share_year,
    trace,
    words,
)
from plan_fixtures import small_plan

from catalogue.wording import LANGUAGES, use_language
from charts import theme
from charts.county_bars import county_bars
from charts.matrix import matrix
from charts.targets import targets
from charts.tile_map import tile_map
from charts.trend import trend
from charts.wrap import DESK, PHONE, width


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
    rows = judged(
        {
            "indicator": "education-groups",
            "commitment": "K04",
            "period": "2021Q3",
            "value": 6.0,
            "target": 7.0,
            "measure": "county",
            "light": "grey",
            "verdict": "undecided",
            "filed": 6,
            "expected": 7,
        }
    )
    assert "6 / 7个县区" in words(targets(rows, PLAN))


def test_the_matrix_tells_zero_missing_not_due_and_not_applicable_apart():
    rows = judged(
        unit_row("serious-incidents", "210402", "2021Q3", 0.0, measure="event", light="green", verdict="met"),
        unit_row("serious-incidents", "210403", "2021Q3", measure="event"),
        unit_row("pay-ratio", "210402", "2021Q3", measure="ratio", verdict="not_due"),
        unit_row("poor-dropouts", "210402", "2021Q3", 2.0, measure="person", light="red", verdict="far_behind"),
    )
    chart = matrix(rows, PLAN)
    shown = {
        cell: re.sub("<[^>]*>", "", text) for cell, text in (cells(chart, "values") | cells(chart, "words")).items()
    }
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
    for name, chart in every_figure(mode, wide, language):
        assert len(chart.to_json()) < 40_000, name
        assert (chart.layout.paper_bgcolor, chart.layout.plot_bgcolor) == (look.ground, look.ground), name
        assert chart.layout.font.family.startswith("Noto Sans CJK SC"), name
        assert [note.name for note in chart.layout.annotations][-3:] == ["title", "state", "source"], name
        assert not chart.layout.title.text and not chart.layout.showlegend, name


def test_light_colours_are_for_lights_only_and_never_without_their_mark():
    for mode in ("light", "dark"):
        look = theme.palette(mode)
        others = {
            look.ground,
            look.ink,
            look.muted,
            look.faint,
            look.accent,
            look.past,
            look.target,
            look.pace,
            *look.steps,
        }
        assert not others & (set(look.lights.values()) | set(look.tints.values()))
        for name, chart in every_figure(mode):
            said = "".join(words(chart))
            spec = chart.to_json()
            for light, colour in look.lights.items():
                assert colour not in spec or theme.MARKS[light] in said, (name, light)


def test_figures_that_judge_nothing_use_no_light_colour():
    spec = (
        county_bars(share_quarter(), SHARE, SHARE_PROMISE, PLAN).to_json()
        + trend(share_year(), SHARE, SHARE_PROMISE, PLAN).to_json()
    )
    assert not [colour for colour in theme.palette("light").lights.values() if colour in spec]


def grey_of(colour):
    """What a grey print leaves of a colour, 0 black to 255 white."""
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_four_lights_differ_in_grey_print(mode):
    greys = sorted(grey_of(colour) for colour in theme.palette(mode).lights.values())
    assert min(after - before for before, after in pairwise(greys)) > 15


def test_lights_have_four_marks():
    assert theme.MARKS == {"green": "●", "yellow": "▲", "red": "■", "grey": "○"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_fit_beside_the_picture_button(language):
    use_language(language)
    for wide, room in ((False, PHONE), (True, DESK)):
        for name, chart in every_figure("light", wide, language):
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


def test_a_picture_of_many_indicators_goes_by_its_kind():
    assert theme.picture_name("targets", "2021Q3") == "数字目标完成情况_2021年第三季度"


def test_a_picture_name_has_no_sign_that_file_systems_refuse():
    assert theme.png_config('a/b: "c"*.')["toImageButtonOptions"]["filename"] == "a_b_c"
