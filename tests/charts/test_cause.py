"""Why a promise is not green, in words: pace, target, limit, each unit, zero; what a grey one lacks."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from catalogue.load import PLANS, load_plan
from catalogue.wording import knows, use_language
from sentences import cause
from sentences.attention import AttentionLine, tally

PLAN = load_plan(PLANS / "2021")
GREY = (
    *("undecided", "met_but_partial", "not_reported", "not_due", "suppressed"),
    *("not_applicable", "no_baseline", "no_target", "no_subtarget"),
)


def promise(scope: str = "city", operator: str = "ge", zero: bool = False):
    return SimpleNamespace(scope=scope, is_zero=zero, wants_less=zero or operator == "le")


def row(light: str, verdict: str, value: float | None = 7.0, target: float = 8.0, pace: float | None = None, **other):
    told = {"basis": "filed", "filed": 8, "approved": 8, "expected": 8, "measure": "unit", "low": None, "high": None}
    return SimpleNamespace(light=light, verdict=verdict, value=value, target=target, pace=pace, **{**told, **other})


@pytest.mark.parametrize(
    ("found", "of", "told"),
    [
        (row("yellow", "behind", pace=7.5), promise(), "略低于序时"),
        (row("red", "far_behind", pace=7.5), promise(), "明显低于序时"),
        (row("yellow", "behind", pace=8.0), promise(), "略低于目标"),
        (row("red", "far_behind"), promise(operator="le"), "明显高于目标"),
        (row("red", "far_behind"), promise(zero=True), "应为0，现不为0"),
        (row("yellow", "not_improved"), promise(), "比基期未改善"),
        (row("red", "far_behind"), promise("each"), "每家都要做到，1家没做到"),
        (row("red", "far_behind", filed=7), promise("each"), "每家都要做到，有的没做到"),
        (row("green", "met"), promise(), ""),
        (row("grey", "undecided", filed=6), promise(), "2家未报"),
        (row("grey", "undecided", basis="approved", approved=4), promise(), "4家未报或未审"),
        (row("grey", "not_reported", None, basis="approved", approved=7), promise(), "待审核"),
        (row("grey", "no_target"), promise(), "无数值目标"),
    ],
)
def test_a_light_is_told_by_the_rule_it_does_not_keep_or_by_what_it_lacks(found, of, told):
    assert cause.cause(found, of) == told


def test_seven_of_eight_in_red_and_a_sum_in_yellow_say_their_rules():
    broken = row("red", "far_behind")
    assert cause.sentence(broken, promise("each")) == "红灯：每家都要做到，1家没做到；有的差得多，全市取最差的一盏"
    assert cause.sentence(broken, promise("each", zero=True)).endswith("应为0，一家发生全市即为红灯")
    assert cause.sentence(row("yellow", "behind", 0.0, 1300.0, 10.0), promise()) == "黄灯：略低于序时"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("verdict", GREY)
def test_every_grey_verdict_has_its_words_in_both_languages(verdict, lang):
    use_language(lang)
    found = row("grey", verdict, None, filed=7)
    assert knows(f"cause.grey.{verdict}") and knows(f"cause.counted.{verdict}")
    assert cause.cause(found, promise()) and cause.sentence(found, promise()) and cause.counted([found])


def test_grey_ones_are_counted_by_what_they_lack_most_frequent_first():
    rows = [row("grey", "not_due"), *[row("grey", "undecided", filed=7)] * 2, row("red", "far_behind")]
    assert cause.counted(rows) == "有单位未报齐、尚不能判定2项；期限未到1项" and cause.counted([]) == ""


def test_what_needs_attention_is_counted_promises_first_and_the_others_apart():
    lines = [AttentionLine("red", "", ""), AttentionLine("red", "", "", of="milestone")]
    assert tally(lines) == "承诺红灯1项。不计入灯数：节点逾期1个。"
    assert tally([AttentionLine("grey", "", "", of="return")]) == ""
