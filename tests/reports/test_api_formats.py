"""The API's files, opened again by programs that are not ours: pandas, DuckDB, icalendar."""

from __future__ import annotations

import io
import json
import zipfile

import duckdb
import icalendar
import pandas as pd
import pyarrow as pa
import pytest
from api_fixtures import UNIT, Program, house  # noqa: F401  (fixture)
from pyarrow import parquet

from catalogue.load import current_plan
from catalogue.period import Period
from reports.api import formats
from reports.api.formats import inert
from warehouse import read, store

pytestmark = pytest.mark.usefixtures("house")


def values() -> pd.DataFrame:
    with store.open_version(store.newest(store.data_folder())) as con:
        return read.values(con)


# CSV


def test_a_csv_opens_in_excel_and_in_pandas_with_the_same_numbers():
    answer = Program("leader").get("values?format=csv")
    assert answer.content.startswith(b"\xef\xbb\xbf") and answer.header("content-type") == "text/csv; charset=utf-8"
    assert answer.header("content-disposition") == 'attachment; filename="values.csv"'
    found, wanted = pd.read_csv(io.BytesIO(answer.content)), values()
    assert list(found)[: len(wanted.columns)] == list(wanted)
    for name in ("value", "target", "pace", "numerator", "rank"):
        pd.testing.assert_series_equal(found[name], wanted[name])
    assert set(found["data_version"]) == {store.newest(store.data_folder()).number} and found["data_demo"].all()


def test_a_blank_is_an_empty_cell_and_a_whole_number_is_whole():
    lines = Program("leader").get("values?format=csv&period=2021Q3&subject=city").text.splitlines()
    row = dict(zip(lines[0].lstrip("\ufeff").split(","), lines[1].split(","), strict=True))
    assert (row["subject"], row["rank"]) == ("", "") and row["filed"] == "7"


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+cmd|x",
        "-cmd",
        "@SUM(A1)",
        "\t=1",
        "\rx",
        " =1",
        "=-2",
        "＝1+1",
        "＠SUM(A1)",
        "－1＋2",
        "-1-2",
        "-inf",
        "+",
    ],
)
def test_a_text_is_never_a_formula(cell):
    assert inert(cell) == f"'{cell}"
    written = formats.csv_bytes(pa.table({"text": [cell]}))
    assert pd.read_csv(io.BytesIO(written), dtype=str)["text"][0] == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "-5", "+3.25", "5", "印发通知", "a=1", "1-2"])
def test_numbers_and_ordinary_texts_stay_as_they_are(cell):
    assert inert(cell) == cell


def test_a_negative_number_stays_a_number():
    assert b"\r\n-1.5\r\n" in formats.csv_bytes(pa.table({"change": [-1.5]}))


# Parquet


def test_duckdb_reads_a_parquet_file_in_one_line(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "values.parquet").write_bytes(Program("leader").get("values?format=parquet").content)
    found = duckdb.sql(
        "select value from 'values.parquet' where indicator = 'public-share' and period = '2021Q3' and subject is null"
    )
    wanted = values().query("indicator == 'public-share' and period == '2021Q3' and subject.isna()")["value"].item()
    assert found.fetchall() == [(wanted,)]
    kinds = dict(duckdb.sql("select column_name, column_type from (describe from 'values.parquet')").fetchall())
    assert (kinds["value"], kinds["rank"], kinds["firm"], kinds["period"]) == ("DOUBLE", "BIGINT", "BOOLEAN", "VARCHAR")


def test_a_parquet_file_says_what_it_stands_on():
    table = parquet.read_table(io.BytesIO(Program("leader").get("facts?period=2021Q3&format=parquet").content))
    about = json.loads(table.schema.metadata[b"plan-monitor"])
    assert (about["resource"], about["period"], about["total"]) == ("facts", "2021Q3", table.num_rows)
    assert table.schema.field("received_at").type == pa.timestamp("ms")


