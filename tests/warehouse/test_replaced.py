"""A return that was withdrawn because another came in its place: written as data, and understood as it was told before."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import duckdb
import pytest
from warehouse_fixtures import House

from warehouse import build, compare_versions, questions, read, store
from warehouse.questions import asking
from warehouse.versions import editions, journal, ledger
from warehouse.versions.journal import TableRows
from warehouse.versions.put_back import put_back
from warehouse.write import Writer

KEY = ("county", "A", "2021Q1")
TABLE = "unit | period | kids\nA | 2021Q1 | 100"
AT = datetime(2021, 4, 8, 9)


def withdrawn(con):
    """load_id -> (by another, what was said)."""
    events = questions.events(asking(con), KEY)
    return {load: (gone, said) for _, what, _, _, said, load, gone, _ in events if what == "withdrawn"}


def test_by_which_one_it_was_replaced_stands_in_the_ledger(tmp_path):
    house = House(tmp_path)
    [first], [second] = house.file(TABLE), house.file(TABLE, received=AT)
    house.publish(lambda writer: writer.replace(first, second, AT, "A"))
    assert house.ask(withdrawn) == {first: (True, "")}
    number = house.ask(lambda con: questions.received(asking(con), second)).number
    assert house.ask(lambda con: con.execute("select replaced_by from review").fetchall()) == [(number,)]


def test_what_was_told_in_the_reason_is_understood_in_a_version_of_that_program_too(tmp_path):
    """Up to 0.6 it stood where a person's words stand, and the ledger had no column for it."""
    house = House(tmp_path)
    [first], [second] = house.file(TABLE), house.file(TABLE, received=AT)
    house.publish(lambda writer: writer.review(first, "withdrawn", AT, "A", "replaced by 0a1b2c3d4e5f"))
    with store.scratch(store.latest(tmp_path)) as old:
        assert withdrawn(old) == {first: (True, "")}
        old.execute("alter table review drop column replaced_by")
        assert withdrawn(old) == {first: (True, "")}
        reasons = read.submissions(old).set_index("load_id")["reason"]
        assert (reasons[first], reasons[second]) == ("", None)
    with house.open() as now, store.open_version(store.versions(tmp_path)[0]) as before:
        assert compare_versions.decisions_since(before, now)["reason"].tolist() == [""]


def test_words_of_a_person_stay_theirs(tmp_path):
    house = House(tmp_path)
    [first] = house.file(TABLE)
    house.publish(lambda writer: writer.review(first, "withdrawn", AT, "A", "replaced by hand"))
    assert house.ask(withdrawn) == {first: (False, "replaced by hand")}


def test_a_ledger_of_an_older_program_is_brought_forward(tmp_path, monkeypatch):
    house = House(tmp_path)
    older = tmp_path / "schema.sql"
    told = editions.SCHEMA.read_text("utf-8")
    older.write_text(told.replace("alter table review add column", "-- "), "utf-8")
    with monkeypatch.context() as before:
        before.setattr(editions, "SCHEMA", older)
        before.setattr(build, "marts_digest", lambda: "of the older program")
        [first] = house.file(TABLE)
        with house.open() as con, pytest.raises(duckdb.BinderException):
            con.execute("select replaced_by from review")
    assert house.ask(withdrawn) == {}
    [second] = house.file(TABLE, received=AT)
    house.publish(lambda writer: writer.replace(first, second, AT, "A"))
    assert house.ask(withdrawn) == {first: (True, "")}


def test_lines_of_the_journal_with_and_without_it_are_put_back_together(tmp_path):
    house = House(tmp_path)
    [first], [second] = house.file(TABLE), house.file(TABLE, received=AT)
    house.publish(lambda writer: writer.replace(first, second, AT, "A"))
    house.publish(lambda writer: writer.review(second, "approved", AT, "reviewer"))
    *new, last = [line.entry for line in journal.lines(tmp_path)]
    review = last.tables()["review"]
    at = review.columns.index("replaced_by")
    rows = [[value for n, value in enumerate(row) if n != at] for row in review.rows]
    columns = tuple(name for name in review.columns if name != "replaced_by")
    older = replace(last, packed=journal.pack({"review": TableRows(columns, rows)}))
    with store.scratch(store.latest(tmp_path)) as copy:
        for table in ledger.TABLES:
            copy.execute(f"delete from {table}")
        assert put_back(Writer(copy), [*new, older], onto_nothing=True).decisions == 2
        assert withdrawn(copy) == {first: (True, "")}
