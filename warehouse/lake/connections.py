"""The only place that attaches a lake to DuckDB: one instance a process, each version that is read under a name of its own."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb

from catalogue.wording import say
from warehouse.lake import address
from warehouse.lake.address import LakeAddress
from warehouse.lake.catalog import forget as forget_catalogue
from warehouse.lake.catalog import unreachable
from warehouse.lock import StoreError
from warehouse.versions.connections import FORMAT, format_of, spill
from warehouse.versions.model import Version

NAME = "lake"
KEPT_OPEN = 4
# More, or with a longer wait between them, starve whoever merges files beside a writer.
_RETRY = ("set ducklake_max_retry_count = 30", "set ducklake_retry_wait_ms = 20", "set ducklake_retry_backoff = 1.1")
# Few rows are kept in the catalogue itself: a small publication writes no files.
INLINED = 500

_lakes: dict[tuple[int, LakeAddress], duckdb.DuckDBPyConnection] = {}
_open: OrderedDict[tuple[int, LakeAddress, int], str] = OrderedDict()
_opening = threading.RLock()


def reading(version: Version) -> duckdb.DuckDBPyConnection:
    """A cursor on a version's snapshot. Raises StoreError where the lake cannot be reached, or the snapshot is gone."""
    lake = address.configured()
    if lake is None:
        raise StoreError(say("lake.not_configured", variable=address.VARIABLE))
    key = os.getpid(), lake, version.snapshot
    with _opening:
        con = _instance(lake).cursor()
        if key not in _open:
            name = f"v{version.snapshot}"
            _attach(con, lake, name, f"READ_ONLY, SNAPSHOT_VERSION {version.snapshot}")
            con.execute(f"use {name}")
            if (written := format_of(con)) > FORMAT:
                raise StoreError(say("store.newer_program", number=version.number, format=written, known=FORMAT))
            _open[key] = name
        _open.move_to_end(key)
        while len(_open) > KEPT_OPEN:
            (_, other, _), name = _open.popitem(last=False)
            with suppress(duckdb.Error):  # one in use goes when its last question is answered
                _instance(other).execute(f"detach {name}")
        con.execute(f"use {_open[key]}")
    return con


@contextmanager
def writing(lake: LakeAddress) -> Iterator[duckdb.DuckDBPyConnection]:
    """For one writer at a time; what was not committed is gone at the end."""
    with _opening:
        con = _instance(lake).cursor()
        if not con.execute("select 1 from duckdb_databases() where database_name = ?", [NAME]).fetchall():
            _attach(con, lake, NAME, f"DATA_INLINING_ROW_LIMIT {INLINED}")
    with con:
        con.execute(f"use {NAME}")
        try:
            yield con
        finally:
            with suppress(duckdb.TransactionException):  # none is open
                con.rollback()


def commit(con: duckdb.DuckDBPyConnection, by: str, note: str, number: int) -> None:
    """As the version of this number."""
    con.execute(f"call {NAME}.set_commit_message(?, ?, extra_info => ?)", [by, note, str(number)])
    con.execute("commit")


def _instance(lake: LakeAddress) -> duckdb.DuckDBPyConnection:
    """One for a process: to load what a lake needs takes half a second."""
    key = os.getpid(), lake
    if key not in _lakes:
        con = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
        try:
            for name in ("ducklake", "postgres_scanner", *(["httpfs"] if lake.data.startswith("s3://") else [])):
                _load(con, name)
            if lake.data.startswith("s3://"):
                con.execute(_secret())
            con.execute(f"set temp_directory = '{_quoted(spill(os.getpid()))}'")
            for setting in _RETRY:
                con.execute(setting)
        except duckdb.Error as problem:
            con.close()
            raise unreachable(lake, problem) from problem
        _lakes[key] = con
    return _lakes[key]


def forget(lake: LakeAddress) -> None:
    """Close what this process has open of a lake, which is attached anew when it is asked again."""
    with _opening:
        for key in [known for known in _open if known[:2] == (os.getpid(), lake)]:
            del _open[key]
        if con := _lakes.pop((os.getpid(), lake), None):
            con.close()
    forget_catalogue(lake)


def _attach(con: duckdb.DuckDBPyConnection, lake: LakeAddress, name: str, how: str) -> None:
    where = f"DATA_PATH '{_quoted(lake.data)}', META_SCHEMA '{_quoted(lake.schema)}', {how}"
    try:
        con.execute(f"attach if not exists 'ducklake:postgres:{_quoted(lake.conninfo)}' as {name} ({where})")
    except duckdb.Error as problem:
        raise unreachable(lake, problem) from problem


def _load(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """From the installed wheel, never from the network."""
    try:
        from duckdb_extensions import import_extension
    except ImportError as problem:
        raise StoreError(say("lake.not_installed", variable=address.VARIABLE)) from problem
    try:
        con.execute(f"load {name}")
    except duckdb.Error:
        import_extension(name)
        con.execute(f"load {name}")


def _secret() -> str:
    """Of S3, named as every tool of S3 names it."""
    given = {name: os.environ.get(f"AWS_{name}", "") for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "REGION")}
    end = os.environ.get("AWS_ENDPOINT_URL", "")
    parts = [f"KEY_ID '{_quoted(given['ACCESS_KEY_ID'])}'", f"SECRET '{_quoted(given['SECRET_ACCESS_KEY'])}'"]
    parts += [f"REGION '{_quoted(given['REGION'])}'"] if given["REGION"] else []
    if end:
        parts += [f"ENDPOINT '{_quoted(end.partition('://')[2] or end)}'", "URL_STYLE 'path'"]
        parts.append(f"USE_SSL {str(not end.startswith('http://')).lower()}")
    return f"create or replace secret lake (type s3, {', '.join(parts)})"


def _quoted(text: str) -> str:
    return text.replace("'", "''")
