"""The numbers of an indicator are written with the decimals the plan publishes it with, and judged without."""

from __future__ import annotations

import copy
import pickle
from datetime import date

import duckdb
import pytest
from limit_plan import limit_plan
from plan_fixtures import FOLDER_SMALL, broken_copy
from warehouse_fixtures import House, whole_quarter

from catalogue.display import Measure, apart, bare, difference, distance, number, published, quantity
from catalogue.entries import CatalogueError
from catalogue.load import load_plan
from catalogue.wording import use_language
from reports.briefing.numbers import Numbers
from reports.snapshot import Snapshot
from reports.workbook.looks import PERCENT, shown
from sentences import titles, why
from warehouse import read, store

PERIOD = "2021Q1"
ONE = Measure("percent", 1)


def test_a_measure_with_decimals_is_its_word_for_all_else():
    assert ONE == "percent" and hash(ONE) == hash("percent") and f"{ONE}" == "percent"
    assert published("percent", None) == "percent" and not isinstance(published(ONE, None), Measure)
    assert copy.deepcopy(ONE).decimals == pickle.loads(pickle.dumps(ONE)).decimals == 1


@pytest.mark.parametrize(
    ("measure", "value", "words"),
    [
        (ONE, 5.249, "5.2%"),
        (ONE, 5.25, "5.3%"),
        (Measure("percent", 0), 78.5, "79%"),
        (Measure("person", 1), 12.34, "12.3人"),
        ("percent", 5.249, "5.25%"),
    ],
)
def test_a_quantity_is_written_with_them(measure, value, words):
    assert quantity(value, measure) == words
    assert bare(value, measure) == number(value, measure) == words.rstrip("%人")


def test_money_in_millions_keeps_them():
    use_language("en")
    assert quantity(1234.56, Measure("10k_yuan", 0)) == "12.35m CNY" and quantity(1234.56, "10k_yuan") == "12.3456m CNY"


def test_differences_have_the_decimals_of_what_they_are_between():
    assert apart(ONE) == "point" and difference(0.249, ONE) == "+0.2个百分点"
    assert distance(-0.249, ONE) == "0.2个百分点" and distance(3, "person") == "3人"


def test_a_distance_is_never_nothing_where_there_is_one():
    assert distance(0.04, ONE) == "0.04个百分点"
    assert distance(0.0004, ONE) == "0.0004个百分点"
    assert distance(0, ONE) == "0个百分点"


def test_every_sentence_of_the_indicator_has_them_and_its_light_is_exact(tmp_path):
    plan = limit_plan(decimals=1)
    house = House(tmp_path, plan)
    house.file(whole_quarter("kids | absent", PERIOD, "1000|50", "2000|104", "2000|98"))  # 252 of 5000
    row = house.row("absence", PERIOD)
    found = Snapshot(plan, store.newest(house.folder), "filed", PERIOD, date(2021, 4, 20))
    assert (row.value, row.light) == (5.04, "yellow")
    told = titles.finding(found.rows, plan.indicators["absence"], plan.commitments["L1"], plan, PERIOD)
    assert told == "absence5%，超出5%的上限0.04个百分点"
    assert Numbers(found).finding(found.row("absence"), plan.commitments["L1"]).text == told
    assert dict(why.why(found.rows, found.yardsticks, plan, "absence", PERIOD).lines)["state"] == "5%，上限5%。"
    assert [quantity(one.value, one.measure) for one in found.now.itertuples() if one.indicator == "absence"] == [
        "5%",
        "5%",
        "5.2%",
        "4.9%",
    ]


def test_counts_of_units_and_other_indicators_keep_their_own(tmp_path):
    house = House(tmp_path, limit_plan(decimals=1))
    house.file(whole_quarter("kids | absent | late", PERIOD, "900|50|31", "900|50|31", "900|50|31"))
    rows = house.ask(read.values, PERIOD)
    assert {str(row.measure) for row in rows.itertuples() if isinstance(row.measure, Measure)} == {"percent"}
    assert {row.indicator for row in rows.itertuples() if isinstance(row.measure, Measure)} == {"absence"}


def test_a_version_from_before_is_read_as_it_was(tmp_path):
    house = House(tmp_path, limit_plan(decimals=1))
    house.file(whole_quarter("kids | absent", PERIOD, "1000|50", "2000|104", "2000|98"))
    old = tmp_path / "old.duckdb"
    old.write_bytes(store.newest(house.folder).path.read_bytes())
    with duckdb.connect(str(old)) as con:
        con.execute("set search_path = 'plan_2021,main'")
        con.execute("alter table plan_indicator drop column decimals")
        assert not any(isinstance(measure, Measure) for measure in read.values(con, PERIOD)["measure"])


def test_excel_prints_as_many():
    assert shown(ONE, percent=PERCENT) == "0.0%" and shown(Measure("percent", 0), percent=PERCENT) == "0%"
    assert shown("percent", percent=PERCENT) == "0.00%"
    assert shown(ONE, signed=True).startswith('+0.0"') and shown(Measure("10k_yuan", 3)) == "#,##0.000"
    assert shown(Measure("person", 1), before="≤") == '"≤"#,##0.0'


@pytest.mark.parametrize("line", ["decimals = 5", "decimals = -1"])
def test_the_check_refuses_a_number_of_decimals_nobody_prints(tmp_path, line):
    wanted = 'measure = "percent"'
    folder = broken_copy(tmp_path, "indicators.toml", wanted, f"{wanted}, {line}", of=FOLDER_SMALL)
    with pytest.raises(CatalogueError, match=r"inclusive-share: decimals .* is not a number of decimals from 0 to 4"):
        load_plan(folder)


def test_the_check_refuses_to_print_a_target_coarser_than_its_clause(tmp_path):
    wanted = 'measure = "percent"'
    folder = broken_copy(tmp_path, "indicators.toml", wanted, f"{wanted}, decimals = 0", of=FOLDER_SMALL)
    assert load_plan(folder).indicators["inclusive-share"].measure.decimals == 0
    path = folder / "commitments.toml"
    path.write_text(path.read_text("utf-8").replace("value = 85", "value = 85.5", 1), "utf-8")
    with pytest.raises(CatalogueError, match=r"A1: value 85\.5 has more decimals than the 0"):
        load_plan(folder)
