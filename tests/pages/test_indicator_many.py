"""The indicator's screen where there are more units than a figure shows."""

from __future__ import annotations

import json

import pytest
from pages_fixtures import demonstration, screen, words  # noqa: F401  (fixtures)

from catalogue.load import PLANS, load_plan
from charts import fold
from ui.kit import figures
from ui.reads import kept
from ui.screens.indicator import everybody

PLAN = load_plan(PLANS / "2021")
ASKED = {"page": "pages/indicator.py", "period": "2021Q2", "basis": "filed", "indicator": "public-share"}


@pytest.fixture
def five(demonstration, monkeypatch):  # noqa: F811
    """As if a figure showed five units, and a map six."""
    kept.forget()
    monkeypatch.setattr(fold, "MOST", 5)
    monkeypatch.setattr(fold, "BLANK", 1)
    monkeypatch.setattr(everybody, "MOST", 5)
    monkeypatch.setattr(figures, "TILES", 6)
    yield
    kept.forget()


def shown(app) -> list[list[str]]:
    """Names of the units along each figure that lists them."""
    specs = [json.loads(chart.proto.spec)["layout"] for chart in app.get("plotly_chart")]
    return [layout["yaxis"]["ticktext"] for layout in specs if "ticktext" in layout.get("yaxis", {})]


def test_the_figures_show_some_and_a_table_every_unit_with_its_value(five):
    app = screen(**ASKED)
    listed = shown(app)
    assert listed and all(len(names) == 5 for names in listed)
    assert "2021年第二季度全部8个单位" in words(app) and "其余3个未列入" in words(app) + "".join(
        chart.proto.spec for chart in app.get("plotly_chart")
    )
    table = app.dataframe[0].value
    assert table["填报单位"].tolist() == [unit.name for unit in PLAN.units.values()]
    assert table["数值"].notna().all() and table["情况"].str.endswith("%").all()


def test_of_few_units_every_one_is_in_the_figures_and_there_is_no_second_table(demonstration):  # noqa: F811
    app = screen(**ASKED)
    assert any(len(names) == len(PLAN.units) for names in shown(app))
    assert "全部8个单位" not in words(app)
    assert app.dataframe[0].value.columns[-1] == "文件指纹"
