"""Figures of money and works: the finding over them, what is drawn, and blanks that are no zeros."""

from __future__ import annotations

import pandas as pd
import pytest
from charts_looking import trace, words
from plan_fixtures import plan_2021, small_plan

from catalogue.wording import LANGUAGES, use_language
from charts.aid import aid_per_pupil, aid_title
from charts.investment import investment
from charts.project_timeline import project_timeline, timeline_title
from charts.theme import PALETTES
from sentences import works_words

PLAN = plan_2021()
NAN = float("nan")
MONEY, HEADS = PLAN.commitments["K15"], PLAN.commitments["K14"]
PLANNED = {"canteen": 1300, "campus": 1443, "buildings": 3200}
INVESTED = {"2021Q1": (0, 150, 400), "2021Q2": (320, 690, 860), "2021Q3": (760, 1120, 1390)}
QUARTERS = ("2021Q1", "2021Q2", "2021Q3", "2021Q4")


def line(period, planned, invested, state):
    pace = planned * (QUARTERS.index(period) + 1) / 4
    share = 100 * invested / planned
    return {
        "period": period,
        "state": state,
        "invested": float(invested),
        "planned": planned,
        "pace": pace,
        "invested_share": share,
        "pace_share": 100 * pace / planned,
        "lag": 100 * pace / planned - share,
        "behind": pace - invested,
    }


def projects(state="approved", last="2021Q3", stage="building", **more):
    """As `read_works.projects`; nothing told after `last`."""
    rows = []
    for at in QUARTERS:
        for n, (code, planned) in enumerate(PLANNED.items()):
            told = at <= last
            row = line(at, planned, INVESTED[at][n] if told else NAN, state if told or at == "2021Q3" else "missing")
            started = pd.Timestamp("2021-03-15") if told and code != "canteen" else pd.NaT
            rows.append(
                row
                | {
                    "project": code,
                    "said": told,
                    "stage": stage if told else None,
                    "started": started,
                    "finished": pd.NaT,
                }
                | more
            )
    return pd.DataFrame(rows)


def together(state="approved", last="2021Q3"):
    rows = [
        line(at, 5943, sum(INVESTED[at]) if at <= last else NAN, state if at <= "2021Q3" else "missing")
        | {"projects": 3, "told": 3 * (at <= last)}
        for at in QUARTERS
    ]
    return pd.DataFrame(rows)


def aided(**per_unit):
    """As `read_works.per_head`, one quarter: 万元 and heads of a unit, or the word for its lack."""
    rows, money, heads = [], 0.0, 0.0
    for code in PLAN.units:
        given = per_unit.get(f"u{code}", "missing")
        has = not isinstance(given, str)
        money, heads = (money + given[0], heads + given[1]) if has else (money, heads)
        rows.append(
            {
                "period": "2021Q3",
                "subject": code,
                "state": "whole" if has else given,
                "amount": given[0] if has else NAN,
                "heads": given[1] if has else NAN,
                "per_head": 10000 * given[0] / given[1] if has else NAN,
                "planned": 2000.0,
                "entered": int(given != "missing"),
                "expected": 1,
            }
        )
    city = {
        "period": "2021Q3",
        "subject": None,
        "state": "whole",
        "amount": money,
        "heads": heads,
        "per_head": 10000 * money / heads if heads else NAN,
        "planned": 2000.0,
        "entered": sum(row["entered"] for row in rows),
        "expected": len(rows),
    }
    return pd.DataFrame([city, *rows])


AIDED = aided(u210402=(20.0, 100), u210403=(60.0, 200), u210404="nobody", u210411="na", u210421="unreviewed")


# The sentences


def test_the_headline_sums_up_and_says_how_far_behind():
    assert (
        works_words.headline(together(), "2021Q3")
        == "3个项目完成投资3,270万元，占计划5,943万元的55%，慢于序时20个百分点（少1,187万元）"
    )
    use_language("en")
    assert works_words.headline(together(), "2021Q1").startswith("3 projects: 5.5m CNY invested, 9% of the 59.43m CNY")


