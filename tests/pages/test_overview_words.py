"""Words and numbers of the overview that must not mislead: what is counted, what is met, what would hold once all have filed."""

from __future__ import annotations

import re
from html import unescape

import pytest
from pages_fixtures import looking, written  # noqa: F401  (fixtures)
from pages_fixtures import screen as any_screen

from reports.snapshot import take
from ui.screens.overview import standing


def words(app) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", written(app)))


def screen(**query):
    return any_screen("pages/overview.py", **{"period": "2021Q3", **query})


def test_a_number_of_units_says_which_units(looking):  # noqa: F811
    said = words(screen(basis="filed"))
    assert re.search(r"零事故单位\s+7\s+/ 8", said) and re.search(r"零辍学县区\s+6\s+/ 7", said)
    assert "/ 8个单位" not in said


def test_met_on_pace_and_better_are_told_apart_with_the_range_they_rest_on(looking):  # noqa: F811
    said = words(screen(basis="filed"))
    for name, word, ranged in (
        ("K02 公办幼儿园在园幼儿占比", "待报齐，应达标", "46.29–46.99%"),
        ("K07 职业院校社会培训人数", "待报齐，应达序时", "2,250–2,320人"),
        ("K14 资助学生数", "待报齐，应达序时", "11,830–12,260人"),
    ):
        found = re.search(rf"{name.replace(' ', ' +')}(.{{0,400}}?)K\d\d", said, re.S)
        assert found and word in found[1] and ranged in found[1], name


@pytest.mark.parametrize("basis", ["filed", "approved"])
def test_the_counts_in_the_head_are_those_of_the_other_view(looking, basis):  # noqa: F811
    told = words(screen(basis="approved"))
    counts = take("2021Q3", "filed").now
    city = counts[counts["subject"].isna() & counts["commitment"].notna()]["light"].value_counts()
    tiles = [int(count) for count in re.findall(r"含未审核(\d+)\s", told.partition("哪些方面落后")[0])]
    assert tiles == [int(city.get(light, 0)) for light in ("green", "yellow", "red", "grey")]


def test_what_is_red_stands_first_in_what_needs_attention(looking):  # noqa: F811
    block = re.search(r'<ol class="attend">.*?</ol>', written(screen(basis="filed")), re.S)
    lights = re.findall(r'<i class="(\w+)">', block[0])
    assert lights == sorted(lights, key=["red", "grey", "yellow"].index) and "red" in lights


def test_a_change_on_part_of_the_returns_says_from_what_to_what(looking):  # noqa: F811
    assert re.search(r"74\.44→76\.02", words(screen(basis="approved")))


def test_every_light_of_the_tables_opens_its_reasons(looking):  # noqa: F811
    raw = written(screen(basis="filed"))
    promised = len(take("2021Q3", "filed").promised())
    assert len(set(re.findall(r"why=([\w-]+)", raw))) == promised


def test_the_box_says_why_and_an_unknown_question_is_passed_over(looking):  # noqa: F811
    app = screen(basis="filed", why="public-share")
    assert "公办园在园幼儿再增加63人" in words(app)
    assert "再增加" not in words(screen(basis="filed", why="nonsense")) and not app.exception


def test_the_pace_has_its_unit(looking):  # noqa: F811
    rows = take("2021Q3", "filed").now
    row = next(rows[(rows["indicator"] == "trainees") & rows["subject"].isna()].itertuples())
    assert standing._pace(row) == "2,250人"
