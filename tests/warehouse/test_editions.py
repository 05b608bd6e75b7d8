"""Plans of several years in one warehouse: each quarter is judged for ever under the plan in whose year it lies."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import duckdb
import pytest
from two_years import KIDS, Q1_2022, Q3_2021, Q4_2021, Years, next_plan
from warehouse_fixtures import House, whole_quarter

from catalogue import amendments
from catalogue.amendments import Amendment
from catalogue.period import Period
from warehouse import build, plan_tables, read, store
from warehouse.across import across
from warehouse.versions import connections, editions, files
from warehouse.versions.verify import verify


def differing(years):
    """Between what stands and what making everything anew gives; the workbooks of these returns were never kept."""
    return [problem for problem in verify(years.folder).problems if "原始报表不在" not in problem]


@pytest.fixture
def years(tmp_path):
    return Years(tmp_path)


@pytest.mark.parametrize("order", [(Q3_2021, Q4_2021, Q1_2022), (Q1_2022, Q4_2021, Q3_2021)])
def test_in_either_order_of_loading_each_quarter_has_the_target_of_its_own_plan(years, order):
    for table in order:
        years.file(table)
    told = {period: years.judged(period) for period in ("2021Q3", "2021Q4", "2022Q1")}
    assert {period: (row["value"], row["target"], row["light"]) for period, row in told.items()} == {
        "2021Q3": (50.0, 46.0, "green"),
        "2021Q4": (52.0, 46.0, "green"),
        "2022Q1": (55.0, 60.0, "yellow"),
    }
    assert told["2022Q1"]["change"] == 3.0 and told["2022Q1"]["baseline"] == 52.0
    assert differing(years) == []


def test_every_number_of_the_first_year_is_the_same_after_the_second_has_come(years):
    years.file(Q3_2021)
    years.file(Q4_2021)
    periods = [str(period) for period in years.plans[0].periods]
    before = years.everything(periods)
    years.file(Q1_2022)
    assert years.everything(periods) == before and any(before.values())


def test_a_late_correction_changes_its_own_year_and_the_baseline_of_the_next(years):
    for table in (Q3_2021, Q4_2021, Q1_2022):
        years.file(table)
    years.file(f"unit | period | {KIDS}\nA | 2021Q4 | 100 | 22", received=datetime(2022, 5, 1))
    assert years.judged("2021Q4")["value"] == 42.0 and years.judged("2021Q4")["light"] == "yellow"
    assert years.judged("2022Q1")["baseline"] == 42.0 and years.judged("2022Q1")["change"] == 13.0
    assert differing(years) == []


def test_a_unit_that_closed_stays_in_its_year_and_leaves_the_next(tmp_path):
    years = Years(tmp_path, second=next_plan(units=("A", "B")))
    years.file(Q4_2021)
    years.file(f"unit | period | {KIDS}\nA | 2022Q1 | 100 | 55\nB | 2022Q1 | 100 | 65")
    assert (years.judged("2021Q4")["filed"], years.judged("2021Q4")["expected"]) == (3, 3)
    after = years.judged("2022Q1")
    assert (after["filed"], after["expected"], after["value"], after["change"]) == (2, 2, 60.0, 8.0)


def test_what_only_one_plan_promises_is_asked_of_that_plan(years):
    years.file(Q3_2021)
    years.file(Q1_2022)
    with store.open_version(store.latest(years.folder), "2021Q3") as con:
        assert len(read.values(con, "2021Q3", None, "prizes")) == 1
    with store.open_version(store.latest(years.folder), "2022Q1") as con:
        assert read.values(con, "2022Q1", None, "prizes").empty


def test_a_change_of_one_plan_leaves_the_marts_of_the_other(years):
    years.file(Q3_2021)
    years.file(Q1_2022)
    before = years.everything(["2021Q3"])
    years.plans[1] = next_plan("third", target="50")
    years.file(whole_quarter(KIDS, "2022Q2", "100 | 56", "100 | 56", "100 | 56"))
    assert years.judged("2022Q1")["light"] == "green" and years.everything(["2021Q3"]) == before


def test_a_version_of_one_plan_is_brought_forward_with_its_plan(years, tmp_path):
    years.file(Q3_2021)
    years.file(Q4_2021)
    before = {period: years.judged(period) for period in ("2021Q3", "2021Q4")}
    _as_of_old(years.folder)
    assert store.editions_of(store.latest(years.folder)) == ()
    assert {period: years.judged(period) for period in ("2021Q3", "2021Q4")} == before
    years.file(Q1_2022)
    assert [one.schema for one in store.editions_of(store.latest(years.folder))] == ["plan_2021", "plan_2022"]
    assert {period: years.judged(period) for period in ("2021Q3", "2021Q4")} == before
    assert years.judged("2022Q1")["change"] == 3.0
    with store.open_version(store.latest(years.folder)) as con:
        asked = "select count(*) from duckdb_tables() where schema_name = 'main' and table_name in ('judged_unit', 'plan_unit')"
        assert con.execute(asked).fetchone() == (0,)
    assert differing(years) == []


def test_marts_that_another_program_kept_otherwise_or_had_besides_are_replaced(years):
    years.file(Q3_2021)
    newest = store.latest(years.folder)
    part = newest.path.with_suffix(".old")
    shutil.copyfile(newest.path, part)
    with connections.writing(part) as con:
        con.execute("set search_path = 'plan_2021,main'")
        con.execute("drop view city_light")
        con.execute("create table city_light as select 1 as period")
        con.execute("drop table city_range")
        con.execute("create view city_range as select 1 as period")
        con.execute("create table former as select 1 as period")
        con.execute("create view main.former as select * from plan_2021.former")
        con.execute("update edition set marts_digest = 'of another program'")
    part.replace(newest.path)
    files.write_manifest(newest.path, files.measured(newest.path))
    years.file(Q4_2021)
    assert differing(years) == []
    with store.open_version(store.latest(years.folder)) as con:
        asked = "select count(*) from information_schema.tables where table_name = 'former'"
        assert con.execute(asked).fetchone() == (0,)


def test_who_opens_a_file_with_a_tool_of_their_own_finds_every_years_numbers_and_the_newest_plan(years):
    for table in (Q3_2021, Q4_2021, Q1_2022):
        years.file(table)
    with duckdb.connect(str(store.latest(years.folder).path), read_only=True) as con:
        asked = "select period, value from judged where indicator = 'share' and subject is null and basis = 'filed' and filed > 0"
        assert con.execute(f"{asked} order by period").fetchall() == [
            ("2021Q3", 50.0),
            ("2021Q4", 52.0),
            ("2022Q1", 55.0),
        ]
        assert con.execute("select min(period), max(period) from plan_period where not is_baseline").fetchall() == [
            ("2022Q1", "2022Q4")
        ]
        for name, _ in plan_tables.PLAN_TABLES:
            own, shown = (con.execute(f"select * from {schema}.{name}").fetchall() for schema in ("plan_2022", "main"))
            assert own == shown


def _as_of_old(folder):
    """The newest version as a program that knew one plan wrote it: plan tables and marts in the main schema."""
    newest = store.latest(folder)
    part = newest.path.with_suffix(".old")
    shutil.copyfile(newest.path, part)
    with connections.writing(part) as con:
        [edition] = editions.held(con)
        con.execute("drop table edition")
        con.execute("drop table plan_file")
        editions.use(con, edition)
        kept = [name for name, kind in _of_schema(con) if kind == "BASE TABLE"]
        con.execute("set search_path = 'main'")
        for name in (*(mart.name for mart in build.MARTS), *(name for name, _ in plan_tables.PLAN_TABLES)):
            con.execute(f"drop view main.{name}")
        con.execute("drop table format")
        for name in kept:
            con.execute(f"create table main.{name} as from plan_2021.{name}")
        con.execute("drop schema plan_2021 cascade")
        for mart in build.MARTS:
            if mart.kept == "no":
                kind = "table" if mart.name == "judged" else "view"  # as programs before that kept it
                con.execute(f"create {kind} {mart.name} as {mart.sql}")
    part.replace(newest.path)
    files.write_manifest(newest.path, files.measured(newest.path))


def _of_schema(con: duckdb.DuckDBPyConnection):
    asked = "select table_name, table_type from information_schema.tables where table_schema = 'plan_2021'"
    return con.execute(asked).fetchall()


AMENDED = (
    Amendment(
        commitment="S1",
        since=Period(2021, 3),
        value=Decimal(55),
        quote="调整为55%",
        document="〔2021〕9号",
        issued=date(2021, 7, 5),
    ),
)


@pytest.fixture
def amended(tmp_path):
    """The promise on `share` is 46, and from the third quarter 55; what is published is published under both."""
    house = House(tmp_path)
    house.plans = amendments.editions(house.plan, AMENDED)
    house.publish = lambda change=lambda writer: None: store.publish(
        tmp_path, house.plans, change, note="测试", by="tester"
    )
    return house


def test_a_target_amended_in_mid_year_judges_from_its_quarter_on_and_none_before(amended):
    for period in ("2021Q1", "2021Q2", "2021Q3"):
        amended.file(whole_quarter(KIDS, period, "100 | 50", "100 | 50", "100 | 50"))
    assert [(one.schema, one.first, one.last) for one in store.editions_of(store.latest(amended.folder))] == [
        ("plan_2021", "2021Q1", "2021Q2"),
        ("plan_2021_2021Q3", "2021Q3", "2021Q4"),
    ]
    with store.open_version(store.latest(amended.folder), "2020Q4") as con:
        assert set(read.values(con, "2020Q4", None, "share")["target"]) == {46}, (
            "the quarter before the year, as the plan was issued"
        )
    rows = across(store.latest(amended.folder), "share", "filed")
    city = rows[rows["subject"].isna() & rows["value"].notna()]
    assert city[["period", "target", "light"]].values.tolist() == [
        ["2021Q1", 46, "green"],
        ["2021Q2", 46, "green"],
        ["2021Q3", 55, "yellow"],
    ]
    assert differing(amended) == []


def test_an_amendment_that_comes_later_leaves_the_quarters_before_it(tmp_path):
    house = House(tmp_path)
    for period in ("2021Q2", "2021Q3"):
        house.file(whole_quarter(KIDS, period, "100 | 50", "100 | 50", "100 | 50"))
    assert house.said("share", "2021Q3") == ("green", "met")
    store.publish(tmp_path, amendments.editions(replace(house.plan, digest="amended"), AMENDED), lambda writer: None)
    told = across(store.latest(tmp_path), "share", "filed")
    city = told[told["subject"].isna() & told["value"].notna()]
    assert city[["period", "light"]].values.tolist() == [["2021Q2", "green"], ["2021Q3", "yellow"]]


def test_a_folder_that_a_newer_program_wrote_is_refused_in_a_sentence(years):
    years.file(Q3_2021)
    newest = store.latest(years.folder)
    part = newest.path.with_suffix(".new")
    shutil.copyfile(newest.path, part)
    with connections.writing(part) as con:
        con.execute("update format set number = 99")
    part.replace(newest.path)
    files.write_manifest(newest.path, files.measured(newest.path))
    for ask in (lambda: store.newest(years.folder), lambda: years.file(Q4_2021)):
        with pytest.raises(store.StoreError, match="由更新的程序写成（格式99，本程序只认到2）"):
            ask()


def test_who_opens_a_file_with_a_tool_of_their_own_sees_all_years_without_knowing_of_schemas(years):
    for table in (Q3_2021, Q4_2021, Q1_2022):
        years.file(table)
    with duckdb.connect(str(store.latest(years.folder).path), read_only=True) as con:
        asked = "select period, value, target from judged where basis = 'filed' and indicator = 'share' and subject is null and value is not null order by 1"
        assert con.execute(asked).fetchall() == [("2021Q3", 50, 46), ("2021Q4", 52, 46), ("2022Q1", 55, 60)]
        assert con.execute(
            "select count(*) from unit_value where indicator = 'share' and period = '2021Q4'"
        ).fetchone() == (6,)
        assert con.execute("select count(*) from verdict").fetchone() == (15,)
