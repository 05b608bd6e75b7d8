"""The API: its numbers are the warehouse's, each role reads what its screens show, and a mistake is told."""

from __future__ import annotations

import json
import math
import shutil

import pytest
from api_fixtures import APP, ROLES, UNIT, Program, house  # noqa: F401  (fixture)
from gate_fixtures import Browser

from access import accounts, audit, sessions
from catalogue import clock
from catalogue.load import current_plan
from catalogue.period import Period
from reports.api.resources import RESOURCES
from warehouse import read, store

pytestmark = pytest.mark.usefixtures("house")
TABLES = [each.name for each in RESOURCES if not each.media]
EVERYTHING = [each.name for each in RESOURCES]


def warehouse(question):
    with store.open_version(store.newest(store.data_folder())) as con:
        return question(con)


YEAR = ("year_change", "year_same_units")  # nothing in the first year


def same(rows: list[dict], frame) -> bool:
    """Row by row and column by column; a blank is null. What is not in the warehouse's row is blank."""
    wanted = [
        {
            name: None if value is None or (isinstance(value, float) and math.isnan(value)) else value
            for name, value in row.items()
        }
        for row in frame.to_dict("records")
    ]
    return [
        {name: value for name, value in row.items() if name not in YEAR or value is not None} for row in rows
    ] == wanted


# Numbers


@pytest.mark.parametrize("basis", ["filed", "approved"])
def test_values_are_those_of_the_warehouse_to_the_last_digit(basis):
    rows = Program("leader").rows(f"values?basis={basis}")
    assert len(rows) > 1000
    assert same(rows, warehouse(lambda con: read.values(con, None, read.ALL, basis=basis)))


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("period=2021Q3", {"period": "2021Q3"}),
        ("indicator=public-share", {"indicator": "public-share"}),
        ("subject=city", {"subject": None}),
        (f"subject={UNIT}&period=2021Q2", {"subject": UNIT, "period": "2021Q2"}),
    ],
)
def test_filters_are_those_of_the_warehouse(asked, given):
    rows = Program("reviewer").rows(f"values?{asked}")
    assert rows and same(rows, warehouse(lambda con: read.values(con, **given)))


def test_a_page_of_rows_says_how_many_there_are():
    leader = Program("leader")
    whole = leader.json("values?period=2021Q3")
    part = leader.json("values?period=2021Q3&offset=10&limit=5")
    assert part["rows"] == whole["rows"][10:15]
    assert (part["total"], part["offset"], whole["total"]) == (len(whole["rows"]), 10, len(whole["rows"]))


def test_an_answer_says_what_it_stands_on():
    told, version = (
        Program("leader").json("values?period=2021Q3&basis=approved&limit=1"),
        store.newest(store.data_folder()),
    )
    del told["rows"]
    assert told == {
        "resource": "values",
        "version": version.number,
        "published_at": version.published_at.isoformat(),
        "plan": "2021",
        "plan_digest": current_plan().digest,
        "period": "2021Q3",
        "basis": "approved",
        "today": None,
        "early": None,
        "demo": True,
        "total": told["total"],
        "offset": 0,
    }


def test_a_fact_leads_to_its_cell():
    facts = Program("leader").rows("facts?period=2021Q3&form=county&subject=210402")
    cells = warehouse(lambda con: read.source_cells(con, "public-share", "2021Q3", "210402"))
    places = {
        fact["element"]: (fact["value"], fact["file_name"], fact["sheet"], fact["cell"], fact["number"])
        for fact in facts
    }
    for cell in cells.itertuples():
        assert places[cell.element] == (cell.value, cell.file_name, cell.sheet, cell.cell, cell.number)
    assert {fact["state"] for fact in Program("leader").rows("facts")} >= {"value", "na"}


def test_the_status_is_that_of_the_screens():
    told = Program("leader").json("status?period=2021Q3")
    wanted = warehouse(lambda con: read.status(con, "2021Q3", clock.today()))
    assert told["today"] == "2021-10-15"
    assert [(r["form"], r["reporter"], r["state"], r["late"]) for r in told["rows"]] == [
        (r.form, r.reporter, r.state, r.late) for r in wanted.itertuples()
    ]
    assert {r["period"] for r in Program("leader").rows("status?form=county&reporter=210402")} == {
        "2021Q1",
        "2021Q2",
        "2021Q3",
        "2021Q4",
    }


def test_the_plan_is_quoted():
    plan, leader = current_plan(), Program("leader")
    promises = leader.rows("plan")
    assert [(r["commitment"], r["quote"]) for r in promises] == [(c.id, c.quote) for c in plan.commitments.values()]
    assert {r["commitment"]: r["target"] for r in promises} == {
        c.id: None if c.value is None else float(c.value) for c in plan.commitments.values()
    }
    assert [(r["task"], r["task_text"]) for r in leader.rows("plan?part=tasks")] == [
        (t.number, t.text) for t in plan.tasks.values()
    ]
    assert [r["indicator"] for r in leader.rows("plan?part=indicators")] == list(plan.indicators)
    assert [r["milestone"] for r in leader.rows("plan?part=milestones")] == list(plan.milestones)
    units = {r["unit"]: r["name"] for r in leader.rows("units")}
    assert list(units)[: len(plan.units)] == list(plan.units) and units["planning"] == plan.departments["planning"].name


def test_days_are_those_of_the_plan():
    days = {(r["period"], r["due_day"], r["planned_day"]) for r in Program("leader").rows("deadlines")}
    assert days == {(str(period), f"{day}", f"{day}") for period, day in current_plan().deadlines.items()}


# Who reads what


