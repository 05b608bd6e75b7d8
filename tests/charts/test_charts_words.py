"""Small lines, descriptions and wrapping."""

from __future__ import annotations

import re

import pytest
from charts_fixtures import judged
from charts_looking import (
    PLAN,
    SHARE,
    SHARE_PROMISE,
    city,
    share_quarter,
    share_year,
)

from catalogue.wording import LANGUAGES, use_language, wordings
from charts.alt import alt
from charts.wrap import width, wrap
from sentences.spark import sparkline_values


def test_a_small_line_has_a_blank_where_nothing_was_reported():
    values = sparkline_values(share_year(), PLAN, until="2021Q3")
    assert [None if v != v else v for v in values] == [41.9, 42.6, None, 43.8]
    assert sparkline_values(judged(), PLAN) == []


def test_a_small_line_of_a_count_begins_with_the_plan_year():
    rows = judged(
        city("2020Q4", 16000.0, indicator="aided-pupils"),
        city("2021Q1", 3000.0, indicator="aided-pupils"),
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


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 0),
        ("短句", 1),
        ("资助学生数10,960人，比序时进度少290人，距15,000人还差4,040人", 3),
    ],
)
def test_words_are_broken_into_lines_a_phone_can_show(text, lines):
    wrapped = wrap(text, 15, 200)
    assert wrapped.lines == lines
    assert wrapped.text.replace("<br>", "") == text
    assert all(width(line, 15) <= 200 for line in wrapped.text.split("<br>"))
    assert not re.search(r"\d<br>[\d,.人]|<br>[，。]", wrapped.text)


def test_both_languages_have_the_same_words():
    ours = [{key for key in wordings(language) if key.startswith("charts.")} for language in LANGUAGES]
    assert ours[0] == ours[1]