def test_the_whole_version_is_one_zip_that_can_be_joined(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = Program("leader").get("parquet.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        assert file.testzip() is None
        file.extractall()
    assert sorted(path.stem for path in tmp_path.glob("*.parquet")) == [
        "commitments",
        "deadlines",
        "elements",
        "facts",
        "indicators",
        "milestones",
        "subtargets",
        "tasks",
        "units",
        "values",
    ]
    assert duckdb.sql("select count(*) from 'values.parquet'").fetchone() == (len(values()),)
    quoted = duckdb.sql(
        "select count(c.quote) from 'values.parquet' join 'commitments.parquet' as c using (commitment)"
    )
    assert quoted.fetchone() == (int(values()["commitment"].notna().sum()),)
    assert Program("leader").get("parquet.zip").content == answer.content


def test_a_filers_zip_holds_its_own_rows(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with zipfile.ZipFile(io.BytesIO(Program("filer").get("parquet.zip?basis=approved").content)) as file:
        file.extractall()
    assert duckdb.sql("select distinct subject, basis from 'values.parquet'").fetchall() == [(UNIT, "approved")]
    assert duckdb.sql("select distinct reporter from 'facts.parquet'").fetchall() == [(UNIT,)]


# Every table in every format


@pytest.mark.parametrize(
    "asked",
    ["values?", "facts?", "status?", "units?", "deadlines?", "versions?"]
    + [f"plan?part={part}&" for part in ("commitments", "tasks", "indicators", "milestones", "elements", "subtargets")],
)
def test_the_three_formats_say_the_same(asked):
    leader = Program("leader")
    rows = leader.rows(asked.rstrip("?&"))
    table = parquet.read_table(io.BytesIO(leader.get(f"{asked}format=parquet").content)).to_pylist()
    lines = pd.read_csv(io.BytesIO(leader.get(f"{asked}format=csv").content), dtype=str, keep_default_na=False).to_dict(
        "records"
    )
    assert len(rows) == len(table) == len(lines)
    for row, packed, line in zip(rows, table, lines, strict=True):
        for name, value in row.items():
            told = packed[name]
            assert (told.isoformat() if hasattr(told, "isoformat") else told) == value
            assert line[name] == (
                "" if value is None else str(value).lower() if isinstance(value, bool) else inert(str(value))
            )


# The calendar


def test_the_calendar_holds_the_due_days():
    answer = Program("leader").get("deadlines.ics")
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == list(current_plan().deadlines.values())
    assert answer.header("content-type") == "text/calendar; charset=utf-8"
    assert "returns due" in Program("leader").get("deadlines.ics?lang=en").text.lower()


def test_a_filers_calendar_has_its_own_day_where_that_was_moved():
    def move(writer):
        writer.deadline(
            "2021Q3", ("", UNIT), pd.Timestamp("2021-10-20").date(), pd.Timestamp("2021-10-12"), "某人", "演示"
        )

    store.publish(store.data_folder(), current_plan(), move)
    days = {}
    for role in ("leader", "filer"):
        events = icalendar.Calendar.from_ical(Program(role).get("deadlines.ics").content).walk("VEVENT")
        days[role] = [f"{event.decoded('dtstart')}" for event in events]
    assert "2021-10-20" in days["filer"] and f"{current_plan().deadlines[Period(2021, 3)]}" not in days["filer"]
    assert len(days["filer"]) == 4 and len(days["leader"]) == 5
    first, *_ = icalendar.Calendar.from_ical(Program("filer").get("deadlines.ics").content).walk("VEVENT")
    assert str(first["SUMMARY"]).startswith("新抚区") and "责任单位" not in str(first["DESCRIPTION"])


def test_a_form_put_off_is_in_the_calendar_at_its_next_fetch_under_the_uid_it_keeps():
    leader, uids = Program("leader"), set()
    for number, day in enumerate(("2021-10-20", "2021-10-22")):
        before = leader.get("deadlines.ics")

        def move(writer, day=day, number=number):
            writer.deadline(
                "2021Q3",
                ("county", ""),
                pd.Timestamp(day).date(),
                pd.Timestamp(f"2021-10-12 0{number}:00"),
                "某人",
                "演示",
            )

        store.publish(store.data_folder(), current_plan(), move)
        after = leader.get("deadlines.ics", **{"if-none-match": before.header("etag")})
        [event] = [
            e for e in icalendar.Calendar.from_ical(after.content).walk("VEVENT") if f"{e.decoded('dtstart')}" == day
        ]
        uids.add(str(event["UID"]))
    assert len(uids) == 1
