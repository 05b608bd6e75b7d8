"""What the SQL files promise about themselves, and what the rest of the house may rely on."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import sources
from warehouse_fixtures import House

from catalogue.wording import say
from warehouse import build, read, store
from warehouse.build import FOLDER, MARTS

ROOT = Path(__file__).resolve().parents[2]
BASES = 2


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("house"))
    house.file("""
        unit | period | kids.public | kids | pupils
        A    | 2020Q4 |          40 |  100 |     10
        A    | 2021Q1 |          44 |  100 |     20
        B    | 2021Q1 |          44 |  100 |     20
    """)
    return house


def test_every_sql_file_is_a_mart_and_every_mart_a_file():
    assert sorted(path.stem for path in FOLDER.glob("*.sql")) == sorted(mart.name for mart in MARTS)


@pytest.mark.parametrize("mart", MARTS, ids=lambda mart: mart.name)
def test_the_head_of_a_mart_tells_its_grain_and_its_columns_as_they_are(mart, house):
    head = [line for line in mart.sql.splitlines() if line.startswith("-- ")]
    assert head[0].startswith("-- Grain: ")
    [listed] = [line.removeprefix("-- Columns: ") for line in head if line.startswith("-- Columns: ")]
    with house.open() as con:
        found = [name for name, *_ in con.execute(f"describe {mart.name}").fetchall()]
    assert listed.split(", ") == found


@pytest.mark.parametrize("mart", MARTS, ids=lambda mart: mart.name)
def test_a_mart_reads_only_those_before_it(mart):
    later = [other.name for other in MARTS[MARTS.index(mart) :] if other is not mart]
    code = "\n".join(line.split("--")[0] for line in mart.sql.splitlines())
    read_from = set(re.findall(r"\b(?:from|join)\s+(\w+)", code))
    own = set(re.findall(r"(\w+) as \(", code))
    assert not (read_from - own) & set(later)


@pytest.mark.parametrize(
    ("mart", "key"),
    [
        ("mart_base", "basis, period, subject, element"),
        ("current_receipt", "basis, reporter, form, period"),
        ("unit_value", "basis, indicator, period, subject"),
        ("target_pace", "basis, indicator, commitment, period, subject"),
        ("case_verdict", "basis, indicator, commitment, period, subject, extent"),
        ("city_range", "basis, indicator, period"),
        ("like_for_like", "basis, indicator, commitment, period, subject"),
        ("judged", "basis, indicator, commitment, period, subject"),
        ("attention", "basis, period, commitment"),
        ("contribution", "basis, indicator, commitment, period, subject"),
        ("gap", "basis, indicator, commitment, period, subject"),
        ("projection", "basis, indicator, commitment, period, subject"),
        ("reporting_status", "period, form, reporter"),
        ("task_status", "basis, period, task"),
        ("task_report", "basis, period, task, department"),
        ("milestone_status", "basis, period, milestone"),
    ],
)
def test_the_grain_holds(mart, key, house):
    with house.open() as con:
        assert con.execute(f"select {key} from {mart} group by {key} having count(*) > 1").fetchall() == []


def test_every_indicator_has_a_row_for_the_city_and_for_each_who_owes_it_in_every_quarter(house):
    owed = sum(1 + len(indicator.units) for indicator in house.plan.indicators.values())
    with house.open() as con:
        assert con.execute("select count(*) from judged").fetchone() == (BASES * 5 * owed,)


def test_every_verdict_has_one_of_the_four_lights_and_words_in_both_languages(house):
    with house.open() as con:
        listed = con.execute("select verdict, light from verdict").fetchall()
    assert {light for _, light in listed} == {"green", "yellow", "red", "grey"}
    assert all(say(f"verdict.{verdict}", lang) for verdict, _ in listed for lang in ("zh", "en"))


def test_blanks_look_alike_in_every_frame(house):
    rows = house.ask(read.values, "2021Q1")
    city = rows[rows["subject"].isna()]
    assert {type(subject) for subject in city["subject"]} == {type(None)}
    assert rows["value"].dtype == rows["target"].dtype == rows["rank"].dtype == "float64"
    missing = rows[(rows["indicator"] == "share") & (rows["subject"] == "C")].iloc[0]
    assert missing["value"] != missing["value"] and missing["filed"] == 0


def test_values_come_in_the_order_of_the_plan_the_city_first(house):
    rows = house.ask(read.values, "2021Q1")
    assert list(dict.fromkeys(rows["indicator"])) == list(house.plan.indicators)
    share = rows[rows["indicator"] == "share"]
    assert share["subject"].tolist() == [None, "A", "B", "C"]
    assert house.ask(read.values, "2021Q1", "A")["subject"].unique().tolist() == ["A"]
    assert house.ask(read.trend, "share")["period"].unique().tolist() == [
        "2020Q4",
        "2021Q1",
        "2021Q2",
        "2021Q3",
        "2021Q4",
    ]


def test_a_version_built_by_other_marts_is_built_anew(house, monkeypatch):
    before = store.newest(house.folder)
    monkeypatch.setattr(build, "marts_digest", lambda: "other")
    after = house.publish()
    assert after.number == before.number + 1
    assert house.row("pupils", "2021Q1").value == 40


def test_only_one_file_opens_each_kind_of_store():
    openers = set()
    for path in sources.files(".py"):
        rooms = path.relative_to(ROOT).parts
        if rooms[0] in ("tests", "bench"):
            continue
        for node in sources.nodes(path):
            if isinstance(node, ast.Attribute) and node.attr == "connect" and getattr(node.value, "id", "") == "duckdb":
                openers.add("/".join(rooms))
            if isinstance(node, ast.ImportFrom) and node.module == "duckdb":
                openers.add("/".join(rooms))
    assert openers == {"warehouse/versions/connections.py", "warehouse/lake/connections.py"}