@pytest.mark.parametrize(
    ("state", "why"), [("filed", "未审核"), ("returned", "退回待改"), ("missing", "未报"), ("approved", "未填")]
)
def test_a_quarter_that_does_not_count_is_named_and_the_last_one_that_does_is_told(state, why):
    said = works_words.headline(together(state, last="2021Q2"), "2021Q3")
    assert said.startswith(f"2021年第三季度项目报表{why}；截至2021年第二季度，3个项目完成投资1,870万元")


def test_before_anything_counts_there_is_no_zero():
    assert works_words.headline(together(last="2020Q4"), "2021Q1") == "截至2021年第一季度尚无计入的项目报表"
    assert "暂无数据" in words(investment(projects(last="2020Q4"), together(last="2020Q4"), PLAN, period="2021Q1"))


@pytest.mark.parametrize(
    ("lag", "share", "said"),
    [
        (16.54, 58.5, "慢于序时16.5个百分点"),
        (-2.62, 77.6, "快于序时2.6个百分点"),
        (0.01, 75, "与序时持平"),
        (-25, 100, "已完成计划"),
        (NAN, NAN, ""),
        (-33, 108, "超过计划，为计划的108%"),
    ],
)
def test_a_lag_is_said_in_points(lag, share, said):
    assert works_words.against(lag, share) == said


def test_nearly_all_does_not_read_as_all():
    assert [works_words.percent(value) for value in (99.7, 100, 0.2, 0, 58.46, NAN)] == [
        "99.9%",
        "100%",
        "0.1%",
        "0%",
        "58%",
        "—",
    ]


# Investments


def test_three_investments_and_their_sum_each_against_its_plan():
    chart = investment(projects(), together(), PLAN, period="2021Q3")
    said = words(chart)
    assert [text for text in said if text.startswith("计划")] == [
        "计划1,300万元",
        "计划1,443万元",
        "计划3,200万元",
        "计划5,943万元",
    ]
    assert {"二中食堂完成投资", "合计", "760", "3,270", "序时"} <= set(said)
    bars = [drawn for drawn in chart.data if drawn.name == "invested"]
    assert [tuple(round(y, 1) for y in bar.y) for bar in bars] == [
        (0, 24.6, 58.5),
        (10.4, 47.8, 77.6),
        (12.5, 26.9, 43.4),
        (9.3, 31.5, 55),
    ]
    assert [bar.customdata[0] for bar in bars] == ["canteen-investment", "campus-investment", "building-investment", ""]
    paces = [drawn for drawn in chart.data if drawn.name == "pace"]
    assert all(tuple(y for y in pace.y if y is not None) == (25, 25, 50, 50, 75, 75) for pace in paces)


def test_a_quarter_that_does_not_count_is_a_word_and_no_column():
    chart = investment(projects("filed", last="2021Q2"), together("filed", last="2021Q2"), PLAN, period="2021Q3")
    assert words(chart).count("未审核") == 4
    assert all(len(drawn.x) == 2 for drawn in chart.data if drawn.name == "invested")


def test_later_quarters_than_the_one_on_show_are_not_drawn():
    chart = investment(projects(), together(), PLAN, period="2021Q1")
    assert all(list(drawn.x) == [0] for drawn in chart.data if drawn.name == "invested")


# The timeline


def test_every_quarter_has_its_stage_and_the_share_of_the_money():
    chart = project_timeline(projects(), PLAN, period="2021Q3")
    said = words(chart)
    assert said.count("未到期") == 3 and "施工中\n资金58%" in said and "截至9月30日" in said
    assert "▲ 3月15日开工" in said
    assert timeline_title(projects(), PLAN, "2021Q3") == "3个项目均为施工中；校舍长效机制等完成投资占计划最少，为43%"
    assert len(trace(chart, "catcher").x) == 12 and trace(chart, "catcher").customdata[0] == "canteen-investment"


def test_a_start_stands_at_its_day():
    chart = project_timeline(projects(), PLAN, period="2021Q3")
    [first, *_] = [note.x for note in chart.layout.annotations if note.name == "started"]
    assert first == pytest.approx((31 + 28 + 15) / 90, abs=0.01)


