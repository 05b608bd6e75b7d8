"""The indicator's screen: what is the state, how much is lacking and where, where the year would end, what would be if."""

from __future__ import annotations

import shutil
from html import unescape

import pytest
from pages_fixtures import on_stage, screen, written

PAGE = "pages/indicator.py"


@pytest.fixture(scope="module")
def shared_folder(demo_data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("indicator") / "var"
    shutil.copytree(demo_data, folder)
    return folder


@pytest.fixture
def demo(shared_folder, monkeypatch):
    on_stage(shared_folder, monkeypatch)


def told(indicator: str, basis: str = "filed", **query: str) -> str:
    return unescape(
        written(screen(PAGE, indicator=indicator, basis=basis, period=query.pop("period", "2021Q3"), **query))
    )


def test_the_head_has_light_clause_figures_and_the_task_it_comes_from(demo):
    said = told("public-share")
    assert "○</i> 灰灯" in said and "公办幼儿园在园幼儿占比达到46%" in said
    assert "tasks?" in said and "task=10" in said
    assert [word in said for word in ("45.79%", "46%", "45.5%", "+1.36个百分点", "7/8", "47.48%")] == [True] * 6


def test_the_gap_is_told_in_children_and_names_who_lacks_most(demo):
    # 8,326 and 6,352 children in kindergarten, 2,895 and 2,460 of them in public ones (学前教育!E8, E9)
    assert pytest.approx(935, abs=0.5) == 8326 * 0.46 - 2895 and pytest.approx(462, abs=0.5) == 6352 * 0.46 - 2460
    assert (
        "按目前在园幼儿总数计，距46%还差63人（公办园在园幼儿）：顺城区差935人、望花区差462人，其余5家已达到46%。按7/8家已报的数计算。"
        in told("public-share")
    )


def test_where_each_must_keep_it_the_gap_is_counted_unit_by_unit(demo):
    assert "4家未达到100%，共差11处：清原满族自治县差4处" in told("alarm-coverage")


@pytest.mark.parametrize(
    ("indicator", "sentence"),
    [
        ("trainees", "距3,000人还差820人。"),
        ("serious-incidents", "应为0，现为0。"),
        ("canteen-investment", "距1,300万元还差540万元。"),
        ("counties-surveyed", "已达到7个县区。"),
    ],
)
def test_what_is_lacking_of_sums_zero_promises_and_the_bureaus_own(demo, indicator, sentence):
    assert sentence in told(indicator)


def test_a_direction_and_a_count_without_target_lack_nothing(demo):
    for indicator in ("myopia", "teachers-recruited"):
        said = told(indicator)
        assert "还差" not in said and "按此进度，年底为" in said


def test_the_year_end_says_its_method_and_who_was_carried_on(demo):
    said = told("public-share")
    assert "按此进度，年底为47.48%，可达到46%。" in said
    assert "分子、分母分别推算" in said and "抚顺县本期没有可计入的数，从上一次的数起推算。只作参考，不亮灯。" in said


@pytest.mark.parametrize(
    ("indicator", "period", "why"),
    [
        ("trainees", "2021Q1", "不足两个季度的数，暂不推算年底。"),
        ("alarm-coverage", "2021Q3", "逐单位判断的承诺，不推算全市年底数。"),
    ],
)
def test_without_a_year_end_it_says_why(demo, indicator, period, why):
    said = told(indicator, period=period)
    assert why in said and "按此进度，年底为" not in said


def test_only_what_is_approved_counts_and_says_so(demo):
    said = told("public-share", basis="approved")
    assert "4/8家已审核，另有3家已报待审核" in said and "按4/8家已审核的数计算。" in said
    assert "7/8家已报" not in said


def test_in_english_no_chinese_sentence_is_left(demo):
    said = told("public-share", lang="en")
    assert "63 people short of 46%" in said and "At this pace the year ends at 47.48% and reaches 46%." in said


def trying(indicator: str, **query: str):
    app = screen(PAGE, indicator=indicator, basis="filed", period="2021Q3", **query)
    app.toggle(key="what if").set_value(True).run()
    return app


def result(app) -> str:
    return next(each.value for each in app.markdown if each.value.startswith(("**全市", "**City")))


def test_a_slider_moves_the_city_and_lights_no_lamp(demo):
    app = trying("public-share")
    assert len(app.slider) == 7  # those that answered
    assert result(app) == "**全市45.79%（实际数）**"
    shuncheng = next(slider for slider in app.slider if slider.label.startswith("顺城区"))
    shuncheng.set_value(40.0).run()
    # 8,326 children × (40 % − 34.77 %) more of 28,962
    assert result(app).startswith("**全市由45.79%变为47.2") and "达到46%" in result(app)
    assert "报齐前不亮绿灯（仅为测算）" in result(app)
    app.button(key="what if reset").click().run()
    assert result(app) == "**全市45.79%（实际数）**"


def test_a_whole_sum_tells_the_light_it_would_have_in_words(demo):
    app = trying("toilets")
    app.slider[0].set_value(4.0).run()
    assert "全市由9座变为13座（+4座）" in result(app) and "绿灯（仅为测算）" in result(app)


def test_it_speaks_the_language_of_the_screen_when_it_runs_by_itself(demo):
    assert result(trying("toilets", lang="en")) == "**City: 9 toilets (actual)**"


@pytest.mark.parametrize("indicator", ["alarm-coverage", "education-groups", "canteen-investment"])
def test_there_is_nothing_to_try_where_units_are_judged_one_by_one_or_one_reports_alone(demo, indicator):
    assert not screen(PAGE, indicator=indicator, basis="filed").toggle
