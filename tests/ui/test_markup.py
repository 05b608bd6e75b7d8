"""Our HTML: what people wrote is never markup, links keep the choices, small lines keep their gaps."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from ui.app import filters
from ui.kit import figures, markup


@pytest.fixture(autouse=True)
def _light(monkeypatch):
    monkeypatch.setattr(figures, "mode", lambda: "light")
    monkeypatch.setattr(filters, "kept", lambda: {"period": "2021Q3", "basis": "filed", "lang": "zh"})


def test_words_of_others_are_never_markup_and_escaped_once():
    assert "&lt;b onclick=&#39;x&#39;&gt;&amp;&#34;</span>" in markup.muted("<b onclick='x'>&\"")
    told = markup.table(["<script>", ""], [["<script>", markup.tag("<script>")]], caption="<script>")
    assert "<script" not in told and told.count("&lt;script") == 5 and "&amp;lt;" not in told
    assert 'title="&#34;' in markup.go("tasks", "x", title='"') and ">&lt;</a>" in markup.go("tasks", "<")


def test_a_table_has_a_head_for_every_cell():
    with pytest.raises(ValueError, match="zip"):
        markup.table(["a"], [["1", "2"]])


def test_a_link_keeps_quarter_returns_and_language():
    assert 'href="indicator?period=2021Q3&amp;basis=filed&amp;lang=zh&amp;indicator=a%26b"' in markup.go(
        "indicator", "x", indicator="a&b"
    )


def drawn(values, **more):
    return unquote(re.search(r'src="([^"]+)"', markup.spark(values, **more))[1])


def test_a_gap_breaks_the_line():
    nan = float("nan")
    assert drawn([1, 2, nan, 4, 5]).count("<polyline") == 2
    assert drawn([1, 2, 3]).count("<polyline") == 1
    assert drawn([nan, nan, 3]).count("<polyline") == 0  # a lone value is a dot
    assert "<circle" in drawn([nan, nan, 3])
    assert markup.spark([nan, None]) == ""


def test_the_highest_value_stands_highest():
    heights = [float(pair.split(",")[1]) for pair in re.search(r"points='([^']+)'", drawn([1, 3, 2]))[1].split()]
    assert heights[1] < heights[2] < heights[0]


def test_a_value_that_lacks_units_is_hollow():
    assert "fill='#ffffff'" in drawn([1, 2], hollow=True) and "fill='#ffffff'" not in drawn([1, 2])


@pytest.mark.parametrize(("share", "width"), [(0.5, "43.5%"), (2, "100.0%"), (-1, "0.0%")])
def test_a_meter_ends_a_little_after_its_target(share, width):
    assert f"width:{width}" in markup.meter(share)


def test_nothing_to_measure_is_an_empty_track_not_a_zero():
    assert "<b" not in markup.meter(None) and "<b" in markup.meter(0.0)


def test_every_lamp_has_its_word():
    assert "红灯" in markup.lamp("red") and "unseen" not in markup.lamp("red")
    assert '<span class="unseen">红灯</span>' in markup.lamp("red", word=False)


def test_on_a_phone_each_value_stands_beside_the_name_of_its_column_but_in_tables_with_a_look_of_their_own():
    told = markup.table(["名称", "数 <1>"], [["a", "1"]], numbers=(1,))
    assert '<td class="n" data-label="数 &lt;1&gt;">1</td>' in told and 'class="board  cards"' in told
    assert "data-label" not in markup.table(["a"], [["b"]], "tasks-list")
