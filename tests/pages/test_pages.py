"""The screens run, for every indicator and unit, in both languages, on the sample returns."""

from __future__ import annotations

import shutil
from html import escape

import pytest
from pages_fixtures import demonstration, on_stage, screen, words, written  # noqa: F401  (fixtures)

from catalogue.load import PLANS, load_plan
from catalogue.wording import use_language

PLAN = load_plan(PLANS / "2021")


@pytest.fixture(scope="module")
def shared_folder(demo_data, tmp_path_factory):
    """One copy for all that only look."""
    folder = tmp_path_factory.mktemp("pages") / "var"
    shutil.copytree(demo_data, folder)
    return folder


@pytest.fixture
def demo(shared_folder, monkeypatch):
    on_stage(shared_folder, monkeypatch)


def test_the_overview_opens_on_the_newest_quarter_in_chinese(demo):
    said = words(screen())
    assert "2021年第三季度：47项承诺中" in said
    assert "应报25份，已报23份（已审核16份），其中迟报1份；退回待改1份，未报1份。" in said
    assert "演示数据" in said


def test_a_click_changes_the_choice_and_the_address(demo):
    app = screen()
    app.segmented_control(key="lang widget").set_value("en").run()
    use_language("en")
    assert "Q3 2021: of 47 promises" in words(app)
    assert "".join(app.query_params["lang"]) == "en"
    app.selectbox(key="period widget").set_value("2021Q1").run()
    assert "Q1 2021: of 47 promises" in words(app)
    assert "".join(app.query_params["period"]) == "2021Q1"


def test_the_address_chooses_language_quarter_and_returns(demo):
    app = screen(lang="en", period="2021Q1", basis="approved")
    assert "Q1 2021: of 47 promises" in words(app)
    assert "demo data" in words(app)


def test_an_unknown_choice_in_the_address_falls_back(demo):
    assert "2021年第三季度" in words(screen(lang="fr", period="1999Q9", basis="x"))


@pytest.mark.parametrize("period", ["2020Q4", "2021Q1", "2021Q2", "2021Q3"])
def test_every_quarter_has_an_overview(demo, period):
    screen(period=period)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("code", PLAN.indicators)
def test_every_indicator_has_its_screen(demo, code, lang):
    app = screen("pages/indicator.py", indicator=code, lang=lang)
    indicator = PLAN.indicators[code]
    assert escape(indicator.name_en if lang == "en" else indicator.name) in written(app)
    assert len(app.get("plotly_chart")) in ((3, 4, 5) if len(indicator.units) > 1 else (1,))


@pytest.mark.parametrize("basis", ["filed", "approved"])
@pytest.mark.parametrize("unit", PLAN.units)
def test_every_unit_has_its_screen(demo, unit, basis):
    assert PLAN.units[unit].name in words(screen("pages/county.py", unit=unit, basis=basis))


def test_a_promise_shows_its_clause_and_who_answers_for_it(demo):
    said = written(screen("pages/indicator.py", indicator="public-share"))
    assert "公办幼儿园在园幼儿占比达到46%" in said
    assert "抚教发〔2021〕1号第10项" in said
    assert "学前科、审批科、市教师进修学院、市招办（市教育发展服务中心）" in said


def test_the_cells_of_a_number_are_named(demo):
    app = screen("pages/indicator.py", indicator="public-share", period="2021Q1")
    cells = app.dataframe[0].value
    assert "学前教育!E9" in cells["单元格"].tolist()
    assert len(cells) == 16


def test_before_anything_is_loaded_the_screens_say_so(tmp_path, monkeypatch):
    on_stage(tmp_path, monkeypatch)
    for page in (None, "pages/indicator.py", "pages/county.py"):
        assert "尚无报送数据" in words(screen(page))


def test_a_quarter_before_the_plan_is_told_as_history(demo):
    assert "2020年第四季度为历史数据，补录9份报表。" in words(screen(period="2020Q4"))
    said = words(screen("pages/county.py", unit="210402", period="2020Q4"))
    assert "2020年第四季度为历史数据，由补录表报送。" in said
    assert "未报。" not in said
