"""Posters: what is printed is what was read, every word has its place, and they carry what they stand on."""

# ruff: noqa: F811
from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date

import pytest
from briefing_fixtures import quarter  # noqa: F401  (fixture)
from pictures_fixtures import inked, opened, renderer  # noqa: F401  (fixture)

from catalogue.load import PLANS, load_plan
from catalogue.wording import pick, say, use_language
from charts.wrap import width
from reports.pictures import png_text, poster, poster_county, poster_indicator, poster_overview, poster_project
from reports.proof import read_json, sealed
from sentences import reading, unit_standing, unit_words
from sentences.lights import LIGHTS, MARKS
from ui.screens.county import board as county_board
from warehouse import read, store

PLAN = load_plan(PLANS / "2021")
EVERY = [
    ("overview", ""),
    *(("county", unit) for unit in PLAN.units),
    *(("indicator", code) for code in PLAN.indicators),
    *(("project", project) for project in PLAN.projects),
]
MAKE = {
    "overview": lambda snapshot, _: poster_overview.overview(snapshot),
    "county": poster_county.county,
    "indicator": poster_indicator.indicator,
    "project": poster_project.project,
}


def words(made: poster.Poster) -> list[str]:
    return [re.sub("<[^>]+>", "", text) for text in made.figure.data[0].text]


def boxes(made: poster.Poster) -> list[tuple[float, float, float, float, str]]:
    """left, right, top, bottom of every piece of text."""
    trace, found = made.figure.data[0], []
    for x, y, text, size, place in zip(
        trace.x, trace.y, trace.text, trace.textfont.size, trace.textposition, strict=True
    ):
        long = width(re.sub("<[^>]+>", "", text), size) * (1.06 if "<b>" in text else 1)
        left = {"middle right": x, "middle center": x - long / 2, "middle left": x - long}[place]
        found.append((left, left + long, y - size / 2, y + size / 2, text))
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("kind", "about"), EVERY, ids=[f"{kind}-{about}" for kind, about in EVERY])
def test_every_word_has_its_place(quarter, kind, about, lang):
    use_language(lang)
    for period, basis in (("2021Q3", "filed"), ("2021Q4", "approved")):
        made = MAKE[kind](quarter(period, basis), about)
        sheet, placed = made.figure.layout, boxes(made)
        assert min(made.figure.data[0].textfont.size) * 1080 / sheet.width >= 24  # px
        off = [
            text
            for left, right, top, bottom, text in placed
            if left < 0 or right > sheet.width or top < 0 or bottom > sheet.height
        ]
        assert off == []
        over = [
            (one[4], other[4])
            for n, one in enumerate(placed)
            for other in placed[n + 1 :]
            if min(one[1], other[1]) - max(one[0], other[0]) > 2 and min(one[3], other[3]) - max(one[2], other[2]) > 3
        ]
        assert over == []


def test_the_overview_says_the_values_of_the_warehouse(quarter):
    snapshot = quarter()
    made = poster_overview.overview(snapshot)
    told = "\n".join(words(made))
    with store.open_version(store.newest(store.data_folder())) as con:
        rows = read.values(con, "2021Q3", basis="filed")
    city = rows[rows["subject"].isna()].set_index("indicator")
    for code in ("public-share", "coverage", "trainees", "aided-pupils"):
        if code in city.index and not reading.blank(city.loc[code, "value"]):
            assert reading.worded(city.loc[code]).rstrip("人%万元") in told, code
    found = {(one.indicator, one.value) for one in made.proof.numbers}
    assert ("public-share", float(city.loc["public-share", "value"])) in found
    judged = sum(
        light in ("green", "yellow", "red", "grey")
        for light in rows[rows["subject"].isna() & rows["commitment"].notna()]["light"]
    )
    assert say("poster.of_promises", count=judged).replace("；", "")[:4] in told.replace("；", "")


@pytest.mark.parametrize(("kind", "about"), EVERY[:2] + EVERY[-1:], ids=["overview", "county", "project"])
def test_it_says_what_it_stands_on(quarter, kind, about):
    made = MAKE[kind](quarter(), about)
    told = "".join(words(made))
    for part in (
        "2021年第三季度",
        "截至2021年9月30日",
        "含未审核",
        "23/25份报表",
        "抚教发〔2021〕1号",
        "演示数据",
        made.proof.code,
    ):
        assert part in told, part
    assert sealed(made.proof).code == made.proof.code


