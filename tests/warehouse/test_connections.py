"""The connection that is kept for the next file of a folder carries nothing over and reaches nothing outside."""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb
import pytest

from warehouse.versions import connections


def test_what_was_not_committed_is_gone_and_the_next_file_knows_nothing_of_the_last(tmp_path):
    with connections.writing(tmp_path / "1.part") as con:
        con.execute("create schema plan_2021")
        con.execute("create table plan_2021.kept as select 1 as n")
        con.execute("set search_path = 'plan_2021,main'")
        con.execute("set force_compression = 'dictionary'")
        con.execute("begin")
        con.execute("create table lost as select 1 as n")
    with connections.writing(tmp_path / "2.part") as con:
        assert con.execute("select count(*) from duckdb_tables()").fetchone() == (0,)
        told = "select current_schema(), current_database(), current_setting('force_compression')"
        assert con.execute(told).fetchone() == ("main", "version", "auto")
    with connections.writing(tmp_path / "1.part") as con:
        assert con.execute("select table_name from duckdb_tables()").fetchall() == [("kept",)]
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["1.part", "2.part"]  # no log beside them


def test_after_a_mistake_the_file_is_whole_and_the_next_begins_anew(tmp_path):
    with pytest.raises(ZeroDivisionError), connections.writing(tmp_path / "1.part") as con:
        con.execute("create table kept as select 1 as n")
        con.execute("begin")
        con.execute("create table lost as select 1 as n")
        raise ZeroDivisionError
    with connections.writing(tmp_path / "1.part") as con:
        assert con.execute("select table_name from duckdb_tables()").fetchall() == [("kept",)]


def test_no_more_are_kept_than_said_and_none_is_in_use(tmp_path):
    with connections.writing(tmp_path / "1.part"):
        kept = list(connections._idle.values())
        with connections.writing(tmp_path / "2.part") as other:
            assert all(other is not one for one in kept)
    for n in range(4):
        (tmp_path / str(n)).mkdir()
        with connections.writing(tmp_path / str(n) / "1.part"):
            pass
    assert len(connections._idle) <= connections.KEPT_IDLE


def test_a_writer_opens_nothing_outside_its_folder(tmp_path):
    inside, outside = tmp_path / "in", tmp_path / "secret.csv"
    inside.mkdir()
    outside.write_text("a\n1\n")
    with connections.writing(inside / "1.part") as con:
        for asked in (f"select * from read_csv('{outside}')", f"attach '{tmp_path}/other.duckdb'"):
            with pytest.raises(duckdb.PermissionException):
                con.execute(asked)
        with pytest.raises(duckdb.Error):
            con.execute("set enable_external_access = true")


def test_a_folder_with_an_apostrophe_is_a_folder(tmp_path):
    place = tmp_path / "l'an"
    place.mkdir()
    with connections.writing(place / "1.part") as con:
        con.execute("create table kept as select 1 as n")
    assert (place / "1.part").stat().st_size > 0


def test_what_does_not_fit_into_memory_goes_where_a_server_may_write(tmp_path, monkeypatch):
    """Not into the working folder, which a unit of ours may only read; and out of it again what was put there."""
    monkeypatch.chdir(tmp_path)
    with connections.writing(tmp_path / "1.part") as con:
        place = Path(con.execute("select current_setting('temp_directory')").fetchone()[0])
        assert place.is_relative_to(tempfile.gettempdir()) and place.stat().st_mode & 0o77 == 0
        con.execute("set memory_limit = '60MB'")
        rows = con.execute(
            "select count(*) from (select distinct hash(i), repeat('x', 40) || i from range(1500000) as t (i))"
        )
        assert rows.fetchone() == (1_500_000,)
        con.execute("reset memory_limit")
    assert [path.name for path in tmp_path.iterdir()] == ["1.part"] and not list(place.iterdir())
