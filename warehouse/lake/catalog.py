"""The lake's catalogue asked directly: which snapshot is which version, who writes, what is kept.

These are questions of a millisecond to PostgreSQL, through one connection a process; the tables ducklake_snapshot and
ducklake_snapshot_changes are those of the published DuckLake 1.0 format. A version's number travels with the commit that
makes it, so that both are there or neither.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, unquote

import psycopg
from psycopg import sql

from catalogue.wording import say
from warehouse.lake.address import LakeAddress
from warehouse.lock import StoreBusy, StoreError

WRITER = 0x706C616E  # of the advisory lock: one writer at a time, over all processes and machines
_LOOK_AGAIN = 0.05
_FAILED = (psycopg.OperationalError, psycopg.InterfaceError)
_SNAPSHOTS = """
select c.commit_extra_info, c.snapshot_id
from {schema}.ducklake_snapshot_changes as c
join {schema}.ducklake_snapshot as s on s.snapshot_id = c.snapshot_id
where c.commit_extra_info is not null
order by c.snapshot_id desc
"""
_KEPT = "create table if not exists {schema}.plan_version_kept (number bigint primary key)"
_TIDIED = "create table if not exists {schema}.plan_version_tidied (day date primary key)"

_known: dict[tuple[int, LakeAddress], psycopg.Connection[Any]] = {}
_guard = threading.Lock()


def ask(lake: LakeAddress, question: str, given: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """{schema} in it is the catalogue's. Once more over a new connection where the old one has broken. Raises StoreError."""
    with _guard:
        for again in (True, False):
            try:
                done = _connection(lake).execute(_named(lake, question), given)
                return done.fetchall() if done.description else []
            except psycopg.errors.UndefinedTable:
                return []  # nothing was ever published there
            except _FAILED as problem:
                _forget(lake)
                if not again:
                    raise unreachable(lake, problem) from problem
    return []


def snapshots(lake: LakeAddress) -> dict[int, int]:
    """version number -> snapshot, newest first, of those that were not thinned out."""
    return {int(number): snapshot for number, snapshot in ask(lake, _SNAPSHOTS)}


def newest(lake: LakeAddress) -> tuple[int, int] | None:
    """(version number, snapshot)."""
    found = ask(lake, _SNAPSHOTS + " limit 1")
    return (int(found[0][0]), found[0][1]) if found else None


def kept(lake: LakeAddress) -> set[int]:
    """Numbers of the versions that are never thinned out."""
    return {number for (number,) in ask(lake, "select number from {schema}.plan_version_kept")}


def keep(lake: LakeAddress, numbers: Sequence[int]) -> None:
    ask(lake, _KEPT)
    ask(lake, "insert into {schema}.plan_version_kept select unnest(%s::bigint[]) on conflict do nothing", [numbers])


def let_go(lake: LakeAddress, number: int) -> None:
    ask(lake, "delete from {schema}.plan_version_kept where number = %s", [number])


def first_today(lake: LakeAddress, day: object) -> bool:
    """Whether nobody has asked for this day yet."""
    ask(lake, _TIDIED)
    return bool(
        ask(lake, "insert into {schema}.plan_version_tidied values (%s) on conflict do nothing returning day", [day])
    )


@contextmanager
def writing(lake: LakeAddress, by: str, busy_after: float) -> Iterator[None]:
    """Be the only writer. The lock goes with the connection, and that with the process: a killed writer leaves none behind.

    Raises StoreBusy after `busy_after` seconds, StoreError where the catalogue cannot be reached.
    """
    name = _signature(by)
    try:
        con = psycopg.connect(lake.conninfo, autocommit=True, application_name=name)
    except psycopg.Error as problem:
        raise unreachable(lake, problem) from problem
    with con:
        until = time.monotonic() + busy_after
        while not con.execute("select pg_try_advisory_lock(%s)", [WRITER]).fetchall()[0][0]:
            if time.monotonic() >= until:
                raise StoreBusy(_holder(con), busy_after)
            time.sleep(_LOOK_AGAIN)
        yield


def unreachable(lake: LakeAddress, problem: BaseException) -> StoreError:
    """What people are told; the cause is in the log."""
    told = str(problem).strip().splitlines()
    return StoreError(say("lake.unreachable", problem=told[0] if told else type(problem).__name__))


def _holder(con: psycopg.Connection[Any]) -> str:
    found = con.execute(
        "select a.application_name from pg_locks as l join pg_stat_activity as a on a.pid = l.pid"
        " where l.locktype = 'advisory' and l.granted and l.objid = %s",
        [WRITER],
    ).fetchone()
    return unquote(found[0]) if found else "?"


def _signature(by: str) -> str:
    """PostgreSQL keeps 63 ASCII characters of it."""
    where = f", {socket.gethostname()}, pid {os.getpid()}"[-40:]
    while len(told := quote(by, safe=" .@-_")) + len(where) > 63:
        by = by[:-1]
    return told + where


def _connection(lake: LakeAddress) -> psycopg.Connection[Any]:
    key = os.getpid(), lake
    if key not in _known:
        _known[key] = psycopg.connect(lake.conninfo, autocommit=True, connect_timeout=5)
    return _known[key]


def forget(lake: LakeAddress) -> None:
    """Close this process's connection; the next question opens another."""
    with _guard:
        _forget(lake)


def _forget(lake: LakeAddress) -> None:
    if old := _known.pop((os.getpid(), lake), None):
        old.close()


def _named(lake: LakeAddress, question: str) -> sql.Composed:
    return sql.SQL(question).format(schema=sql.Identifier(lake.schema))
