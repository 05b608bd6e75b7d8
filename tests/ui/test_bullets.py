"""Bullets of the overview: what is filed and not approved is a ghost, rates stand on a scale that does not begin at zero."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from pages_fixtures import looking, screen, words, written  # noqa: F401  (fixtures)

from ui.kit import figures, markup
from ui.screens.overview import bullets, themes


def card(app, promise: str) -> str:
    return re.search(
        rf'<div class="bullet"(?:(?!<div class="bullet").)*>{promise}</span>.*?b-word', written(app), re.S
    )[0]


def test_a_scale_has_room_at_both_ends_and_one_value_has_a_stretch_of_its_own():
    assert bullets.scale([44.0, 46.0]).at(45.0) == "50.0%"
    low, high = (float(bullets.scale([44.0, 46.0]).at(value)[:-1]) for value in (44.0, 46.0))
    assert 0 < low < 50 < high < 100
    assert bullets.scale([80.0, 80.0]).at(80.0) == "50.0%"


def test_a_ghost_is_drawn_under_the_bar_and_ends_with_the_track():
    told = markup.meter(0.5, ghost=2.0)
    assert told.index("ghost") < told.index('style="width:43.5%"') and "width:100.0%" in told
    assert "ghost" not in markup.meter(0.5)


def test_a_sum_is_a_bar_with_what_is_filed_paler_and_said_beside_it(looking):  # noqa: F811
    told = card(screen(), "K14")  # 5,750 of 15,000 approved, 11,400 filed
    assert f"width:{100 * 5750 / 15000 / 1.15:.1f}%" in told and f"width:{100 * 11400 / 15000 / 1.15:.1f}%" in told
    assert "含未审核11,400人" in told
    assert "含未审核" not in card(screen(basis="filed"), "K14")


def test_a_rate_is_a_dot_on_a_broken_scale_and_two_rates_can_be_told_apart(looking):  # noqa: F811
    told = card(screen(), "K02")
    at = {name: float(left) for name, left in re.findall(r'class="([\w ]+)" style="left:([\d.]+)%"', told)}
    assert at["dot"] < at["dot ghost"] < at["target"] and at["target"] - at["dot ghost"] > 1
    assert "不从零起" in unescape(told)


@pytest.mark.parametrize("basis", ["approved", "filed"])
def test_theme_and_light_show_these_promises_alone_and_the_way_back(looking, basis):  # noqa: F811
    app = screen(theme="works", basis=basis)
    shown = re.findall(r'<span class="id">(\w+)</span>', written(app))
    assert shown == ["K09", "K10", "K11", "K12", "K13"]
    assert "改善办学条件：5项承诺" in words(app) and "看全部" in words(app)
    red = screen(theme="works", light="red", basis=basis)
    assert re.findall(r'<span class="id">(\w+)</span>', written(red)) == ["K12"]


def test_a_theme_that_does_not_exist_is_said_and_all_is_shown(looking):  # noqa: F811
    app = screen(theme="nonsense")
    assert "nonsense" in words(app) and "14项数字目标" in words(app)


def test_a_unit_that_has_not_filed_says_so_over_its_last_lights(looking):  # noqa: F811
    told = re.search(r'<tr class="gone">.*?</tr>', written(screen()), re.S)[0]
    assert "抚顺县" in told and "未报，逾期4天" in told and "上期为" in unescape(told)


def test_every_segment_of_the_bars_counts_promises_and_together_they_are_all(looking):  # noqa: F811
    counts = [int(n) for n in re.findall(r'class="seg [\w ]+" style="flex:(\d+)"', written(screen()))]
    assert sum(counts) == 47


@pytest.mark.parametrize("theme", ["compulsory", "works"])
def test_the_theme_that_was_chosen_stands_out_in_bars_and_units_or_it_is_said_that_units_have_none(looking, theme):  # noqa: F811
    app = screen(theme=theme)
    bars = re.search(r'<div class="bars of-one">.*?<p class="key">', written(app), re.S)[0]
    assert re.findall(r'class="bar-name here" aria-current="true">.*?theme=(\w+)', bars) == [theme]
    assert bars.count('class="bar here"') == 1
    table = re.search(r'<table class="heat.*?</table>', written(app), re.S)[0]
    if theme == "compulsory":
        assert "看“义务教育”一列" in words(app) and 'class="heat of-one"' in table
        assert (
            re.search(r'<th scope="col" class="here" title="义务教育">', table)
            and table.count('<td class="here">') == 8
        )
    else:
        assert "“改善办学条件”没有分解到单位的目标，此处为其他方面" in words(app)
        assert "here" not in table and "of-one" not in table


def test_nothing_stands_out_where_nothing_was_chosen_and_a_light_does_where_it_was(looking):  # noqa: F811
    assert "of-one" not in written(screen()) and 'class="front"' in written(screen())
    assert 'class="front at at-red"' in written(screen(light="red"))


def test_the_units_are_read_once_whatever_theme_is_chosen(looking, monkeypatch):  # noqa: F811
    screen()
    monkeypatch.setattr(themes.of_units, "lights", None)
    assert "看“学生资助”一列" in words(screen(theme="aid")) and not screen(theme="safety").exception


def test_names_are_never_cut():
    style = (Path(bullets.__file__).parents[2] / "static/style.css").read_text("utf-8")
    for rule in re.findall(
        r"(?:\.b-name|\.b-word|table\.others td:first-child|table\.heat th\[[^{]*) \{[^}]*\}", style
    ):
        assert "ellipsis" not in rule and "nowrap" not in rule and "hidden" not in rule, rule


def found(app) -> list[str]:
    return re.findall(r'<small class="found">(.*?)</small>', unescape(written(app)))


def test_which_themes_and_units_are_behind_is_said_beside_the_headings(looking):  # noqa: F811
    assert found(screen()) == ["明显落后：党建、改革与督导1项", "黄灯：望花4项、顺城3项等3个；未报：抚顺县"]
    themes_of_all, units_of_all = found(screen(basis="filed"))
    assert themes_of_all == "明显落后：改善办学条件1项；党建、改革与督导1项"
    assert units_of_all.startswith("黄灯：清原5项") and units_of_all.endswith("未报：抚顺县")
    assert found(screen(lang="en"))[1].endswith("missing: Fushun County")


def test_of_many_that_are_behind_the_first_are_named_and_where_none_is_what_a_click_does_is_said(looking):  # noqa: F811
    assert themes._behind("yellow", [("甲", 3), ("乙", 2), ("丙", 1)]) == "偏慢：甲3项；乙2项等3个"
    assert themes._behind("", []) == "点一段只看这些承诺"


def test_on_a_phone_the_table_of_what_stands_above_is_opened_by_a_tap(looking, monkeypatch):  # noqa: F811
    assert [one.label for one in screen().expander] == []
    monkeypatch.setattr(figures, "is_phone", lambda: True)
    assert [one.label for one in screen().expander] == ["数字目标"]
