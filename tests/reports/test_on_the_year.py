"""同比 in what is taken away: every number since the same quarter of last year, each year under its own plan, and proven."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from io import BytesIO

import openpyxl
import pytest
from api_fixtures import Program, people
from layout_fixtures import laid  # noqa: F401  (fixture)
from opened_books import opened_book
from pages_fixtures import on_stage
from two_year_fixtures import known, looking_at_years, two_years  # noqa: F401  (fixtures)

from reports.briefing import document
from reports.layout import fill
from reports.pictures import poster_indicator
from reports.snapshot import take
from reports.verify import verify
from reports.workbook import kinds

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")
# By hand, of the entries of all eight units (演示数据): 15159/30422 − 13260/29764; 756 − 620.
SHARE = 100 * (15159 / 30422 - 13260 / 29764)
TRAINED = 136


@pytest.fixture(scope="module")
def of_quarter(shown_years):
    """Asks for a snapshot of a quarter, as filed; read once."""

    @cache
    def snapshot(period: str):
        with pytest.MonkeyPatch.context() as patch:
            on_stage(shown_years / "var", patch)
            known(shown_years, patch)
            return take(period, "filed")

    return snapshot


@pytest.fixture
def now(looking_at_years, of_quarter):  # noqa: F811
    return of_quarter("2022Q1")


@pytest.fixture(scope="module")
def summary(shown_years, of_quarter) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        on_stage(shown_years / "var", patch)
        known(shown_years, patch)
        return kinds.summary(of_quarter("2022Q1"))


def table(content: bytes, sheet: str, key: str, top: int = 4) -> dict[str, dict[str, object]]:
    """Rows under the heads in row `top`, by what stands in the column `key`."""
    rows = opened_book(content, data_only=True)[sheet].iter_rows(min_row=top, values_only=True)
    heads = next(rows)
    return {row[heads.index(key)]: dict(zip(heads, row, strict=True)) for row in rows}


def test_the_summary_has_it_beside_the_change_and_it_is_proven(now, summary):
    content = summary
    scores = table(content, "总表", "承诺")
    assert scores["K02"]["同比"] == pytest.approx(SHARE)
    trained = next(row for row in scores.values() if row["指标"] == "社会培训人次" or row["本期"] == 756)
    assert trained["同比"] == TRAINED and trained["较上期"] is None, "a new year has begun"
    [checked] = verify("a.xlsx", content)
    assert checked.holds and sum(one.what == "year_change" for one in checked.proof.numbers) > 300


def test_a_number_of_it_that_was_changed_by_hand_is_found(now, summary):
    content = summary
    book = opened_book(content)
    place = next(
        one.place
        for one in verify("a", content)[0].proof.numbers
        if (one.what, one.indicator) == ("year_change", "trainees")
    )
    sheet, cell = place.rsplit("!", 1)
    book[sheet][cell] = 999
    changed = BytesIO()
    book.save(changed)
    [checked] = verify("a.xlsx", changed.getvalue())
    assert [one.place for one in checked.altered if one.now == "999"] == [place]


def test_in_the_first_year_the_column_keeps_its_place_and_is_not_shown(now, of_quarter, summary):
    first, second = (opened_book(content)["总表"] for content in (kinds.summary(of_quarter("2021Q3")), summary))
    heads = [[cell.value for cell in sheet[4]] for sheet in (first, second)]
    at = heads[0].index("同比")
    assert heads[1].index("同比") == at
    letter = openpyxl.utils.get_column_letter(at + 1)
    assert first.column_dimensions[letter].hidden and not second.column_dimensions[letter].hidden
    assert {row[at].value for row in first.iter_rows(min_row=5)} == {None}


def test_theme_county_and_indicator_have_it(now, of_quarter, summary):
    theme = opened_book(summary, data_only=True)["学前教育"]
    below = next(row for row in theme.iter_rows(values_only=True) if row[0] == "同比")
    assert any(cell == pytest.approx(SHARE) for cell in below[1:] if isinstance(cell, float))
    county = table(kinds.of_unit(now, "210411"), "指标与位次", "指标")
    own = now.on_the_year()["public-share", "210411"].change
    row, before = now.row("public-share", "210411"), of_quarter("2021Q1").row("public-share", "210411")
    assert county["公办幼儿园在园幼儿占比"]["同比"] == pytest.approx(own) == pytest.approx(row.value - before.value)
    series = openpyxl.load_workbook(BytesIO(kinds.of_indicator(now, "public-share")), data_only=True).worksheets[1]
    below = next(row for row in series.iter_rows(values_only=True) if row[0] == "同比")
    assert below[2] == pytest.approx(SHARE), "2021Q4 stands before it, as the baseline"


def test_a_redefined_indicator_says_so_in_words(now, monkeypatch):
    known = now.on_the_year()
    other = {("public-share", None): replace(known["public-share", None], change=None, redefined=True)}
    monkeypatch.setattr(type(now), "on_the_year", lambda self, period="": other)
    assert table(kinds.summary(now), "总表", "承诺")["K02"]["同比"] == "口径已变"


def test_the_briefing_says_it_and_its_proof_holds(now, of_quarter):
    text = document.draft(now)
    told = [paragraph.text for paragraph in text.paragraphs]
    assert any("公办幼儿园在园幼儿占比49.83%" in line and "同比上升5.28个百分点" in line for line in told)
    assert any("同比增加136人" in line for line in told)
    [checked] = verify("a.docx", document.docx(now, text))
    assert checked.holds
    assert not any("同比" in one.text for one in document.draft(of_quarter("2021Q3")).paragraphs)


def test_the_bureaus_own_layout_can_ask_for_it(now, laid):  # noqa: F811
    content = fill(laid({"A1": "{{public-share.year_change}}", "A2": "{{inclusive-coverage.year_change@210411}}"}), now)
    sheet = opened_book(content).worksheets[0]
    assert sheet["A1"].value == pytest.approx(SHARE)
    assert sheet["A2"].value == pytest.approx(now.on_the_year()["inclusive-coverage", "210411"].change)


def test_the_picture_of_an_indicator_has_a_tile_for_it(now):
    told = str(poster_indicator.indicator(now, "trainees").figure.to_dict())
    assert "较上年同期" in told and "+136人" in told


def test_programs_get_every_year_from_one_address_each_row_under_its_own_plan(two_years):  # noqa: F811
    people()
    leader = Program("leader")
    rows = leader.rows("values?indicator=public-share&subject=city")
    told = {row["period"]: (round(row["value"], 2), row["target"]) for row in rows if row["value"]}
    assert told["2021Q4"][1] == 46.0 and told["2022Q1"] == (49.83, 50.0)
    assert {row["period"]: row["year_change"] for row in rows}["2022Q1"] == pytest.approx(SHARE)
    assert leader.rows("values?period=2021Q3&indicator=public-share&subject=city")[0]["target"] == 46.0
    assert {row["period"][:4] for row in leader.rows("status")} >= {"2021", "2022"}
    quotes = {
        year: next(row["quote"] for row in leader.rows(f"plan?period={year}Q1") if row["commitment"] == "K02")
        for year in (2021, 2022)
    }
    assert "46%" in quotes[2021] and "50%" in quotes[2022]
    csv = leader.get("values?indicator=public-share&subject=city&format=csv").text.splitlines()
    digests = {line.split(",")[csv[0].split(",").index("period")]: line for line in csv[1:]}
    assert digests["2021Q4"].split(",")[-3] != digests["2022Q1"].split(",")[-3]
    assert leader.get("values?period=2023Q1").status == 400
