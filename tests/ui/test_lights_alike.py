"""A light looks the same everywhere: shape, word and colour; and its marks are explained where they stand."""

from __future__ import annotations

import pandas as pd
import pytest

from catalogue.wording import say, use_language
from charts.theme import palette
from sentences.lights import LIGHTS, MARKS
from ui.kit import cards
from ui.screens.overview import board


@pytest.fixture(autouse=True)
def _by_day(monkeypatch):
    monkeypatch.setattr("ui.kit.figures.mode", lambda: "light")


def test_in_tables_of_streamlit_a_light_has_its_shape_word_and_colour():
    table = pd.DataFrame({"then": [cards.light_label(light) for light in LIGHTS], "value": ["1"] * len(LIGHTS)})
    html = cards.lit(table, ["then"]).to_html()
    for light in LIGHTS:
        assert f"{MARKS[light]} {say(f'light.{light}')}" in html
        assert f"color: {palette('light').lights[light]}" in html
    assert "color" not in cards.lit(pd.DataFrame({"then": ["—"]}), ["then"]).to_html()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_overview_explains_bar_tick_hollow_mark_and_bracket(lang):
    use_language(lang)
    told = board._legend(False)
    for name in ("bar", "part", "tick", "pace", "hollow", "bracket"):
        assert say(f"board.legend.{name}") in told
    assert say("board.legend.limit") in board._legend(True) and say("board.legend.limit") not in told
