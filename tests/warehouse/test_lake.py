"""A lake says what files say: the same acts give the same rows, versions stay as they were, and nothing is half done."""

from __future__ import annotations

import os
import random
from datetime import datetime, timedelta

import duckdb
import pytest
from any_acts import acts, differing, rows_of
from lake_fixtures import begun_lake, lake  # noqa: F401  (fixtures)
from postgres_fixtures import lacking
from warehouse_fixtures import House, a_fact, a_receipt, rows_in

from warehouse import build, questions, store
from warehouse.__main__ import main as warehouse
from warehouse.lake import address, catalog, connections
from warehouse.lock import StoreBusy, StoreError
from warehouse.versions import editions
from warehouse.versions.connections import spill
from warehouse.versions.ledger import TABLES
from warehouse.versions.verify import verify


@pytest.fixture
def house(tmp_path, begun_lake):  # noqa: F811
    return House(tmp_path / "data")


@pytest.fixture
def house_at_nothing(tmp_path, monkeypatch, lake):  # noqa: F811
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))
    return House(tmp_path / "data")


def only_a_receipt(writer, reporter: str, minute: int) -> int:
    """Of which the marts say nothing."""
    return writer.add_receipt(a_receipt(reporter, received=datetime(2021, 4, 5, 9, minute)))


def a_return(writer, reporter: str = "A", minute: int = 0, value: str = "40", period: str = "2021Q1") -> int:
    receipt = a_receipt(reporter, period, datetime(2021, 4, 5, 9, minute), sha256=f"{reporter}{period}{minute}")
    load_id = writer.add_receipt(receipt)
    writer.add_facts(load_id, [a_fact("kids", value, reporter, period)])
    return load_id


def only_a_fact(writer, reporter: str = "A", minute: int = 0) -> int:
    """Of a quarter of which no plan speaks and no mart tells."""
    return a_return(writer, reporter, minute, period="2019Q1")


def test_what_does_not_fit_into_memory_goes_where_a_server_may_write(begun_lake):  # noqa: F811
    with connections.writing(begun_lake) as con:
        place = con.execute("select current_setting('temp_directory')").fetchone()[0]
    assert place == spill(os.getpid())


@pytest.mark.usefixtures("lake")
def test_the_same_acts_leave_the_same_facts_and_marts_in_a_lake_as_in_files(tmp_path, monkeypatch):
    told = {}
    for kind in ("lake", "files"):
        house, turn = House(tmp_path / kind), acts(random.Random(7))
        first = [next(turn) for _ in range(25)]
        house.publish(lambda writer, first=first: [act(writer) for act in first])
        for _ in range(3):
            house.publish(next(turn))
        with house.open() as con:
            told[kind] = {name: rows_of(con, name) for name in (*TABLES, *(mart.name for mart in build.MARTS))}
        assert differing(house) == [], "and what was made anew is what a full build gives"
        monkeypatch.delenv(address.VARIABLE, raising=False)
    assert sum(map(len, told["lake"].values())) > 2_000
    assert [name for name in told["files"] if told["lake"][name] != told["files"][name]] == []


def test_versions_are_numbered_say_who_and_what_and_stay_as_they_were(house):
    house.publish(lambda writer: only_a_receipt(writer, "A", 0))
    house.publish(lambda writer: only_a_receipt(writer, "B", 1))
    first, second = store.versions(house.folder)
    assert [first.number, second.number] == [1, 2]
    assert (second.note, second.by, second.plan, second.periods) == ("测试", "tester", "2021", ("2021Q1",))
    assert (rows_in(first, "receipt"), rows_in(second, "receipt")) == (1, 2)
    assert store.newest(house.folder) == second == store.version(house.folder, 2)
    assert store.plans_of(first)[-1].code == store.plans_of(second)[-1].code


