"""One number, the same everywhere: in tables, heads, titles of figures (and so in their PNG), Excel and the briefing."""

# ruff: noqa: F811
from __future__ import annotations

import re
from html import unescape

import pytest
from pages_fixtures import looking, screen, written  # noqa: F401  (fixtures)
from workbook_fixtures import opened as workbook

from catalogue.display import number
from catalogue.wording import say, use_language
from reports.pictures.figures import AskedChart, draw
from reports.workbook import kinds
from sentences import reading

BASES = ("filed", "approved")
LOOKED_AT = (
    "public-share",
    "trainees",
    "serious-incidents",
    "guideline-plans",
    "canteen-investment",
    "aid-amount",
    "myopia",
)


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))


def cells(html: str, promise: str) -> list[str]:
    """The words of each cell of one promise's row."""
    row = re.search(rf"<tr>(?:(?!</tr>).)*>{promise}</span>.*?</tr>", html, re.S)
    return [" ".join(plain(cell).split()) for cell in re.findall(r"<td.*?</td>", row[0], re.S)] if row else []


def figure_words(figure) -> str:
    return " ".join(str(note.text) for note in figure.layout.annotations) + str(figure.layout.title.text or "")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("basis", BASES)
def test_the_overviews_values_are_those_of_the_rows(looking, snapshots, basis, lang):
    html = written(screen("pages/overview.py", period="2021Q3", basis=basis, lang=lang))
    snapshot = snapshots("2021Q3", basis)
    use_language(lang)
    for promise, indicator, row in snapshot.promised():
        found = " ".join(cells(html, promise.id))
        if reading.state(row) != "value":
            assert say(f"charts.{reading.state(row)}") in found, promise.id
        elif reading.counts_units(indicator, promise, None):
            assert reading.kept_by(indicator) in found and re.search(rf"\b{int(row.value)}\b", found), promise.id
        elif promise.numeral or reading.blank(row.target):
            assert reading.worded(row) in found, promise.id
        else:  # 5 / 8个政府: the unit stands once
            assert re.search(rf"(?<![\d.,]){re.escape(number(row.value, row.measure))}(?![\d,])", found), promise.id


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("code", LOOKED_AT)
def test_head_titles_and_pictures_of_an_indicator_say_the_same_value(looking, snapshots, code, basis):
    snapshot = snapshots("2021Q3", basis)
    row, indicator, promise = snapshot.row(code), snapshot.plan.indicators[code], snapshot.promise(code)
    head = plain(written(screen("pages/indicator.py", period="2021Q3", basis=basis, indicator=code)))
    title = figure_words(draw(snapshot, AskedChart("trend", code)).figure)
    if reading.state(row) != "value":
        word = say(f"charts.{reading.state(row)}")
        assert word in head and word in title
        return
    told = (
        f"{reading.kept_by(indicator)}{int(row.value)}/{int(row.target)}"
        if indicator.scope == "each"
        else reading.worded(row)
    )
    assert reading.worded(row) in head and told in title
    assert (say(f"light.{row.light}") in head) and promise.id in head
    assert (
        told in snapshot.why(code).text
        or say("why.state_each", counts="", met=int(row.value), of="")[:-1] in snapshot.why(code).text
    )


@pytest.mark.parametrize("basis", BASES)
def test_compare_county_and_works_say_what_the_rows_say(looking, snapshots, basis):
    snapshot = snapshots("2021Q3", basis)
    compared = written(screen("pages/compare.py", period="2021Q3", basis=basis))
    for promise, _, row in snapshot.promised():
        if reading.state(row) == "value" and (found := cells(compared, promise.id)):
            assert reading.worded(row) in found[2], promise.id
            assert say(f"light.{row.light}") in found[2] or row.light == "grey", promise.id
    county = plain(written(screen("pages/county.py", period="2021Q3", basis=basis, unit="210402")))
    for standing in snapshot.unit("210402"):
        if standing.promise and reading.state(standing.row) == "value":
            assert reading.worded(standing.row) in county, standing.indicator.code
    works = plain(written(screen("pages/works.py", period="2021Q3", basis=basis)))
    for code in ("canteen-investment", "campus-investment", "building-investment"):
        row = snapshot.row(code)
        assert (reading.worded(row) in works) or reading.state(row) == "pending"


@pytest.mark.parametrize("basis", BASES)
def test_the_workbook_says_the_same_lights_and_verdicts_as_the_screens(looking, snapshots, basis):
    snapshot = snapshots("2021Q3", basis)
    page = workbook(kinds.summary(snapshot)).worksheets[1]
    rows = {str(row[0].value): row for row in page.iter_rows() if re.fullmatch(r"[KD]\d\d", str(row[0].value or ""))}
    assert set(rows) == {promise.id for promise, _, _ in snapshot.promised()}
    for promise, _, row in snapshot.promised():
        texts = [str(cell.value) for cell in rows[promise.id] if cell.value is not None]
        light, short = say(f"light.{row.light}"), snapshot.why(row.indicator).short
        assert any(light in text for text in texts), promise.id
        assert any(short in text for text in texts), promise.id
