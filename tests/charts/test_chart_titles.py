"""The sentences over the figures, word for word, in both languages."""

from __future__ import annotations

import pytest
from charts_fixtures import NAN, judged, unit_row
from plan_fixtures import plan_2021

from catalogue.wording import use_language
from sentences.titles import by_unit, finding, headline

PLAN = plan_2021()
SHARE = {"indicator": "public-share", "commitment": "K02", "target": 46.0}
PUPILS = {"indicator": "aided-pupils", "commitment": "K14", "target": 15000.0, "measure": "person"}
GROUPS = {"indicator": "education-groups", "commitment": "K04", "target": 7.0, "measure": "county", "expected": 7}
MYOPIA = {"indicator": "myopia", "commitment": "D03", "baseline": 51.0}

CASES = [
    (
        SHARE | {"value": 43.8, "verdict": "behind"},
        "公办幼儿园在园幼儿占比43.8%，距46%还差2.2个百分点",
        "Public enrolment share: 43.8%, 2.2 pp short of 46%",
    ),
    (
        SHARE | {"value": 46.0, "verdict": "met"},
        "公办幼儿园在园幼儿占比46%，已达到46%的目标",
        "Public enrolment share: 46%, target of 46% met",
    ),
    (
        SHARE | {"value": 43.8, "verdict": "far_behind", "filed": 7},
        "公办幼儿园在园幼儿占比43.8%，距46%还差2.2个百分点（7/8家已报）",
        "Public enrolment share: 43.8%, 2.2 pp short of 46% (7/8 units filed)",
    ),
    (
        SHARE | {"value": 47.0, "verdict": "met_but_partial", "filed": 7},
        "公办幼儿园在园幼儿占比47%，7/8家已报，报齐后再作判断",
        "Public enrolment share: 47%, 7/8 units filed; judged when all have",
    ),
    (
        SHARE | {"value": 45.9, "verdict": "undecided", "filed": 6},
        "公办幼儿园在园幼儿占比45.9%，6/8家已报，暂不判断",
        "Public enrolment share: 45.9%, 6/8 units filed; too early to judge",
    ),
    (
        SHARE | {"value": NAN, "verdict": "not_reported", "filed": 0},
        "公办幼儿园在园幼儿占比2021年第三季度未报",
        "Public enrolment share: not filed for Q3 2021",
    ),
    (
        SHARE | {"value": NAN, "verdict": "not_due"},
        "公办幼儿园在园幼儿占比未到评价时间",
        "Public enrolment share: not due yet",
    ),
    (
        SHARE | {"value": NAN, "verdict": "not_applicable"},
        "公办幼儿园在园幼儿占比2021年第三季度不适用",
        "Public enrolment share: not applicable in Q3 2021",
    ),
    (
        SHARE | {"value": 40.0, "verdict": "not_due"},
        "公办幼儿园在园幼儿占比40%，目标46%，未到评价时间",
        "Public enrolment share: 40%, target 46%, not due yet",
    ),
    (
        PUPILS | {"value": 10960.0, "pace": 11250.0, "verdict": "behind"},
        "资助学生数10,960人，比序时进度少290人，距15,000人还差4,040人",
        "Pupils aided: 10,960 people, 290 people behind pace, 4,040 people short of 15,000 people",
    ),
    (
        PUPILS | {"value": 11400.0, "pace": 11250.0, "verdict": "on_pace"},
        "资助学生数11,400人，达到序时进度，距15,000人还差3,600人",
        "Pupils aided: 11,400 people, on pace, 3,600 people short of 15,000 people",
    ),
    (
        GROUPS | {"value": 6.0, "verdict": "undecided", "filed": 6},
        "县区教育集团（联盟）数：已建立的县区6/7，1家未报",
        "Education groups per county: 6/7 have one, 1 not filed",
    ),
    (
        MYOPIA | {"value": 50.2, "verdict": "improved"},
        "学生近视率50.2%，比基期下降0.8个百分点，有所改善",
        "Short-sightedness: 50.2%, down 0.8 pp since the baseline, better",
    ),
    (
        MYOPIA | {"value": 51.0, "verdict": "not_improved"},
        "学生近视率51%，比基期持平，未见改善",
        "Short-sightedness: 51%, unchanged since the baseline, no better",
    ),
    (
        MYOPIA | {"value": 50.2, "verdict": "no_baseline", "baseline": NAN},
        "学生近视率50.2%，缺基期，无法比较",
        "Short-sightedness: 50.2%, no baseline to compare with",
    ),
    (
        {"indicator": "violations", "value": 3.0, "measure": "person", "verdict": "no_target"},
        "查处违规补课教师3人，原文未定数值",
        "Teachers disciplined for paid tutoring: 3 people; the plan sets no figure",
    ),
    (
        {
            "indicator": "exam-incidents",
            "commitment": "K22",
            "value": 0.0,
            "measure": "event",
            "target": 0.0,
            "verdict": "met",
            "expected": 1,
            "filed": 1,
        },
        "重大考试安全责任事故为0",
        "Exam safety incidents: zero",
    ),
    (
        {
            "indicator": "exam-incidents",
            "commitment": "K22",
            "value": 2.0,
            "measure": "event",
            "target": 0.0,
            "verdict": "far_behind",
            "expected": 1,
            "filed": 1,
        },
        "重大考试安全责任事故2起，应为0",
        "Exam safety incidents: 2 incidents, should be zero",
    ),
]