def test_an_unreviewed_quarter_is_no_stage_and_the_title_says_which_one_it_tells():
    rows = projects("filed", last="2021Q2")
    chart = project_timeline(rows, PLAN, period="2021Q3")
    assert words(chart).count("未审核") == 3
    assert len([shape for shape in chart.layout.shapes if shape.name == "stage"]) == 6
    assert timeline_title(rows, PLAN, "2021Q3").startswith("截至2021年第二季度，3个项目均为施工中")


def test_a_stage_the_plan_does_not_know_is_shown_as_it_stands():
    chart = project_timeline(projects(stage="other"), PLAN, period="2021Q3")
    assert any(text.startswith("other") for text in words(chart))


# Aid per pupil


def test_units_stand_by_what_a_pupil_gets_highest_first():
    chart = aid_per_pupil(AIDED, PLAN, MONEY, HEADS, period="2021Q3")
    assert list(trace(chart, "per head").x)[:2] == [3000, 2000] and set(list(trace(chart, "per head").x)[2:]) == {None}
    assert list(trace(chart, "catcher").customdata)[:2] == ["210403", "210402"]
    assert {"3,000元", "无受助学生", "不适用", "未审核", "未报", "计划 2,000元"} <= set(words(chart))


def test_the_title_holds_the_city_against_the_plan_and_counts_who_is_missing():
    assert (
        aid_title(AIDED, PLAN, "2021Q3")
        == "人均资助2,667元，高于计划的2,000元；东洲最高3,000元，新抚最低2,000元，3家未计入"
    )
    assert aid_title(aided(), PLAN, "2021Q3") == "2021年第三季度人均资助尚无可计算的数"
    assert "暂无数据" in words(aid_per_pupil(aided(), PLAN, MONEY, HEADS, period="2021Q3"))


def test_its_source_names_the_clause_and_says_how_the_plans_own_came_about():
    said = words(aid_per_pupil(AIDED, PLAN, MONEY, HEADS, period="2021Q3"))
    assert any(
        "完成1.5万名学生3000万元资助目标" in text.replace("\n", "") and "3,000万元÷15,000人" in text.replace("\n", "")
        for text in said
    )


# All of them

DRAWN = {
    "investment": lambda mode, wide: investment(projects(), together(), PLAN, mode, "2021Q3", wide),
    "timeline": lambda mode, wide: project_timeline(projects(), PLAN, mode, "2021Q3", wide),
    "aid": lambda mode, wide: aid_per_pupil(AIDED, PLAN, MONEY, HEADS, mode=mode, period="2021Q3", wide=wide),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mode", PALETTES)
@pytest.mark.parametrize("kind", DRAWN)
def test_it_is_drawn_in_every_mode_and_language(kind, mode, language):
    use_language(language)
    chart = DRAWN[kind](mode, True)
    assert chart.layout.paper_bgcolor == PALETTES[mode].ground
    if language == "zh":
        assert any(text.startswith("截至2021年9月30日") and "演示数据" in text for text in words(chart))
    else:
        chinese = [text for text in words(chart) if any("\u4e00" <= sign <= "\u9fff" for sign in text)]
        assert all("抚教发" in text for text in chinese)  # the document's own number and words


def test_a_plan_without_works_draws_nothing():
    empty = projects().iloc[:0]
    assert "暂无数据" in words(project_timeline(empty, small_plan(), period="2022Q1"))


def test_the_day_under_a_figure_is_that_of_the_quarter_in_its_title():
    """The third quarter is not approved: both figures stand on the second, and say so in title and caption."""
    told = together()
    told.loc[told["period"] == "2021Q3", ["invested", "told"]] = [float("nan"), 0]
    assert works_words.counted(told, "2021Q3") == "2021Q2"
    assert works_words.as_of(PLAN, works_words.counted(told, "2021Q3")).startswith("截至2021年6月30日")
    assert works_words.counted(told.head(0), "2021Q3") == "2021Q3"
