"""资金与工程: is the canteen on time and on money, at one look, and every number's way to its cell."""

from __future__ import annotations

import re
import shutil

import pytest
from pages_fixtures import on_stage, screen, words

from catalogue.load import PLANS, load_plan

PAGE = "pages/works.py"
OWN_NAMES = r"抚顺市_|项目进度!"  # of a workbook and of its sheet
PLAN = load_plan(PLANS / "2021")


@pytest.fixture(scope="module")
def folder(demo_data, tmp_path_factory):
    """One copy for all that only look."""
    return shutil.copytree(demo_data, tmp_path_factory.mktemp("works") / "var")


@pytest.fixture
def demo(folder, monkeypatch):
    on_stage(folder, monkeypatch)


def html(app) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def read(body: str) -> str:
    """What a person reads of it."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def plain(app) -> str:
    return read(html(app))


def card(app, number: int) -> str:
    """The projects' cards, then those of toilets and aid."""
    cards = [one for element in app.get("html") for one in element.proto.body.split('<div class="works-card">')[1:]]
    return read(cards[number - 1])


# The projects


def test_the_first_line_answers_for_all_works(demo):
    said = plain(screen(PAGE, basis="filed"))
    assert "3个项目完成投资3,270万元，占计划5,943万元的55%，慢于序时20个百分点（少1,187万元）" in said
    assert "到位资金4,739万元，占计划80%。到位资金尚有1,469万元未使用。" in said


def test_is_the_canteen_on_time_and_money(demo):
    canteen = card(screen(PAGE, basis="filed"), 1)
    assert "资金慢于序时16.5个百分点（少215万元）；面积慢于序时20.6个百分点；形象进度：施工中。" in canteen
    assert (
        "760万元 / 1,300万元" in canteen
        and "4,300平方米 / 7,900平方米" in canteen
        and "1,040万元 / 1,300万元" in canteen
    )
    assert canteen.count("▲ 黄灯") == 2
    assert "开工 2021年4月20日 · 尚未完工 · 应于2021年第四季度完成" in canteen


def test_every_stage_stands_in_its_order_and_says_how_far_it_is(demo):
    ladder = html(screen(PAGE, basis="filed")).split('<ol class="works-stages"')[1].split("</ol>")[0]
    assert re.findall(r'<li class="(\w+)"', ladder) == ["reached", "reached", "here", "ahead", "ahead"]
    assert re.findall(r"<i>(.)</i><span>(\w+)</span>", ladder) == [
        ("✓", "前期准备"),
        ("✓", "招标采购"),
        ("◉", "施工中"),
        ("○", "已完工"),
        ("○", "已验收"),
    ]


def test_the_lights_of_the_cards_are_those_of_the_indicators(demo):
    app = screen(PAGE, basis="filed")
    assert "● 绿灯" in card(app, 2) and "■ 红灯" in card(app, 3)
    assert "面积" not in card(app, 2) and "面积" not in card(app, 3)


def test_a_return_nobody_reviewed_is_said_and_the_quarter_that_counts_is_marked(demo):
    app = screen(PAGE)
    canteen = card(app, 1)
    assert "○ 本季未审核" in canteen and "以下为2021年第二季度的数" in canteen
    assert "320万元 / 1,300万元" in canteen and "760万元" not in canteen
    assert "2021年第三季度项目报表未审核；截至2021年第二季度，3个项目完成投资1,870万元" in plain(app)


def test_a_reported_zero_is_a_zero(demo):
    canteen = card(screen(PAGE, basis="filed", period="2021Q1"), 1)
    assert "0万元 / 1,300万元" in canteen and "尚未开工" in canteen and "尚未完工" not in canteen


# Beside them


def test_a_square_metre_is_checked_and_not_judged(demo):
    said = plain(screen(PAGE, basis="filed"))
    assert "计划每平方米1,646元，截至2021年第三季度每平方米1,767元，比计划高7.4%。" in said
    assert "仅供核对，不作评价" in said and "资金走在面积前面：完成投资占计划58%，完成面积占计划54%。" in said
    assert "一季度 0万元 0平方米 无完成面积 —" in said and "二季度 320万元 1,800平方米 1,778元 +8%" in said


def test_money_ahead_of_area_is_no_light(demo):
    cost = html(screen(PAGE, basis="filed")).split("works-cost")[1].split("</table>")[0]
    assert "lamp" not in cost


def test_toilets_and_aid_show_what_they_stand_on(demo):
    app = screen(PAGE, basis="filed")
    assert "9 / 13座" in card(app, 4) and "7/7家已报" in card(app, 4)
    assert "11,400 / 15,000人" in card(app, 5) and "7/8家已报" in card(app, 5) and "● 绿灯" not in card(app, 5)
    assert "2,290 / 3,000万元" in card(app, 6)


def test_where_only_approved_returns_count_the_number_says_how_many_they_are(demo):
    app = screen(PAGE)
    assert "2021年第三季度：7家已报，均未审核" in card(app, 4) and "2021年第二季度为5座" in card(app, 4)
    assert "4/8家已审核" in card(app, 5) and "5,750 / 15,000人" in card(app, 5)


# The way down


def test_every_project_leads_to_its_indicator_for_the_same_quarter_and_returns(demo):
    links = re.findall(r'href="([^"]+)"', html(screen(PAGE, basis="filed", period="2021Q2")))
    for code in (
        "canteen-investment",
        "campus-investment",
        "building-investment",
        "toilets",
        "aided-pupils",
        "aid-amount",
    ):
        [link] = [link for link in links if f"indicator={code}" in link]
        assert "period=2021Q2" in link and "basis=filed" in link


def test_every_number_names_its_cell_and_its_workbook(demo):
    app = screen(PAGE, basis="filed")
    said = plain(app)
    assert (
        "抚顺市第二中学食堂升级改造和扩建·完成投资 760万元 项目进度!E7" in said
        and "施工中 项目进度!G7" in said
        and "2021年4月20日 项目进度!H7" in said
    )
    assert "3,270万元 项目进度!E10" in said and "2021Q3-planning-project-01" in said
    assert "项目进度!D7至I7" in card(app, 1)
    remade, original = app.get("download_button")
    assert original.proto.label.endswith("改善办学条件项目进度季度报表.ods")
    assert remade.proto.label == original.proto.label.replace(".ods", "（核查结果）.xlsx")


# Everywhere


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("basis", ["filed", "approved"])
@pytest.mark.parametrize("period", ["2021Q1", "2021Q2", "2021Q3"])
def test_every_quarter_has_its_screen_with_four_figures(demo, period, basis, lang):
    app = screen(PAGE, period=period, basis=basis, lang=lang)
    assert len(app.get("plotly_chart")) == 4
    foreign = r"[a-z]{3,}" if lang == "zh" else r"[\u4e00-\u9fff]"
    told = [line.strip() for line in re.split(r"<[^>]+>", html(app)) if re.search(foreign, line)]
    assert [line for line in told if not re.search(OWN_NAMES, line)] == []


def test_before_the_plans_year_there_are_no_works(demo):
    app = screen(PAGE, period="2020Q4")
    assert "2020年第四季度在工作要点年度之前，没有工程进度。" in words(app)
    assert not app.get("plotly_chart")


def test_before_anything_is_loaded_the_screen_says_so(tmp_path, monkeypatch):
    on_stage(tmp_path, monkeypatch)
    assert "尚无报送数据" in words(screen(PAGE))