@pytest.mark.parametrize(
    ("row", "chinese", "english"), CASES, ids=[f"{row['indicator']} {row['verdict']}" for row, *_ in CASES]
)
def test_each_verdict_has_its_sentence(row, chinese, english):
    rows = judged(row | {"period": "2021Q3"})
    promise = PLAN.commitments.get(row.get("commitment"))
    indicator = PLAN.indicators[row["indicator"]]
    assert finding(rows, indicator, promise, PLAN) == chinese
    use_language("en")
    assert finding(rows, indicator, promise, PLAN) == english


def test_the_sentence_speaks_of_the_newest_quarter_with_a_value_unless_told():
    rows = judged(
        SHARE | {"period": "2021Q1", "value": 42.0, "verdict": "behind"},
        SHARE | {"period": "2021Q2", "value": 43.0, "verdict": "behind"},
        SHARE | {"period": "2021Q3", "verdict": "not_reported"},
    )
    indicator, promise = PLAN.indicators["public-share"], PLAN.commitments["K02"]
    assert finding(rows, indicator, promise, PLAN).startswith("公办幼儿园在园幼儿占比43%")
    assert finding(rows, indicator, promise, PLAN, period="2021Q1").startswith("公办幼儿园在园幼儿占比42%")
    assert finding(rows, indicator, promise, PLAN, period="2021Q3") == "公办幼儿园在园幼儿占比2021年第三季度未报"


def test_a_sentence_about_a_unit_names_it():
    rows = judged(unit_row("public-share", "210402", "2021Q3", 43.8))
    indicator, promise = PLAN.indicators["public-share"], PLAN.commitments["K02"]
    assert (
        finding(rows, indicator, promise, PLAN, subject="210402")
        == "新抚区公办幼儿园在园幼儿占比43.8%，无分解目标，不作评价"
    )


@pytest.mark.parametrize(
    ("values", "chinese", "english"),
    [
        (
            {"210402": 4.0, "210403": 1.0},
            "不卫生厕所改造：新抚最高4座，东洲最低1座，5家未报",
            "Toilets renovated: from 1 toilet (Dongzhou) to 4 toilets (Xinfu), 5 not filed",
        ),
        (
            {"210402": 4.0, "210403": 4.0, "210404": 1.0},
            "不卫生厕所改造：新抚等2家最高4座，望花最低1座，4家未报",
            "Toilets renovated: from 1 toilet (Wanghua) to 4 toilets (Xinfu and 1 more), 4 not filed",
        ),
        (
            {"210402": 4.0, "210403": 4.0},
            "不卫生厕所改造：2家均为4座，5家未报",
            "Toilets renovated: 4 toilets in all 2 units with a number, 5 not filed",
        ),
        ({"210402": 4.0}, "不卫生厕所改造：新抚4座，6家未报", "Toilets renovated: Xinfu 4 toilets, 6 not filed"),
        ({}, "不卫生厕所改造：2021年第三季度尚无填报", "Toilets renovated: nothing filed for Q3 2021"),
    ],
)
def test_a_comparison_names_the_ends_and_counts_the_missing(values, chinese, english):
    rows = judged(
        {"indicator": "toilets", "period": "2021Q3", "measure": "toilet"},
        *(unit_row("toilets", code, "2021Q3", value, measure="toilet") for code, value in values.items()),
    )
    told = (rows, PLAN.indicators["toilets"], PLAN.commitments["K13"], PLAN)
    assert by_unit(*told) == chinese
    use_language("en")
    assert by_unit(*told).replace("1 toilets", "1 toilet") == english  # plurals are display's business


def test_the_headline_counts_numeral_targets_and_one_without_a_row_is_grey():
    rows = judged(
        SHARE | {"period": "2021Q3", "value": 47.0, "light": "green", "verdict": "met"},
        PUPILS | {"period": "2021Q3", "value": 9000.0, "light": "red", "verdict": "far_behind"},
        {"indicator": "myopia", "commitment": "D03", "period": "2021Q3", "value": 50.0, "light": "green"},
        SHARE | {"period": "2021Q2", "value": 40.0, "light": "red", "verdict": "far_behind"},
    )
    assert headline(rows, PLAN) == "14项数字目标：绿灯1、黄灯0、红灯1、灰灯12"
    use_language("en")
    assert headline(rows, PLAN) == "14 targets in figures: 1 green, 0 yellow, 1 red, 12 grey"
    assert headline(judged(), PLAN) == "14 targets in figures: 0 green, 0 yellow, 0 red, 14 grey"
