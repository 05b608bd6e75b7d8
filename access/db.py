"""The store of accounts, sessions and the audit log: SQLite by default, PostgreSQL by URL."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, NoSuchModuleError, OperationalError

from access.errors import AccessError
from access.guards import guards
from access.tables import metadata
from catalogue import free_space
from catalogue.folders import data_folder
from catalogue.wording import say

VARIABLE = "DASHBOARD_ACCOUNTS"
BUSY_SECONDS = 10
AWAY = (OperationalError, InterfaceError)  # how it is told that nobody answers; any other error is a fault of ours
SETUP_LOCK = 7_210_404  # PostgreSQL advisory lock: one process at a time makes the tables

_engines: dict[str, Engine] = {}
_making = threading.Lock()


def engine() -> Engine:
    """The store of DASHBOARD_ACCOUNTS, else accounts.db in the data folder; its tables are there.

    Raises AccessError for an address that is none, OperationalError where nobody answers at it.
    """
    url = _url()
    key = url.render_as_string(hide_password=False)
    if (made := _engines.get(key)) is not None:
        return made
    with _making:
        if key not in _engines:
            _engines[key] = _made(url)
        return _engines[key]


@contextmanager
def writing() -> Iterator[Connection]:
    """One transaction, kept at the end and undone by an exception.

    SQLite: nobody else writes from its first moment, so what was read in it still holds when it writes. PostgreSQL:
    an ordinary transaction; who reads in order to write takes row locks (`with_for_update`). Raises NoStorage.
    """
    with free_space.told(), engine().connect().execution_options(writes=True) as con, con.begin():
        yield con


@contextmanager
def reading() -> Iterator[Connection]:
    """A connection to the account store, with a transaction that nothing is written in."""
    with engine().connect() as con:
        yield con


def dispose() -> None:
    """Close every engine of this process; the next call opens anew."""
    with _making:
        while _engines:
            _engines.popitem()[1].dispose()


def _url() -> URL:
    wanted = os.environ.get(VARIABLE, "")
    return _url_of(wanted, "" if wanted else str(data_folder().absolute()))


@cache
def _url_of(wanted: str, folder: str) -> URL:
    """wanted: an address, or "" for the file in the data folder."""
    if not wanted:
        return URL.create("sqlite", database=str(Path(folder).resolve() / "accounts.db"))
    try:
        url = make_url(wanted)
    except (ArgumentError, ValueError) as problem:
        raise AccessError(say("access.bad_url", variable=VARIABLE)) from problem
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "postgresql+psycopg"):
        raise AccessError(say("access.bad_url", variable=VARIABLE))
    return url


def _made(url: URL) -> Engine:
    made = _sqlite(url) if url.drivername == "sqlite" else _postgresql(url)
    try:
        _set_up(made)
    except BaseException:
        made.dispose()
        raise
    return made


def _sqlite(url: URL) -> Engine:
    path = Path(url.database or "")
    writable = _private_file(path)
    made = create_engine(
        url if writable else _to_read(path), pool_size=20, max_overflow=20, connect_args={"timeout": BUSY_SECONDS}
    )

    @event.listens_for(made, "connect")
    def _connected(con: Any, _record: Any) -> None:
        con.isolation_level = None  # BEGIN is ours: the driver would begin only at the first write
        con.execute("pragma foreign_keys = on")
        if writable:
            _write_ahead(con)

    @event.listens_for(made, "begin")
    def _begin(con: Connection) -> None:
        con.exec_driver_sql("BEGIN IMMEDIATE" if con.get_execution_options().get("writes") else "BEGIN")

    return made


def _private_file(path: Path) -> bool:
    """Readable by nobody but the server's own account: it holds password hashes. SQLite's other files follow it.

    Whether it can be written. What is there can be read until the server is started anew.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as problem:
        if free_space.kind_of(problem) is None or not path.exists():
            raise
        return False
    return os.access(path.parent, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _to_read(path: Path) -> URL:
    """SQLite wants to write beside the file even to read it, unless it is told that nobody changes it."""
    left_open = path.with_name(f"{path.name}-wal").exists()
    query = {"mode": "ro", "uri": "true"} | ({} if left_open else {"immutable": "1"})
    return URL.create("sqlite", database=f"file:{quote(str(path))}", query=query)


def _write_ahead(con: Any) -> None:
    """Readers and the writer do not wait for each other. SQLite does not wait for its turn here, so we do."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            con.execute("pragma journal_mode = wal")
            return
        except con.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _postgresql(url: URL) -> Engine:
    try:
        return create_engine(url, pool_size=10, max_overflow=20, pool_pre_ping=True, isolation_level="READ COMMITTED")
    except (ImportError, NoSuchModuleError) as problem:
        raise AccessError(say("access.no_driver", package="psycopg[binary]")) from problem


def _set_up(made: Engine) -> None:
    """Tables and guards, made where they are missing; several processes may come here at once.

    A store that cannot be written now can be read if it has them all.
    """
    try:
        _make_tables(made)
    except DBAPIError as problem:
        if free_space.kind_of(problem) is None or set(metadata.tables) - set(inspect(made).get_table_names()):
            raise


def _make_tables(made: Engine) -> None:
    with made.connect().execution_options(writes=True) as con, con.begin():
        if made.dialect.name == "postgresql":
            con.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": SETUP_LOCK})
        metadata.create_all(con)
        for statement in guards(con):
            con.exec_driver_sql(statement)


def unreachable(problem: DBAPIError) -> str:
    """What to tell whoever runs the server; the address without its password."""
    return say("access.unreachable", url=_url().render_as_string(hide_password=True), problem=problem.orig)
