"""Then, now, why: two quarters, or what a meeting had before it; restatements with their reason."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from command_line import ROOT
from pages_fixtures import on_stage, screen, words, written

from access import db
from actions import versions
from bench.browser import DEMONSTRATION
from warehouse import store

PAGE = "pages/compare.py"


def stage(folder) -> str:
    environment = {**os.environ, **DEMONSTRATION, "DASHBOARD_DATA": str(folder), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "actions", "stage", "data/demo", "--quiet"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("meeting") / "var"
    stage(folder)
    return folder


@pytest.fixture
def staged(folder, monkeypatch):
    on_stage(folder, monkeypatch)
    yield folder
    db.dispose()


def test_the_meetings_version_knows_only_what_had_come_by_then(staged):
    assert [(kept.version, kept.title, kept.period) for kept in versions.frozen()] == [
        (1, "6月局长办公会（2021-06-25）", "2021Q1")
    ]
    with store.open_version(store.version(staged, 1)) as con:
        last, forms = con.execute("select max(received_at), count(*) from receipt").fetchone()
    assert f"{last:%Y-%m-%d}" <= "2021-06-25" and forms > 25


def test_staging_again_changes_nothing(staged):
    before = store.newest(staged).number
    assert "未变78个" in stage(staged)
    assert store.newest(staged).number == before == 2


def test_what_changed_since_the_meeting_names_the_restatement_and_its_reason(staged):
    said = words(screen(PAGE, **{"with": "v1", "basis": "filed"}))
    assert "与6月局长办公会（2021-06-25）相比" in said
    assert "顺城区2021年第一季度报表，2021年7月5日重报" in said
    assert "公办园在园幼儿由2,764人更正为2,668人" in said
    assert "顺城区33.75% → 32.58%，全市44.87% → 44.55%" in said


def test_two_quarters_say_who_moved_the_city(staged):
    said = words(screen(PAGE, period="2021Q2", **{"with": "2021Q1"}))
    assert "与2021年第一季度相比" in said and "主要来自" in said
    rows = written(screen(PAGE, period="2021Q2", **{"with": "2021Q1"}))
    assert "indicator=public-share" in rows and "period=2021Q2" in rows


def test_only_changed_lights_leaves_the_others_out(staged):
    whole, narrowed = (written(screen(PAGE, lights=value, basis="filed", **{"with": "v1"})) for value in ("", "1"))
    assert 0 < narrowed.count("<tr>") < whole.count("<tr>")
    assert "补充教师" in whole and "补充教师" not in narrowed


def test_before_the_first_quarter_there_is_nothing_to_compare(staged):
    assert "没有" in words(screen(PAGE, period="2020Q4"))


def test_the_parts_of_a_change_stand_in_the_unit_of_the_change(staged):
    """+446.7万元, of which city-run schools 311.01; in English +4.467m CNY and 3.1101."""
    told = {lang: written(screen(PAGE, period="2021Q3", basis="approved", lang=lang)) for lang in ("zh", "en")}
    assert "+446.7万元" in told["zh"] and "+311.01" in told["zh"]
    assert "+4.467m CNY" in told["en"] and "+3.1101" in told["en"] and "+311.01" not in told["en"]
