"""Figures of a quarter that is not over: every file, picture and answer says in its head that they are no result of it."""

# ruff: noqa: F811
from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import datetime

import pytest
from api_fixtures import Program
from api_fixtures import house as programs  # noqa: F401  (fixture)
from command_line import called_etl
from proof_fixtures import blank_picture
from pyarrow import parquet
from workbook_fixtures import opened

from catalogue import early
from catalogue.period import Period
from catalogue.wording import say, use_language
from etl import answers_out
from reports import tables
from reports.briefing import document
from reports.files import make
from reports.pictures import figures, png_text, poster_county, poster_overview
from reports.proof import read_json
from reports.snapshot import take
from reports.table_cells import Table

DAY, OVER = "2021-09-20", "2021-10-15"  # before and after the end of the quarter that was filed
PERIOD = "2021Q3"
RIDER = "2021年9月30日（季度结束前报送，不是季末结果）"


@pytest.fixture
def running(demo_data, monkeypatch):
    """The sample returns of the third quarter as they stand while it still runs."""
    monkeypatch.setenv("DASHBOARD_DATA", str(demo_data))
    monkeypatch.setenv("DASHBOARD_TODAY", DAY)
    return take(PERIOD, "filed")


def is_over(monkeypatch):
    monkeypatch.setenv("DASHBOARD_TODAY", OVER)
    return take(PERIOD, "filed")


def cells(content: bytes) -> set[str]:
    page = opened(content).worksheets[0]
    return {str(cell) for row in page.iter_rows(values_only=True) for cell in row if cell is not None}


@pytest.mark.parametrize(
    ("kind", "about", "lang"),
    [
        ("summary", "", "zh"),
        ("county_workbook", "210402", "zh"),
        ("county_workbook", "210402", "en"),
        ("indicator_workbook", "public-share", "zh"),
    ],
)
def test_the_cover_of_a_workbook_says_so(running, kind, about, lang):
    use_language(lang)
    told = cells(make(kind, running, about))
    assert early.note(PERIOD) in told and early.as_of(PERIOD) in told


def test_the_cover_of_a_quarter_that_is_over_says_nothing_of_it(running, monkeypatch):
    told = cells(make("county_workbook", is_over(monkeypatch), "210402"))
    assert "2021年9月30日" in told and say("workbook.cover.early") not in told


def test_the_printed_foot_of_every_sheet_says_so(running):
    book = opened(make("county_workbook", running, "210402"))
    assert all(RIDER in str(page.oddFooter.left.text) for page in book.worksheets if page.sheet_state == "visible")


def test_the_head_of_a_briefing_says_so(running):
    head = [paragraph.text for paragraph in document.draft(running).sections["head"]]
    assert early.note(PERIOD) in head and any(RIDER in text for text in head)


@pytest.mark.parametrize("make_poster", [poster_overview.overview, lambda one: poster_county.county(one, "210402")])
def test_a_poster_says_so_under_its_head_and_in_its_last_line(running, make_poster):
    words = "".join(make_poster(running).figure.data[0].text)
    assert words.count("季度结束前报送") == 2


@pytest.mark.parametrize("kind", ["trend", "county_bars", "targets", "timeline"])
def test_a_chart_says_so_in_its_caption(running, monkeypatch, kind):
    asked = figures.AskedChart(kind, "aided-pupils" if kind in ("trend", "county_bars") else "")
    assert RIDER in printed(running, asked)
    assert "季度结束前" not in printed(is_over(monkeypatch), asked)


def printed(snapshot, asked):
    return str(json.loads(figures.draw(snapshot, asked, "light", True).figure.to_json()))


def test_a_table_of_a_screen_and_a_pack_say_so(running):
    table = Table("表", ("项",), (("1",),), counted=True)
    origin = tables.Origin("总览", datetime(2021, 9, 20), 1, snapshot=running)
    assert RIDER in tables.csv(table, origin).decode("utf-8-sig").splitlines()[-1]
    [line] = {read_json(png_text.get(png_text.put(blank_picture(), proof.as_json()))).line() for proof in _one(running)}
    assert line.startswith(f"截至{RIDER}")


def _one(snapshot):
    return [figures.proof_of(snapshot, figures.AskedChart("county_bars", "aided-pupils"))]


def test_the_bureaus_own_table_says_so(running):
    assert any(RIDER in text for text in cells(make("layout", running, "季度快报.xlsx")))


def test_what_was_printed_while_the_quarter_ran_is_told_so_when_it_is_checked_later(running, monkeypatch):
    [proof] = _one(running)
    monkeypatch.setenv("DASHBOARD_TODAY", OVER)
    assert RIDER not in proof.line()
    assert RIDER in replace(proof, published_at="2021-09-20 09:00").line()


# Programs


def test_an_answer_names_the_quarter_that_is_not_over(programs, monkeypatch):
    leader = Program("leader")
    assert leader.json(f"values?period={PERIOD}&limit=1")["early"] is None
    before = leader.get("values?limit=1").header("etag")
    monkeypatch.setenv("DASHBOARD_TODAY", DAY)
    assert leader.json(f"values?period={PERIOD}")["early"] == PERIOD
    assert leader.json("facts")["early"] == PERIOD
    answer = leader.get(f"values?period={PERIOD}&limit=1&format=csv")
    assert answer.header("x-data-early") == PERIOD and answer.header("etag") != before
    assert leader.json("values?period=2021Q2")["early"] is None
    assert leader.json("deadlines")["early"] is None  # no figures of any quarter


def test_each_row_of_a_table_says_whether_it_is_early(programs, monkeypatch):
    monkeypatch.setenv("DASHBOARD_TODAY", DAY)
    found = parquet.read_table(io.BytesIO(Program("leader").get("values?format=parquet").content)).to_pylist()
    early_ones = {row["period"] for row in found if row["data_early"]}
    assert early_ones == {PERIOD}
    assert all(row["data_early"] for row in found if row["period"] == PERIOD and row["value"] is not None)
    told = Program("leader").get("facts?period=2021Q2&limit=3&format=csv").content.decode("utf-8-sig").splitlines()
    assert told[0].endswith("data_early") and all(line.endswith("false") for line in told[1:])


def test_values_on_the_command_line_come_with_a_note_beside_them(demo_data, monkeypatch):
    monkeypatch.setenv("DASHBOARD_TODAY", DAY)
    done = called_etl(demo_data, "values", "--period", PERIOD, "--unit", "210402", "--json")
    assert "提前报送" in done.stderr and json.loads(done.stdout)
    monkeypatch.setenv("DASHBOARD_DATA", str(demo_data))
    assert answers_out.note(Period(2021, 2)) == ""