def test_a_change_that_fails_leaves_nothing_and_one_that_says_nothing_makes_no_version(house):
    house.publish(only_a_fact)

    def fails(writer):
        only_a_fact(writer, "B", 1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        house.publish(fails)
    assert house.publish().number == 1
    assert rows_in(store.newest(house.folder), "fact") == 1


def test_a_rehearsal_sees_the_change_and_leaves_nothing(house):
    house.publish(only_a_fact)
    counted = "select count(*) from fact"
    seen = store.rehearse(
        house.folder, house.plan, lambda writer: a_return(writer, "B", 1), lambda con: con.execute(counted).fetchone()
    )
    assert seen == (2,)
    assert rows_in(store.newest(house.folder), "fact") == 1


def test_what_is_tried_on_a_version_leaves_nothing(house):
    house.publish(only_a_fact)
    with store.scratch(store.newest(house.folder)) as con:
        con.execute("delete from fact")
    assert rows_in(store.newest(house.folder), "fact") == 1


def test_who_reads_cannot_write(house):
    house.publish(only_a_fact)
    with house.open() as con, pytest.raises(duckdb.Error, match="read-only"):
        con.execute("delete from fact")


def test_a_second_writer_is_told_who_writes(house, begun_lake):  # noqa: F811
    with catalog.writing(begun_lake, "王伟", 1), pytest.raises(StoreBusy, match="王伟"):
        store.publish(house.folder, house.plan, a_return, by="李娜", busy_after=0.1)


def test_an_old_file_replayed_does_not_beat_its_correction(house):
    """Whatever the order in which they are loaded: the one received later speaks."""
    house.publish(lambda writer: a_return(writer, minute=30, value="90"))
    house.publish(lambda writer: a_return(writer, minute=10, value="40"))
    with house.open() as con:
        told = con.execute(
            "select f.value from current_receipt as c join fact as f using (load_id) where basis = 'filed'"
        )
        assert [int(value) for (value,) in told.fetchall()] == [90]


def test_old_versions_go_by_their_age_and_kept_ones_stay(house, begun_lake):  # noqa: F811
    for minute, reporter in enumerate("ABCABC"):
        house.publish(lambda writer, minute=minute, reporter=reporter: only_a_receipt(writer, reporter, minute))
    assert store.keep(house.folder, [1, 99]) == {1}
    done = store.thin(house.folder, datetime.now() + timedelta(days=400))
    left = [each.number for each in store.versions(house.folder)]
    assert (left, set(done.gone), done.left) == ([1, 2, 3, 4, 5, 6], set(), 6), "five newest and one kept"
    house.publish(lambda writer: only_a_receipt(writer, "A", 20))
    house.publish(lambda writer: only_a_receipt(writer, "A", 21))
    done = store.thin(house.folder, datetime.now() + timedelta(days=400))
    assert (done.gone, [each.number for each in store.versions(house.folder)]) == ((2, 3), [1, 4, 5, 6, 7, 8])
    with pytest.raises(StoreError, match="2"):
        store.version(house.folder, 2)
    assert rows_in(store.version(house.folder, 1), "receipt") == 1, "read for ever"
    assert rows_in(store.newest(house.folder), "receipt") == 8
    store.let_go(house.folder, 1)
    assert catalog.kept(begun_lake) == set()


def test_all_is_verified_and_a_damaged_file_of_the_lake_is_found(house, begun_lake):  # noqa: F811
    def many(writer):
        load_id = writer.add_receipt(a_receipt())
        writer.add_facts(
            load_id, [a_fact("kids", str(n), f"S{n}", cell=f"D{n}") for n in range(connections.INLINED + 1)]
        )

    house.publish(many)
    assert [each for each in verify(house.folder).problems if "A2021" not in each and "原始" not in each] == []
    connections.forget(begun_lake)
    [path] = [path for path in (house.folder.parent / "lake-files").rglob("*.parquet") if "fact" in path.parts]
    path.write_bytes(path.read_bytes()[:-100])
    assert "读不出来" in verify(house.folder).problems[-1]


def test_a_catalogue_that_does_not_answer_is_told_in_a_sentence(house, begun_lake, monkeypatch):  # noqa: F811
    house.publish(only_a_fact)
    gone = begun_lake.conninfo.replace("host=", "host=/nowhere")
    monkeypatch.setenv(address.VARIABLE, f"{address.PREFIX}{gone}?DATA_PATH '{begun_lake.data}'")
    for ask in (lambda: store.newest(house.folder), lambda: house.publish(only_a_fact)):
        with pytest.raises(StoreError, match="数据湖暂时不可用"):
            ask()


@pytest.mark.parametrize(("on_ci", "outcome"), [("1", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_without_postgresql_ci_fails_where_others_skip(monkeypatch, on_ci, outcome):
    monkeypatch.setenv("CI", on_ci)
    with pytest.raises(outcome, match="postgresql-15"):
        lacking("apt-get install postgresql-15")


def test_versions_move_from_files_into_an_empty_lake_and_out_again(house_at_nothing, lake, monkeypatch):  # noqa: F811
    house = house_at_nothing
    told = os.environ[address.VARIABLE]
    monkeypatch.delenv(address.VARIABLE)
    for minute, reporter in enumerate("ABC"):
        house.publish(lambda writer, minute=minute, reporter=reporter: a_return(writer, reporter, minute))
    store.keep(house.folder, [2])
    before = {number: everything(store.version(house.folder, number)) for number in (2, 3)}
    monkeypatch.setenv(address.VARIABLE, told)
    assert warehouse(["move-in"]) == 0
    assert [each.number for each in store.versions(house.folder)] == [2, 3]
    assert {number: everything(store.version(house.folder, number)) for number in (2, 3)} == before
    assert catalog.kept(lake) == {2} and warehouse(["move-in"]) == 2, "it is not empty any more"
    assert house.publish(lambda writer: a_return(writer, "A", 9)).number == 4, "numbers go on"
    with store.as_files(house.folder, [2, 4]) as place:
        monkeypatch.delenv(address.VARIABLE)
        assert everything(store.version(place, 2)) == before[2]
        assert rows_in(store.newest(place), "receipt") == 4
        assert [each for each in verify(place).problems if "指纹" not in each] == []


def everything(version) -> dict:
    with store.open_version(version) as con:
        return {name: rows_of(con, name) for name in (*TABLES, *(mart.name for mart in build.MARTS))}


def test_a_lake_of_an_older_program_is_brought_forward(house_at_nothing, tmp_path, monkeypatch):
    """By the column that says by which return one was replaced."""
    house, older = house_at_nothing, tmp_path / "schema.sql"
    told = editions.SCHEMA.read_text("utf-8")
    older.write_text(told.replace("alter table review add column", "-- "), "utf-8")
    with monkeypatch.context() as before:
        before.setattr(editions, "SCHEMA", older)
        before.setattr(build, "marts_digest", lambda: "of the older program")
        house.publish(lambda writer: a_return(writer) and None)
        with house.open() as con, pytest.raises(duckdb.BinderException):
            con.execute("select replaced_by from review")
    house.publish(lambda writer: writer.replace(1, a_return(writer, minute=5), datetime(2021, 4, 5, 9, 5), "A"))
    events = house.ask(lambda con: questions.events(questions.asking(con), ("county", "A", "2021Q1")))
    assert [(load, gone) for _, what, _, _, _, load, gone, _ in events if what == "withdrawn"] == [(1, True)]
