"""Two plans side by side on the screens: every quarter with the words, targets and units of its own year."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from actions_fixtures import actor
from pages_fixtures import screen, words, written
from two_year_fixtures import looking_at_years, two_years  # noqa: F401  (fixtures)

from actions import record, reviewing
from actions.keys import ReturnKey
from catalogue.period import Period
from ui import reads
from ui.screens.filing import changes
from warehouse import across, read, store

SCREENS = ("overview", "indicator", "county", "tasks", "works", "returns", "compare", "takeaway", "method")


@pytest.mark.parametrize("period", ["2021Q2", "2021Q4", "2022Q1"])
@pytest.mark.parametrize("name", SCREENS)
def test_every_screen_shows_every_year(looking_at_years, name, period):  # noqa: F811
    app = screen(f"pages/{name}.py", period=period, basis="filed")
    assert words(app) or written(app)


@pytest.mark.parametrize(("period", "clause", "other"), [("2021Q4", "46%", "50%"), ("2022Q1", "50%", "46%")])
def test_an_indicator_is_told_by_the_clause_of_the_quarters_own_plan(looking_at_years, period, clause, other):  # noqa: F811
    app = screen("pages/indicator.py", indicator="public-share", period=period, basis="filed")
    told = words(app) + written(app)
    assert f"达到{clause}" in told and f"达到{other}" not in told
    year = period[:4]
    assert f"抚教发〔{year}〕1号" in told


def test_beside_the_quarter_before_stands_the_same_quarter_last_year(looking_at_years):  # noqa: F811
    """People trained: 756 now (演示数据), 620 in 2021Q1; a new year has begun, so there is nothing to hold against 2021Q4."""
    app = screen("pages/indicator.py", indicator="trainees", period="2022Q1", basis="filed")
    assert "较上年同期" in written(app) and "+136人" in written(app) and "较上期" not in written(app)
    assert "同比+136<" in written(screen("pages/overview.py", period="2022Q1", basis="filed"))
    assert "同比" in written(screen("pages/county.py", unit="210411", period="2022Q1", basis="filed"))
    for name in ("overview", "county"):
        assert "同比" not in written(screen(f"pages/{name}.py", period="2021Q3", basis="filed")), "no returns of 2020Q3"


def test_lights_and_ranks_that_moved_are_held_against_last_year_too(looking_at_years):  # noqa: F811
    told = written(screen("pages/overview.py", period="2022Q1", basis="filed"))
    assert re.search(r"同比<span title=\"与上年同期相比：\d+项变好，\d+项变差（含未审核）\">[↑↓]\d", told)
    assert "与上期相比" not in told, "at the year's end every target is another"
    assert "与上期相比：" in written(screen("pages/overview.py", period="2021Q3", basis="filed"))
    version = store.latest(store.data_folder())
    with store.open_version(version, "2022Q1") as now, store.open_version(version, "2021Q1") as then:
        gained = across.ranks_since(now, then, "filed", "2021Q1", "2022Q1", "210411")
        values = {
            at: read.values(con, at, indicator="national-textbooks")
            .dropna(subset=["value"])
            .set_index("subject")["value"]
            for con, at in ((now, "2022Q1"), (then, "2021Q1"))
        }
    units = {at: told.drop(index=[None], errors="ignore") for at, told in values.items()}
    both = set(units["2022Q1"].index) & set(units["2021Q1"].index)
    place = {at: sum(told[unit] > told["210411"] for unit in both) for at, told in units.items()}
    assert gained["national-textbooks"] == place["2021Q1"] - place["2022Q1"] != 0
    county = screen("pages/county.py", unit="210411", period="2022Q1", basis="filed")
    told = words(county) + written(county)
    assert re.search(r"，同比上升\d+项、下降\d+项", told)
    assert "同比上升" not in written(screen("pages/county.py", unit="210411", period="2021Q3", basis="filed"))


@pytest.mark.parametrize(("period", "year"), [("2021Q3", "2021年第四季度报送率"), ("2022Q1", "2022年第一季度报送率")])
def test_how_returns_came_in_is_drawn_for_the_year_of_the_quarter(looking_at_years, period, year):  # noqa: F811
    app = screen("pages/returns.py", period=period, basis="filed")
    assert year in str([one.proto for one in app.get("plotly_chart")])


def test_the_picker_has_the_year_first_and_then_its_quarters(looking_at_years):  # noqa: F811
    app = screen("pages/overview.py", period="2022Q1", basis="filed")
    year, quarters = (app.selectbox(key=key) for key in ("year widget", "period widget"))
    assert (year.options, year.value) == (["2021年", "2022年"], "2022")
    assert (quarters.options, quarters.value) == (["一季度"], "2022Q1")
    app = year.set_value("2021").run()
    assert app.selectbox(key="period widget").value == "2021Q1" and "2021Q1" in app.query_params["period"]
    of_2021 = ["2020年第四季度", "一季度", "二季度", "三季度", "四季度"]
    assert app.selectbox(key="period widget").options == of_2021, "the baseline stands with the first plan"
    app = app.selectbox(key="period widget").set_value("2021Q3").run()
    app = app.selectbox(key="year widget").set_value("2022").run()
    assert app.selectbox(key="period widget").value == "2022Q1", "of that quarter nothing is there yet"


def test_a_quarter_is_compared_with_one_of_last_year_under_the_plan_of_either(looking_at_years):  # noqa: F811
    app = screen("pages/compare.py", period="2022Q1", basis="filed", **{"with": "2021Q1"})
    told = words(app) + written(app)
    assert "2021年第一季度" in told and "44.55%" in told and "49.83%" in told


def test_who_files_or_reviews_sees_each_entry_beside_last_years(looking_at_years):  # noqa: F811
    """37 teachers trained by 顺城 in the first quarter, 25 a year before (演示数据)."""
    key = ReturnKey("county", "210411", Period(2022, 1))
    lines = reviewing.case(actor("planning"), key).lines
    reads.work_on("2022Q1")
    told = changes.on_the_year(lines, record.entries(replace(key, period=key.period.year_before)))
    of = {line.element: entry for line, *entry in zip(lines, told["last_year"], told["on_the_year"], strict=True)}
    assert of["kindergarten.teachers.trained"] == ["25人", "+12人"]
    assert changes.on_the_year(lines, {}) == {}


def test_an_indicator_that_was_renamed_or_computed_otherwise_says_so(two_years, monkeypatch):  # noqa: F811
    first, second = store.plans_of(store.latest(store.data_folder()))
    old = replace(first.indicators["public-share"], name="公办园占比")
    known = (replace(first, indicators={**first.indicators, "public-share": old}), second)
    monkeypatch.setattr(reads, "plans", lambda: known)
    monkeypatch.setattr(reads, "defined_otherwise", lambda code, period: ["2021"])
    told = written(screen("pages/indicator.py", indicator="public-share", period="2022Q1", basis="filed"))
    assert "名称有变：2021年为“公办园占比”。" in told and "2021年的口径与本年不同" in told


def test_the_last_quarter_of_a_plan_says_the_years_result(looking_at_years):  # noqa: F811
    assert "2021年全年结果：47项承诺中" in written(screen("pages/overview.py", period="2021Q4", basis="filed"))
    assert "全年结果" not in written(screen("pages/overview.py", period="2022Q1", basis="filed"))
