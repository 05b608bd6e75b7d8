"""The figure of completeness and timeliness: its finding, its columns, and blanks that are no zeros."""

from __future__ import annotations

import pandas as pd
import pytest
from charts_looking import trace, words
from plan_fixtures import plan_2021

from catalogue.wording import LANGUAGES, use_language
from charts.reporting_rate import rate_alt, rate_title, reporting_rate
from charts.theme import PALETTES, picture_name

PLAN = plan_2021()
NAN = float("nan")


def quarter(period, filed=25, on_time=25, returned=0, begun=True):
    shares = (100 * filed / 25, 100 * on_time / 25) if begun else (NAN, NAN)
    return {
        "period": period,
        "form": "*",
        "owed": 25,
        "filed": filed,
        "on_time": on_time,
        "late": filed - on_time,
        "returned": returned,
        "missing": 25 - filed - returned,
        "completeness": shares[0],
        "timeliness": shares[1],
        "as_of": pd.Timestamp("2021-10-13"),
    }


def year():
    return pd.DataFrame(
        [
            quarter("2021Q1", on_time=24),
            quarter("2021Q2"),
            quarter("2021Q3", 23, 22, returned=1),
            quarter("2021Q4", 0, 0, begun=False),
        ]
    )


def test_the_title_says_how_the_newest_quarter_stands():
    assert rate_title(year(), PLAN) == "2021年第三季度报送率92%，按时率88%，未报1份，退回待改1份"
    assert rate_title(year()[:2], PLAN) == "2021年第二季度报送率100%，按时率100%"
    use_language("en")
    assert rate_title(year(), PLAN) == "Q3 2021: 92% of returns filed, 88% in time, not filed 1, sent back 1"


def test_each_quarter_has_its_two_columns_and_each_column_its_number():
    chart = reporting_rate(year(), PLAN)
    assert list(trace(chart, "completeness").y) == [100, 100, 92]
    assert list(trace(chart, "timeliness").y) == [96, 100, 88]
    assert list(trace(chart, "timeliness").customdata) == ["2021Q1", "2021Q2", "2021Q3"]
    said = words(chart)
    assert (said.count("100%"), said.count("96%"), said.count("92%"), said.count("88%")) == (3, 1, 1, 1)
    assert said.count("已报") == said.count("按时") == 3
    assert "2021年第三季度<br>应报25份，已报23份，其中按时22份、迟报1份" in trace(chart, "completeness").hovertext


def test_columns_stand_on_zero_and_beside_one_another():
    chart = reporting_rate(year(), PLAN)
    first, second = trace(chart, "completeness"), trace(chart, "timeliness")
    assert chart.layout.yaxis.range[0] == 0
    assert all(right - left >= first.width for left, right in zip(first.x, second.x, strict=True))


def test_a_quarter_not_yet_due_is_a_word_and_no_zero():
    chart = reporting_rate(year(), PLAN)
    assert words(chart).count("未到期") == 1
    assert 0 not in [*trace(chart, "completeness").y, *trace(chart, "timeliness").y]


def test_a_quarter_that_was_missed_is_a_zero():
    missed = pd.DataFrame([quarter("2021Q1", 0, 0)])
    assert list(trace(reporting_rate(missed, PLAN), "completeness").y) == [0]
    assert rate_title(missed, PLAN) == "2021年第一季度报送率0%，按时率0%，未报25份"


def test_nothing_short_of_all_reads_as_all():
    nearly = pd.DataFrame([quarter("2021Q1") | {"completeness": 99.7, "timeliness": 0.2, "missing": 1}])
    assert rate_title(nearly, PLAN) == "2021年第一季度报送率99.9%，按时率0.1%，未报1份"


def test_the_picture_carries_its_day_its_definition_and_what_kind_of_data_it_shows():
    [state] = [text for text in words(reporting_rate(year(), PLAN)) if text.startswith("截至")]
    assert state == "截至2021年10月13日 · 演示数据"
    assert any(text.startswith("口径：报送率＝已报份数÷应报份数") for text in words(reporting_rate(year(), PLAN)))
    assert picture_name("reporting_rate", "2021Q3") == "报送率和按时率_2021年第三季度"


@pytest.mark.parametrize("rows", [year()[:0], year()[3:]], ids=["no rows", "nothing due"])
def test_without_a_quarter_that_has_begun_there_is_no_figure(rows):
    assert "暂无数据" in words(reporting_rate(rows, PLAN))
    assert rate_alt(rows, PLAN) == rate_title(rows, PLAN) == "报送率和按时率"


def test_the_description_tells_every_quarter_drawn():
    assert rate_alt(year(), PLAN) == (
        "报送率和按时率柱状图。2021年第三季度报送率92%，按时率88%，未报1份，退回待改1份。2021年第一季度 报送率100%，按时率96%；"
        "2021年第二季度 报送率100%，按时率100%；2021年第三季度 报送率92%，按时率88%。"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mode", PALETTES)
def test_it_is_drawn_in_every_mode_and_language(mode, language):
    use_language(language)
    chart = reporting_rate(year(), PLAN, mode, wide=True)
    assert chart.layout.paper_bgcolor == PALETTES[mode].ground
    assert (language == "zh") == any("\u4e00" <= sign <= "\u9fff" for text in words(chart) for sign in text)
