"""The only place that opens DuckDB."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import duckdb

from catalogue.wording import say
from warehouse.lock import StoreError
from warehouse.versions import keeping
from warehouse.versions.files import Identity, identity

KEPT_OPEN = 4
KEPT_IDLE = 2
FORMAT = 2  # of the files this program writes: it reads none of a higher number. 2: a schema for each plan
Settings = dict[str, str | bool | int | float | list[str]]
# Every connection to one file must ask for the same settings, or DuckDB refuses the second.
_READING: Settings = {"enable_external_access": "false"}
# Small blocks: a version of a few thousand facts takes one megabyte, not nine. Threshold: a commit writes straight into the
# file, and nothing twice by way of a log, which would be thrown away with the copy anyway.
_WRITING: Settings = {
    "default_block_size": "16384",
    "checkpoint_threshold": "1b",
}
# Below this, handing work from thread to thread costs a writer more than the work.
_SMALL = 64 * 2**20


@contextmanager
def writing(part: Path, within: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A file that nobody else has: the copy that is to become a version. Made where there is none; closed at the end, and what
    was not committed is gone. within: the folder below which files may be opened, by default the file's own.
    """
    if part.exists() and part.stat().st_size >= _SMALL:
        with duckdb.connect(str(part), config={**_WRITING, **_READING}) as con:
            yield con
        return
    key = os.getpid(), str(within or part.parent)
    con = attached(part, key)
    try:
        yield con
        detach(con, key)
    except BaseException:
        con.close()
        raise


def pack_simply(con: duckdb.DuckDBPyConnection) -> None:
    """A few rows change in most tables: to try out how each is packed best costs more than it saves."""
    con.execute("set force_compression = 'dictionary'")


def commit(con: duckdb.DuckDBPyConnection) -> None:
    """The file is whole afterwards, with nothing in a log beside it."""
    con.execute("commit")
    con.execute("checkpoint")


def attached(part: Path, key: Key) -> duckdb.DuckDBPyConnection:
    con = _idle.pop(key, None) or _instance(key[1])
    try:
        con.execute(f"attach '{_quoted(part)}' as version")
        con.execute("use version")
    except BaseException:
        con.close()
        raise
    return con


def detach(con: duckdb.DuckDBPyConnection, key: Key) -> None:
    with suppress(duckdb.TransactionException):  # none is open
        con.rollback()
    con.execute("use memory")
    con.execute("detach version")
    con.execute("reset force_compression")
    _idle[key] = con
    while len(_idle) > KEPT_IDLE:
        with suppress(KeyError):
            _idle.pop(next(iter(_idle))).close()


# To start DuckDB and to end it costs twice what opening a file does: one is kept for the next file of the folder, with none
# open. It is taken out while it is in use, so that it never has two.
Key = tuple[int, str]  # process, folder
_idle: dict[Key, duckdb.DuckDBPyConnection] = {}


def _instance(within: str) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(config={**_WRITING, "threads": 1})
    con.execute(f"set temp_directory = '{_quoted(spill(os.getpid()))}'")
    con.execute(f"set allowed_directories = ['{_quoted(within)}']")
    con.execute("set enable_external_access = false")
    return con


@cache
def spill(process: int) -> str:
    """Where DuckDB puts what does not fit into memory; by itself an instance without a file takes the working folder, which a
    server may not write."""
    folder = tempfile.mkdtemp(prefix="plan-spill-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _quoted(path: Path | str) -> str:
    return str(path).replace("'", "''")


_open: OrderedDict[tuple[Path, Identity], tuple[duckdb.DuckDBPyConnection, int]] = OrderedDict()
_opening = threading.Lock()


def reading(path: Path) -> duckdb.DuckDBPyConnection:
    """A cursor of the process's one connection to the file. Threads may not share a connection, so each call gets its own.

    While the connection is kept the file is held, so that no process thins it out. Raises StoreError where it is gone or
    cannot be read.
    """
    try:
        key = path.resolve(), identity(path)
    except OSError as problem:
        raise StoreError(f"{path} does not exist") from problem
    with _opening:
        if key not in _open:
            for other in [known for known in _open if known[0] == key[0]]:
                con, handle = _open.pop(other)
                con.close()  # else DuckDB would hand out the file that had this name before
                os.close(handle)
            _open[key] = _connect(path)
        _open.move_to_end(key)
        while len(_open) > KEPT_OPEN:
            _, (_, handle) = _open.popitem(last=False)  # not closed: a cursor in use keeps it, the last one lets it go
            os.close(handle)
        return _open[key][0].cursor()


def _connect(path: Path) -> tuple[duckdb.DuckDBPyConnection, int]:
    try:
        handle = keeping.hold(path)
    except OSError as problem:
        raise StoreError(f"{path} does not exist") from problem
    number = int(path.stem) if path.stem.isdecimal() else path
    try:
        con = duckdb.connect(str(path), read_only=True, config=_READING)
    except duckdb.Error as problem:
        os.close(handle)
        raise StoreError(say("store.version_damaged", number=number)) from problem
    if (written := format_of(con)) > FORMAT:
        con.close()
        os.close(handle)
        raise StoreError(say("store.newer_program", number=number, format=written, known=FORMAT))
    return con, handle


def format_of(con: duckdb.DuckDBPyConnection) -> int:
    """Of the file; 1 for those of programs that knew one plan only."""
    try:
        found = con.execute("select max(number) from format").fetchone()
    except duckdb.CatalogException:
        return 1
    return int(found[0]) if found and found[0] else 1