@pytest.mark.parametrize("name", EVERYTHING)
@pytest.mark.parametrize("role", ROLES)
def test_each_role_reads_what_its_screens_show(role, name):
    allowed = role in ("leader", "reviewer", "admin") or (role == "filer" and name != "versions")
    answer = Program(role).get(name)
    assert answer.status == (200 if allowed else 403)
    if not allowed:
        assert [(e.name, e.object) for e in audit.entries(event="refused")] == [(f"the-{role}", f"path:/api/v1/{name}")]


@pytest.mark.parametrize("role", ROLES)
def test_what_there_is_and_how_it_is_described_may_be_known_to_all(role):
    assert [each["name"] for each in Program(role).json("")["resources"]] == EVERYTHING
    assert Program(role).json("openapi.json")["openapi"].startswith("3.1")


def test_a_filer_reads_of_its_own_unit_only():
    filer, leader = Program("filer"), Program("leader")
    assert filer.rows("values") == leader.rows(f"values?subject={UNIT}")
    assert filer.rows("facts") == leader.rows(f"facts?reporter={UNIT}")
    assert filer.rows("status") == leader.rows(f"status?reporter={UNIT}")
    assert filer.rows("deadlines") == leader.rows(f"deadlines?reporter={UNIT}")
    assert {row["subject"] for row in filer.rows("facts")} == {UNIT}
    assert filer.get(f"values?subject={UNIT}").status == 200


@pytest.mark.parametrize(
    "asked", ["values?subject=210403", "values?subject=city", "facts?reporter=210403", "status?reporter=planning"]
)
def test_a_filer_that_asks_about_others_is_refused(asked):
    assert Program("filer").get(asked).status == 403


def test_a_browsers_session_reads_the_same():
    visitor = Browser(APP)
    visitor.cookies["plan_session"] = sessions.start(accounts.get("the-filer"), "127.0.0.1")[0]
    answer = visitor.get("/api/v1/values", accept="text/html")
    assert json.loads(answer.content)["rows"] == Program("filer").rows("values")


def test_what_is_fetched_is_logged_once_an_hour_with_its_parameters():
    leader = Program("leader")
    for _ in range(3):
        leader.get("values?period=2021Q3&format=csv")
    leader.get("values?period=2021Q2")
    leader.get("values?period=2021Q9")
    told = [(e.name, e.object) for e in audit.entries(event="download")]
    assert told == [("the-leader", "api:values")] * 2
    assert "period=2021Q3" in audit.entries(event="download")[1].detail and leader.token not in repr(audit.entries())


# Mistakes


@pytest.mark.parametrize(
    ("asked", "parameter", "allowed"),
    [
        ("values?period=2021Q9", "period", "2021Q3"),
        ("values?period=", "period", "2021Q3"),
        ("values?basis=all", "basis", "approved"),
        ("values?indicator=K01", "indicator", "public-share"),
        ("values?subject=nowhere", "subject", "city"),
        ("facts?subject=city", "subject", "210402"),
        ("facts?element=x' or '1'='1", "element", "kindergarten.children"),
        ("values?format=xml", "format", "parquet"),
        ("values?version=99", "version", "1"),
        ("values?version=-1", "version", ""),
        ("values?version=０１", "version", ""),
        ("values?limit=0", "limit", ""),
        ("values?limit=1000000000", "limit", ""),
        ("values?limit=0000000001", "limit", ""),
        ("values?offset=x", "offset", ""),
        ("values?lang=fr", "lang", "en"),
        ("plan?part=all", "part", "tasks"),
        ("values?perid=2021Q3", "perid", "period"),
        ("deadlines.ics?period=2021Q3", "period", "version"),
        ("values?period=2021Q1&period=2021Q2", "period", ""),
    ],
)
def test_a_wrong_parameter_is_named_with_what_it_may_be(asked, parameter, allowed):
    answer = Program("leader").get(asked)
    error = json.loads(answer.content)["error"]
    assert (answer.status, error["status"], error["parameter"]) == (400, 400, parameter)
    assert allowed in error.get("allowed", [""]) and parameter in error["message"]


def test_messages_speak_the_language_asked_for():
    leader = Program("leader")
    assert leader.error("values?limit=x")["message"] == "参数有误：“limit”应为1至999999999的整数。"
    assert (
        leader.error("values?limit=x&lang=en")["message"]
        == "A parameter is wrong: 'limit' must be a whole number from 1 to 999999999."
    )
    assert "/api/v1/" in leader.error("nothing")["message"]


def test_before_anything_is_published_there_is_nothing(tmp_path, monkeypatch):
    leader = Program("leader")
    shutil.rmtree(tmp_path / "var" / "warehouse")
    (tmp_path / "var" / "journal.jsonl").unlink(missing_ok=True)
    assert leader.get("values").status == 404
    assert leader.json("")["version"] is None


def test_a_damaged_newest_version_is_told_in_a_header_and_a_store_without_a_whole_one_in_a_sentence():
    leader, newest = Program("leader"), store.newest(store.data_folder())
    at = clock.now()
    lost = store.publish(
        store.data_folder(), current_plan(), lambda writer: writer.lock("2021Q1", "county", "", at, "x")
    )
    assert leader.get("values?limit=1").header("x-data-damaged") == ""
    lost.path.write_bytes(b"")
    answer = leader.get("values?limit=1")
    told = [answer.header(f"x-data-{name}") for name in ("damaged", "version")]
    assert (answer.status, told) == (200, [str(lost.number), str(newest.number)])
    newest.path.unlink()
    answer = leader.get("values?limit=1")
    assert answer.status == 503 and "python -m warehouse repair" in json.loads(answer.content)["error"]["message"]


def test_quarters_are_those_of_the_plan():
    allowed = Program("leader").error("values?period=x")["allowed"]
    plan = current_plan()
    assert allowed == [str(plan.baseline_period), *map(str, plan.periods)] and all(map(Period.parse, allowed))
