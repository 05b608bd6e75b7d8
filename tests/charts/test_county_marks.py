"""Units side by side: rates that lie close together are dots on a broken scale; who has not filed shows what it last had."""

from __future__ import annotations

from charts_fixtures import judged
from charts_looking import PLAN, SHARE, SHARE_PROMISE, city, share_quarter, trace, units_of, words

from charts import county_marks
from charts.county_bars import county_bars

CLOSE = {"210402": 45.1, "210403": 45.8, "210404": 46.2, "210411": 44.4}


def close(**values: float | None):
    return judged(
        city("2021Q3", 45.5, indicator="public-share", target=46.0),
        *units_of("public-share", "2021Q2", {"210421": 44.9, "210402": 44.0}),
        *units_of("public-share", "2021Q3", {**CLOSE, "210421": None, **values}),
    )


def test_rates_that_bars_from_zero_would_make_alike_are_dots_on_a_stretch_of_their_own():
    chart = county_bars(close(), SHARE, SHARE_PROMISE, PLAN)
    assert chart.data[0].mode == "markers" and chart.data[0].x[:4] == (46.2, 45.8, 45.1, 44.4)
    low, high = chart.layout.xaxis.range
    assert 44 < low < 44.4 and 46.2 < high < 47
    said = " ".join(words(chart))
    assert "//" in said and "标尺不从零起" in said
    assert trace(chart, "catcher").base == low  # the whole row takes the pointer


def test_where_values_lie_apart_or_are_added_up_bars_begin_at_zero():
    bars = county_bars(share_quarter(), SHARE, SHARE_PROMISE, PLAN)
    assert bars.data[0].type == "bar" and bars.layout.xaxis.range[0] == 0
    rows = judged(*units_of("toilets", "2021Q3", {"210402": 4.0, "210403": 5.0}, measure="toilet"))
    sums = county_bars(rows, PLAN.indicators["toilets"], PLAN.commitments["K13"], PLAN)
    assert sums.data[0].type == "bar" and sums.layout.xaxis.range[0] == 0
    assert "标尺不从零起" not in " ".join(words(bars))


def test_a_unit_that_has_not_filed_shows_hollow_what_it_last_had_and_its_word():
    chart = county_bars(close(), SHARE, SHARE_PROMISE, PLAN)
    ghost = trace(chart, "last known")
    assert ghost.x == (44.9,)
    assert chart.layout.yaxis.ticktext[ghost.y[0]] == "抚顺县"
    catcher = trace(chart, "catcher")
    assert "2021年第二季度 44.9%" in catcher.hovertext[ghost.y[0]]
    assert "空心为未报单位上次的数" in " ".join(words(chart))


def test_a_last_value_beyond_the_stretch_is_left_out_rather_than_drawn_at_its_edge():
    rows = judged(
        *units_of("public-share", "2021Q2", {"210421": 12.0}),
        *units_of("public-share", "2021Q3", {**CLOSE, "210421": None}),
    )
    assert "last known" not in [one.name for one in county_bars(rows, SHARE, SHARE_PROMISE, PLAN).data]


def test_one_value_alone_or_equal_ones_have_a_scale():
    assert county_marks.scale(SHARE, [45.0], []).low == 0
    span = county_marks.scale(SHARE, [45.0, 45.0], [])
    assert span.broken and span.low < 45 < span.high
