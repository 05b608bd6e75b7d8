"""Versions between files and a lake, so that a backup is the same either way and an installation can change its store.

What is copied are the tables that were written, the plan as it stood among them; the marts are made anew from those.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb

from catalogue.wording import say
from warehouse import build, plan_tables
from warehouse.lake import catalog, connections
from warehouse.lake.address import LakeAddress
from warehouse.lock import BUSY_AFTER, StoreError
from warehouse.versions import editions, files, keeping, listed
from warehouse.versions.model import Version

_TABLES = "select schema_name, table_name from duckdb_tables() where database_name = ?"


def write_out(versions: Iterable[Version], folder: Path) -> None:
    """As files of a data folder, each with its manifest."""
    files.place_of(folder).mkdir(parents=True, exist_ok=True)
    for version in versions:
        path = files.path_of(folder, version.number)
        with connections.reading(version) as con, _attached(con, path) as target:
            con.execute("begin")
            _copy(con, f"v{version.snapshot}", target)
            con.execute("commit")
            con.execute(f"checkpoint {target}")
        files.write_manifest(path, files.measured(path))


def move_in(folder: Path, lake: LakeAddress, everything: bool = False) -> list[int]:
    """The newest version of a data folder, and those kept for ever, under their numbers. The files stay where they are.

    everything: all that lie there.

    All or nothing but for the last step: a lake that was left half filled is not empty, and says so. Raises StoreError.
    """
    newest = listed.newest(folder)
    if newest is None:
        return []
    there = files.numbers(folder)
    wanted = there if everything else sorted({newest.number, *(keeping.kept(folder) or ())} & set(there))
    with catalog.writing(lake, "move-in", BUSY_AFTER), connections.writing(lake) as con:
        if catalog.newest(lake):
            raise StoreError(say("lake.not_empty"))
        for number in wanted:
            version = listed.version(folder, number)
            with _attached(con, version.path, "read_only") as source:
                con.execute("begin")
                _copy(con, source, connections.NAME)
                connections.commit(con, version.by, version.note, number)
    catalog.keep(lake, sorted(set(wanted) & (keeping.kept(folder) or set())))
    return wanted


@contextmanager
def _attached(con: duckdb.DuckDBPyConnection, path: Path, how: str = "block_size 16384") -> Iterator[str]:
    name = f"file_{secrets.token_hex(4)}"
    told = str(path).replace("'", "''")
    con.execute(f"attach '{told}' as {name} ({how})")
    try:
        yield name
    finally:
        con.execute("use memory")
        con.execute(f"detach {name}")


def _copy(con: duckdb.DuckDBPyConnection, source: str, target: str) -> None:
    """Within a transaction; what the target held under the same names goes."""
    there = set(con.execute(_TABLES, [source]).fetchall())
    con.execute(f"use {source}")
    held = editions.held(con)
    if not held:
        raise StoreError(say("lake.old_version"))
    con.execute(f"use {target}")
    con.execute(editions.SCHEMA.read_text("utf-8"))
    for name in sorted(editions.ledger_tables()):
        _rows(con, source, "main", name, there)
    for edition in held:
        con.execute(f'create schema if not exists "{edition.schema}"')
        editions.use(con, edition)
        con.execute(editions.PLAN_SCHEMA.read_text("utf-8"))
        for name, _ in plan_tables.PLAN_TABLES:
            _rows(con, source, edition.schema, name, there)
        build.build(con)
        editions.note(con, replace(edition, marts_digest=build.marts_digest()))
    editions.show_outside(con)


def _rows(con: duckdb.DuckDBPyConnection, source: str, schema: str, name: str, there: set[tuple[str, str]]) -> None:
    if (schema, name) in there:
        con.execute(f'delete from "{schema}".{name}')
        con.execute(f'insert into "{schema}".{name} by name select * from {source}."{schema}".{name}')