def test_a_county_that_sent_nothing_is_said_to_have_sent_nothing(quarter):
    """Fushun County filed no return: the one number about it comes from the bureau's list of works."""
    made = poster_county.county(quarter(), "210421")
    assert {one.indicator for one in made.proof.numbers if one.subject == "210421"} == {"toilets"}
    told = words(made)
    assert any("县区" in text and "未报" in text for text in told)
    assert told.count("未报") > 10


def test_what_is_not_there_is_refused(quarter):
    with pytest.raises(KeyError):
        poster_county.county(quarter(), "999999")
    with pytest.raises(KeyError):
        poster_project.project(quarter(), "no-such-work")


def test_as_a_picture_it_is_upright_wide_enough_and_carries_its_proof(quarter, renderer):
    made = poster_overview.overview(quarter())
    content = poster.png(made)
    image = opened(content)
    assert image.width >= 1080 and image.height > image.width
    assert inked(image) > 0.05
    assert read_json(png_text.get(content)) == made.proof
    smallest = min(made.figure.data[0].textfont.size) * picture_scale(image, made)
    assert smallest >= 24  # px: what a messenger's compression leaves readable


def test_on_paper_it_is_one_sheet_of_a4_whose_words_are_words(quarter, renderer, tmp_path):
    made = poster_indicator.indicator(quarter(), "public-share")
    (path := tmp_path / "poster.pdf").write_bytes(poster.pdf(made))
    told = {tool: ran([tool, str(path), *more]) for tool, more in (("pdfinfo", []), ("pdftotext", ["-"]))}
    assert re.search(r"Pages: +1\n", told["pdfinfo"]) and "A4" in told["pdfinfo"]
    assert "抚顺市" in told["pdftotext"] and f"校验码 {made.proof.code}" in told["pdftotext"]
    fonts = ran(["pdffonts", str(path)]).splitlines()[2:]
    assert fonts and all(line.split()[-5] == "yes" for line in fonts)  # embedded
    assert opened(poster.png(made)).width == 1080  # and the next is a picture again


def ran(command: list[str]) -> str:
    if shutil.which(command[0]) is None:
        pytest.skip(command[0])
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def picture_scale(image, made) -> float:
    return image.width / made.figure.layout.width


def test_a_project_of_another_language_is_named_in_it(quarter):
    use_language("en")
    code = next(iter(PLAN.projects))
    assert pick(PLAN.projects[code]) in " ".join(words(poster_project.project(quarter(), code)))
    assert quarter().today == date(2021, 10, 15)


def lamps(text: str) -> dict[str, int]:
    return {light: text.count(MARKS[light]) for light in LIGHTS}


@pytest.mark.parametrize("basis", ["filed", "approved"])
@pytest.mark.parametrize("unit", PLAN.units)
def test_card_and_screen_count_the_same_lights(quarter, unit, basis):
    """And each shows as many lamps as it counts, and says of how many promises; 不适用 is neither lit nor counted."""
    standings = quarter("2021Q3", basis).unit(unit)
    counted = unit_standing.lit(standings)
    screen = county_board.lights(basis, "2021Q3", unit)
    on_card = words(poster_county.county(quarter("2021Q3", basis), unit))
    for light, count in counted.by_light.items():
        name = say(f"light.{light}")
        assert f"{name} {count}" in on_card
        assert re.search(rf"{name}\D*</span> {count}</span>", screen)
    assert unit_words.lit(counted) in screen
    assert unit_words.lit(counted) in "".join(on_card)
    alone = "".join(text for text in on_card if text in MARKS.values())
    assert lamps(alone) == {
        light: count + 1 for light, count in counted.by_light.items()
    }  # and one each beside the counts
    board = county_board.board(basis, "2021Q3", unit, False)
    assert {light: board.count(f'<i class="{light}">') for light in LIGHTS} == counted.by_light
    assert counted.judged + counted.aimless + counted.not_applicable == sum(
        one.promise is not None for one in standings
    )
    told = [one for one in standings if one.promise and reading.state(one.row) == "value"]
    assert all(bool(one.light) == (one.row.verdict not in ("no_target", "no_subtarget")) for one in told)
