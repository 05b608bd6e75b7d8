"""Versions: published whole or not at all, and never changed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from ready_tables import in_one_go
from warehouse_fixtures import House, a_fact, a_finding, a_receipt, rows_in, small_plan

from catalogue import clock
from warehouse import read, store

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.usefixtures("made_in_one_go")


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


def add_one(writer) -> None:
    writer.add_receipt(a_receipt())


def test_a_folder_without_a_version_has_no_newest(tmp_path):
    assert store.newest(tmp_path) is None
    assert store.versions(tmp_path) == []


def test_versions_are_numbered_and_say_who_when_and_what(house):
    house.publish(add_one)
    house.publish(lambda writer: writer.add_receipt(a_receipt(period="2021Q3")))
    first, second = store.versions(house.folder)
    assert (first.number, second.number) == (1, 2)
    assert second.path == house.folder / "warehouse" / "000002.duckdb"
    assert (second.note, second.by, second.plan, second.plan_digest, second.periods) == (
        "测试",
        "tester",
        "2021",
        "first",
        ("2021Q3",),
    )
    assert abs((clock.real_now() - second.published_at).total_seconds()) < 60
    assert store.newest(house.folder) == second == store.version(house.folder, 2)
    with store.open_version(second) as con:
        assert read.info(con)["number"] == 2


def test_a_first_version_that_begins_with_ready_tables_is_the_one_made_in_one_go(tmp_path):
    """What every other chapter of the tests relies on (tests/support/ready_tables.py)."""
    table = "unit | period | dropouts | groups\nA | 2021Q1 | 0 | 1\nB | 2021Q1 | 3 | 0"
    told = {}
    for way in ("in one go", "made", "copied"):
        house = House(tmp_path / way, small_plan(digest="never before in this process"))
        with in_one_go(way == "in one go"):
            house.file(table, approve=True)
        told[way] = everything(house)
    assert told["made"] == told["in one go"] and told["copied"] == told["in one go"]
    assert sum(map(len, told["copied"].values())) > 1_000


def everything(house) -> dict:
    """Rows of every table and text of every view, but for when it was published."""
    with house.open() as con:
        tables = con.execute("select schema_name, table_name from duckdb_tables()").fetchall()
        found = {name: con.execute(f'from "{name[0]}".{name[1]} order by all').fetchall() for name in tables}
        found["views"] = con.execute("select schema_name, view_name, sql from duckdb_views() order by all").fetchall()
    found["main", "version_info"] = [row[:1] + row[2:] for row in found["main", "version_info"]]
    return found


def test_a_published_version_never_changes(house):
    first = house.publish(add_one)
    before = first.path.read_bytes()
    house.publish(lambda writer: writer.review(1, "returned", datetime(2021, 4, 6), "reviewer"))
    assert first.path.read_bytes() == before
    assert rows_in(first, "review") == 0


def test_a_version_that_is_not_there_is_named(house):
    house.publish()
    with pytest.raises(store.StoreError, match=r"000007\.duckdb"):
        store.version(house.folder, 7)


def test_a_change_that_raises_publishes_nothing(house):
    before = house.publish(add_one)
    files = sorted(path.name for path in house.folder.rglob("*"))

    def change(writer):
        writer.add_receipt(a_receipt("B"))
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        house.publish(change)
    assert store.newest(house.folder) == before
    assert rows_in(before, "receipt") == 1
    assert sorted(path.name for path in house.folder.rglob("*")) == files
    assert not [name for name in files if name.startswith("000002")]


def test_a_change_that_changes_nothing_publishes_nothing(house):
    load_ids = []
    house.publish(lambda writer: load_ids.append(writer.add_receipt(a_receipt())))
    before = house.publish(lambda writer: writer.review(load_ids[0], "approved", datetime(2021, 4, 6), "reviewer"))
    assert house.publish() == before
    assert house.publish(lambda writer: writer.review(load_ids[0], "approved", datetime(2021, 5, 6), "other")) == before


def test_the_same_bytes_are_known_until_they_are_withdrawn(house):
    def load(writer):
        receipt = a_receipt(sha256="5" * 64)
        seen.append(writer.known(receipt.sha256, receipt.form, receipt.reporter, receipt.period))
        if seen[-1] is None:
            writer.add_receipt(receipt)

    seen: list[str | None] = []
    first = house.publish(load)
    assert house.publish(load) == first
    house.publish(lambda writer: writer.review(1, "returned", datetime(2021, 4, 6), "reviewer"))
    assert house.publish(load).number == 2
    house.publish(lambda writer: writer.review(1, "withdrawn", datetime(2021, 4, 7), "sender"))
    house.publish(load)
    assert seen == [None, "2021Q1-A-county-01", "2021Q1-A-county-01", None]
    assert [receipt for receipt in house.ask(read.submissions)["number"]] == [
        "2021Q1-A-county-02",
        "2021Q1-A-county-01",
    ]


def test_the_same_bytes_of_another_unit_or_quarter_are_not_known(house):
    def ask(writer):
        writer.add_receipt(a_receipt(sha256="5" * 64))
        found.extend(
            writer.known("5" * 64, *who)
            for who in (("county", "B", "2021Q1"), ("county", "A", "2021Q2"), ("project", "A", "2021Q1"))
        )

    found: list[str | None] = []
    house.publish(ask)
    assert found == [None, None, None]


def test_what_is_written_comes_back_as_it_was(house):
    def change(writer):
        load_id = writer.add_receipt(a_receipt())
        writer.add_facts(
            load_id,
            [
                a_fact("pupils", "12345678901234.5678"),
                a_fact("done", text="印发\n“方案”"),
                a_fact("kids", "/"),
                a_fact("eyes"),
            ],
        )
        writer.add_findings(load_id, [a_finding("first"), a_finding("second")])

    house.publish(change)
    with house.open() as con:
        facts = con.execute(
            "select element, state, value::varchar, text, raw, cell from fact order by element"
        ).fetchall()
    assert facts == [
        ("done", "value", None, "印发\n“方案”", "印发\n“方案”", "D7"),
        ("eyes", "blank", None, None, "", "D7"),
        ("kids", "na", None, None, "/", "D7"),
        ("pupils", "value", "12345678901234.5678", None, "12345678901234.5678", "D7"),
    ]
    assert house.ask(read.findings, 1)["rule"].tolist() == ["first", "second"]


def test_a_review_of_nothing_or_with_an_unknown_word_is_a_mistake(house):
    with pytest.raises(ValueError, match="'lost' is not one of filed, approved, returned, locked, withdrawn"):
        house.publish(lambda writer: writer.review(1, "lost", datetime(2021, 4, 6), "reviewer"))
    with pytest.raises(KeyError):
        house.publish(lambda writer: writer.review(1, "approved", datetime(2021, 4, 6), "reviewer"))


def test_a_changed_plan_is_written_into_the_next_version_and_everything_judged_anew(house):
    house.file("unit | period | dropouts | groups\nA | 2021Q1 | 0 | 1")
    house.plan = small_plan(digest="second", lights={"threshold_yellow_within": "10"}, subtargets={("F1", "A"): "7"})
    version = house.publish()
    assert (version.number, version.plan_digest, version.periods) == (2, "second", ())
    assert rows_in(version, "subtarget") == 1
    assert rows_in(version, "plan_commitment") == 13
    assert house.row("groups", "2021Q1", "A").value == 1
    assert house.row("pupils", "2021Q1", "A").target == 7


def test_a_reader_can_neither_write_nor_look_at_other_files(house, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    with store.open_version(house.publish(add_one)) as con:
        with pytest.raises(duckdb.Error, match="read-only"):
            con.execute("delete from receipt")
        with pytest.raises(duckdb.Error, match=r"disabled|not allowed|Permission"):
            con.execute(f"select * from read_csv('{secret}')")


def test_the_data_folder_is_where_the_environment_says(monkeypatch, tmp_path):
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    assert store.data_folder() == tmp_path
    monkeypatch.delenv("DASHBOARD_DATA")
    assert store.data_folder() == ROOT / "data" / "var"
