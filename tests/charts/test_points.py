"""What a figure says to those who do not see it is made beside the figure, of its kind, its title and its points."""

from __future__ import annotations

import ast

import pytest
import sources
from command_line import ROOT

from catalogue.wording import use_language
from charts.points import with_points

POINTS = [("新抚", "81%"), ("东洲", "未报")]


def test_points_are_listed_behind_the_title_and_then_what_is_left_out():
    said = with_points("charts.alt.county_bars", "普惠覆盖率79%", POINTS, "另有3家同上")
    assert (
        said.index("普惠覆盖率79%")
        < said.index("新抚")
        < said.index("81%")
        < said.index("未报")
        < said.index("另有3家同上")
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_figure_without_points_says_its_title_alone(lang):
    use_language(lang)
    assert with_points("charts.alt.county_bars", "a title", [], "left out") == "a title"


def test_the_list_of_charts_words_no_figure_itself():
    tree = sources.tree(ROOT / "reports" / "pictures" / "figures.py")
    said = {node.args[0].value for node in ast.walk(tree) if isinstance(node, ast.Call) and _says(node)}
    assert said == {"why.sentence"}


def _says(call: ast.Call) -> bool:
    return getattr(call.func, "id", "") == "say" and isinstance(call.args[0], ast.Constant)
