"""The command line is a contract: exit codes and JSON keys that scripts rely on."""

from __future__ import annotations

import json

import openpyxl
import pytest
from command_line import ROOT, VALUES, called_etl, run_etl

SOURCE = ["indicator", "element", "part", "reporting_unit", "value", "sha256", "file", "sheet", "cell"]
STATUS = ["reporting_unit", "form", "state", "submitted_at", "late"]


# Called as a script calls it once for each way to end (0, 1, 2); the rest in the test's own process.


def ask(data, *arguments):
    return json.loads(called_etl(data, *arguments, "--json").stdout)


def test_values_have_exactly_the_keys_promised(demo_data):
    rows = json.loads(run_etl(demo_data, "values", "--period", "2021Q2", "--json").stdout)
    assert {tuple(row) for row in rows} == {tuple(VALUES)}
    assert {row["light"] for row in rows} <= {"green", "yellow", "red", "grey"}
    assert {row["commitment"] for row in rows if row["reporting_unit"] is None} >= {f"K{n:02}" for n in range(1, 41)}


def test_values_of_one_unit_are_that_units_alone(demo_data):
    assert {row["reporting_unit"] for row in ask(demo_data, "values", "--period", "2021Q2", "--unit", "210402")} == {
        "210402"
    }


def test_source_leads_to_cells_that_hold_the_value(demo_data):
    rows = ask(demo_data, "source", "K02", "--period", "2021Q1", "--unit", "210402")
    assert {tuple(row) for row in rows} == {tuple(SOURCE)}
    assert [row["part"] for row in rows] == ["denominator", "numerator"] or [row["part"] for row in rows] == [
        "numerator",
        "denominator",
    ]
    for row in rows:
        [workbook] = (ROOT / "data/demo").rglob(row["file"])
        sheet = openpyxl.load_workbook(workbook, data_only=True)[row["sheet"]]
        assert sheet[row["cell"]].value == row["value"]


def test_status_names_every_return_owed(demo_data):
    rows = ask(demo_data, "status", "--period", "2021Q3")
    assert {tuple(row) for row in rows} == {tuple(STATUS)}
    states = {(row["reporting_unit"], row["form"]): row["state"] for row in rows}
    assert len(rows) == 8 + 1 + 16
    assert states["210421", "county"] == "missing"
    assert states["vocational", "department"] == "returned"
    assert [row["reporting_unit"] for row in rows if row["late"] and row["state"] not in ("missing", "returned")] == [
        "210423"
    ]


def test_the_same_files_again_change_nothing(demo_data):
    before = sorted(path.name for path in (demo_data / "warehouse").glob("*.duckdb"))
    said = called_etl(demo_data, "load", "data/demo").stdout
    assert "未变" in said
    assert sorted(path.name for path in (demo_data / "warehouse").glob("*.duckdb")) == before


@pytest.fixture
def template(tmp_path):
    """The Q1 template of 新抚区, empty."""
    called_etl(tmp_path / "var", "template", "--unit", "210402", "--period", "2021Q1", "--out", str(tmp_path / "out"))
    [path] = (tmp_path / "out").glob("*.xlsx")
    return path


def test_an_empty_template_is_refused_with_its_cells_named(tmp_path, template):
    done = called_etl(tmp_path / "var", "load", str(template), code=1)
    assert "学前教育!" in done.stdout
    assert not (tmp_path / "var" / "warehouse").exists() or not list((tmp_path / "var" / "warehouse").glob("*.duckdb"))


def test_a_file_that_is_no_workbook_is_refused_and_the_rest_taken(tmp_path, demo_data):
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "报表.xlsx").write_bytes(b"%PDF-1.7 not a workbook")
    good = next((ROOT / "data/demo/2021Q1").glob("*新抚区*.xlsx"))
    (folder / good.name).write_bytes(good.read_bytes())
    done = run_etl(tmp_path / "var", "load", str(folder), code=1)
    assert "接收1个" in done.stdout and "不能接收1个" in done.stdout


def test_a_dry_run_leaves_nothing_behind(tmp_path):
    good = next((ROOT / "data/demo/2021Q1").glob("*新抚区*.xlsx"))
    called_etl(tmp_path / "var", "load", "--dry-run", str(good))
    assert not list((tmp_path / "var").rglob("*.duckdb"))


def test_approve_approves_what_is_accepted(tmp_path):
    good = next((ROOT / "data/demo/2021Q1").glob("*新抚区*.xlsx"))
    called_etl(tmp_path / "var", "load", "--approve", "--sender", "张三", str(good))
    [row] = [r for r in ask(tmp_path / "var", "status", "--period", "2021Q1") if r["reporting_unit"] == "210402"]
    assert row["state"] == "approved"


@pytest.mark.parametrize(
    "arguments",
    [
        ("values", "--period", "2021-3"),
        ("values", "--period", "2021Q1", "--unit", "999999"),
        ("source", "no-such-indicator", "--period", "2021Q1"),
        ("load", "no/such/path"),
        ("template", "--unit", "999999", "--period", "2021Q1", "--out", "/tmp/x"),
    ],
)
def test_a_wrong_call_ends_with_2(demo_data, arguments):
    assert called_etl(demo_data, *arguments, code=2).stderr


def test_a_script_is_told_of_a_wrong_call_by_its_end(demo_data):
    assert run_etl(demo_data, "values", "--period", "2021-3", code=2).stderr
