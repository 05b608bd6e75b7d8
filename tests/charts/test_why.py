"""Why a light is what it is: every verdict has its words in both languages, and they state what the rows say."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from charts_fixtures import NAN, judged, unit_row
from charts_looking import PLAN, city

from catalogue.wording import say, use_language
from sentences import why as room
from sentences.why import grey_word, range_words, verdict_words, why
from warehouse.build import MARTS

VERDICTS = re.findall(r"\('(\w+)', '\w+', \d+\)", next(mart.sql for mart in MARTS if mart.name == "verdict"))
NUMBER = r"[\d,]+(?:\.\d+)?%?"


def stick(subject=None, indicator="public-share", **more):
    """What the row is held against: 46 % is green, 41 % yellow."""
    told = {
        "indicator": indicator,
        "commitment": "K02",
        "subject": subject,
        "rule": "threshold",
        "operator": "ge",
        "sign": 1,
        "target": 46.0,
        "green_at": 46.0,
        "yellow_at": 41.0,
        "base": NAN,
        "counts": "person",
        "lacking": 63.0,
    }
    return told | more


def told(*rows, sticks=None, indicator="public-share", subject=None, period="2021Q3"):
    return why(judged(*rows), pd.DataFrame(sticks or [stick(subject)]), PLAN, indicator, period, subject)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_of_the_marts_is_worded(verdict, lang):
    use_language(lang)
    value = NAN if verdict in ("not_reported", "not_applicable") else 45.79
    found = told(city("2021Q3", value, verdict=verdict, light="grey", filed=7, numerator=13397.0, denominator=29259.0))
    assert found is not None and found.title.startswith("K02 ")
    assert "{" not in found.text and found.short and "None" not in found.text and "nan" not in found.text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "rule", ["pace", "threshold", "frequency", "deadline", "zero", "direction", "none", "no_subtarget"]
)
@pytest.mark.parametrize("sign", [1, -1])
def test_every_rule_is_worded_with_its_bounds(rule, sign, lang):
    use_language(lang)
    found = told(city("2021Q3", 45.0), sticks=[stick(rule=rule, sign=sign, base=44.0)])
    lines = dict(found.lines)
    assert lines["rule"] and "{" not in lines["rule"]
    if rule in ("pace", "threshold"):
        assert "46%" in lines["rule"] and "41%" in lines["rule"]
    if rule == "direction":
        assert "44%" in lines["rule"]


def test_it_says_the_numbers_the_missing_what_it_may_come_to_and_what_is_lacking():
    rows = [
        city(
            "2021Q3",
            45.79,
            pace=45.5,
            filed=7,
            verdict="met_but_partial",
            light="grey",
            numerator=13397.0,
            denominator=29259.0,
            low=46.29,
            high=46.99,
            whole_verdict="met",
        ),
        city("2021Q2", 44.4, light="yellow"),
        unit_row("public-share", "210421", "2021Q3", NAN, verdict="not_reported", filed=0, expected=1),
        unit_row("public-share", "210402", "2021Q3", 61.0),
    ]
    found = told(*rows)
    assert found.title == "K02 公办幼儿园在园幼儿占比：待报齐（46.29–46.99%，应达标）"
    assert dict(found.lines) == {
        "state": "45.79%，目标46%，序时45.5%。",
        "rule": "达到46%为绿灯，不低于41%为黄灯，再低为红灯。",
        "numbers": "公办园在园幼儿13,397 ÷ 在园幼儿总数29,259（7家合计）。",
        "missing": "抚顺县未报；按其上期数估计，报齐后全市46.29–46.99%，都达标。",
        "since": "本季起为灰灯；2021年第二季度为黄灯。",
        "to_green": "公办园在园幼儿再增加63人。报齐后再判断。",
        "clause": "抚教发〔2021〕1号第10项“公办幼儿园在园幼儿占比达到46%”（硬性）。",
    }


def test_a_promise_each_must_keep_names_who_does_not():
    row = {"indicator": "alarm-coverage", "commitment": "K16", "period": "2021Q3", "measure": "unit"}
    rows = [
        row
        | {
            "value": 1.0,
            "target": 3.0,
            "verdict": "behind",
            "light": "yellow",
            "filed": 2,
            "expected": 3,
            "low": 1.0,
            "high": 2.0,
        },
        unit_row("alarm-coverage", "210402", "2021Q3", 100.0, verdict="met", light="green"),
        unit_row("alarm-coverage", "210403", "2021Q3", 97.0, verdict="behind", light="yellow"),
        unit_row("alarm-coverage", "210404", "2021Q3", NAN, verdict="not_reported", light="grey", filed=0, expected=1),
    ]
    mine = {"indicator": "alarm-coverage", "commitment": "K16", "counts": "place"}
    sticks = [
        stick(rule="each", lacking=NAN, **mine),
        stick("210402", lacking=0.0, **mine),
        stick("210403", lacking=3.0, **mine),
        stick("210404", lacking=NAN, **mine),
    ]
    lines = dict(told(*rows, sticks=sticks, indicator="alarm-coverage").lines)
    assert lines["state"] == "全安装单位1/3个单位。"
    assert lines["numbers"] == "逐单位判断：绿灯1、黄灯1、红灯0。"
    assert lines["decides"] == "未做到的：东洲区97%。"
    assert lines["to_green"] == "东洲区差3处。报齐后再判断。"
    assert lines["missing"] == "望花区未报；按其上期数估计，报齐后1–2个单位做到，仍不能都做到。"


def test_a_broken_zero_cannot_turn_green_again_and_a_green_one_lacks_nothing():
    assert dict(
        told(city("2021Q3", 2.0, verdict="far_behind", light="red"), sticks=[stick(rule="zero", lacking=2.0)]).lines
    )["to_green"].startswith("已发生的")
    assert "to_green" not in dict(told(city("2021Q3", 47.0, verdict="met", light="green")).lines)


def test_how_long_a_light_has_been_the_same():
    rows = [
        city("2021Q1", 40.0, light="red"),
        city("2021Q2", 42.0, light="yellow"),
        city("2021Q3", 43.0, light="yellow"),
    ]
    assert dict(told(*rows).lines)["since"] == "自2021年第二季度起为黄灯；此前2021年第一季度为红灯。"
    assert "since" not in dict(told(city("2021Q3", 43.0, light="yellow")).lines)


def test_of_a_unit_it_speaks_of_the_unit():
    rows = [unit_row("public-share", "210402", "2021Q3", 61.0, verdict="no_subtarget", light="grey")]
    found = told(*rows, sticks=[stick("210402", rule="no_subtarget")], subject="210402")
    assert found.title == "K02 新抚区公办幼儿园在园幼儿占比：未分解到单位" or found.title.startswith("新抚区公办")
    assert "missing" not in dict(found.lines) and "to_green" not in dict(found.lines)


def test_nothing_is_said_of_what_is_not_there():
    assert told(city("2021Q3", 45.0), period="2021Q4") is None


@pytest.mark.parametrize(
    ("whole", "words"),
    [
        ("met", "待报齐，应达标"),
        ("on_pace", "待报齐，应达序时"),
        ("improved", "待报齐，应比基期好"),
        (None, "不落后，待报齐"),
    ],
)
def test_on_partial_returns_met_on_pace_and_better_are_told_apart(whole, words):
    row = judged(city("2021Q3", 45.79, verdict="met_but_partial", light="grey", whole_verdict=whole)).iloc[0]
    assert grey_word(row) == words


def test_the_range_is_said_once_where_both_ends_read_alike_and_not_at_all_where_nothing_is_known():
    row = lambda low, high: judged(city("2021Q3", 45.0, verdict="undecided", light="grey", low=low, high=high)).iloc[0]  # noqa: E731
    assert range_words(row(45.001, 45.004)) == "45%"
    assert range_words(row(44.0, 46.5)) == "44–46.5%"
    assert range_words(row(NAN, NAN)) == "" and verdict_words(row(NAN, NAN)) == say("why.is.undecided")
    assert verdict_words(row(44.0, 46.5)) == "尚不能判定（报齐后44–46.5%）"


def test_the_parts_are_those_there_are_words_for():
    assert all(hasattr(room._Telling, part) and say(f"why.part.{part}") for part in room.PARTS)
