"""Numbered, never-changed DuckDB files under `<data>/warehouse/`. The newest is the truth.

The only place that opens DuckDB. `folder` is the data folder throughout.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import duckdb

from catalogue import clock
from catalogue.folders import data_folder
from catalogue.model import Plan
from warehouse import build, plan_tables
from warehouse.lock import BUSY_AFTER, StoreError, writing
from warehouse.write import Writer

__all__ = ["StoreError", "Version", "data_folder", "latest", "newest", "open_version", "publish", "version", "versions"]

T = TypeVar("T")
SCHEMA = Path(__file__).with_name("schema.sql")
KEPT_OPEN = 4
# Every connection to one file must ask for the same settings, or DuckDB refuses the second.
_READING: dict[str, str | bool | int | float | list[str]] = {"enable_external_access": "false"}
# Small blocks: a version of a few thousand facts takes one megabyte, not nine.
_WRITING: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "default_block_size": "16384",
}
# Below this, handing work from thread to thread costs a writer more than the work.
_SMALL = 64 * 2**20
_LAST_DIGESTS = "select plan_digest, marts_digest from version_info order by number desc limit 1"
_HISTORY = "select number, published_at, note, by_whom, plan, plan_digest, periods from version_info order by number"


@dataclass(frozen=True, slots=True)
class Version:
    """One published state. periods: the quarters its change touched. Times are local."""

    number: int
    path: Path
    published_at: datetime
    note: str
    by: str
    plan: str
    plan_digest: str
    periods: tuple[str, ...]


def versions(folder: Path) -> list[Version]:
    """Those on disk, oldest first."""
    files = _files(folder)
    if not files:
        return []
    return [told for told in _told_by(files[-1]) if told.path.exists()]


def newest(folder: Path) -> Version | None:
    """None before the first was published."""
    files = _files(folder)
    return _told_by(files[-1])[-1] if files else None


def latest(folder: Path) -> Version:
    """The newest where one is sure to be there. Raises StoreError before the first was published."""
    found = newest(folder)
    if found is None:
        raise StoreError(f"{folder / 'warehouse'}: nothing has been published yet")
    return found


def version(folder: Path, number: int) -> Version:
    """Raises StoreError for one that is not on disk."""
    path = _path(folder, number)
    if not path.exists():
        raise StoreError(f"{path} does not exist")
    return _told_by(path)[-1]


def open_version(version: Version) -> duckdb.DuckDBPyConnection:
    """A read-only cursor of the caller's own: one per call and thread, to be closed by the caller (`with`)."""
    return _cursor(version.path)


def publish(
    folder: Path,
    plan: Plan,
    change: Callable[[Writer], None],
    note: str = "",
    by: str = "",
    busy_after: float = BUSY_AFTER,
) -> Version:
    """Apply `change` to a copy of the newest version and give the copy the next number.

    All or nothing: what `change` raises goes on to the caller and nothing is published. A change
    that writes nothing, under an unchanged plan and unchanged marts, gives back the newest.
    Raises StoreBusy when another writer holds the folder for longer than `busy_after` seconds.
    """
    place = folder / "warehouse"
    with writing(place, by, busy_after):
        _clear(place)
        files = _files(folder)
        number = int(files[-1].stem) + 1 if files else 1
        part = place / f"{number:06}.part"
        if files:
            shutil.copyfile(files[-1], part)
        try:
            changed = _change(part, plan, change, (number, clock.real_now(), note, by))
            if changed:
                _settle(part, _path(folder, number))
        finally:
            _clear(place)
        return version(folder, number if changed else number - 1)


def rehearse(
    folder: Path, plan: Plan, change: Callable[[Writer], None], ask: Callable[[duckdb.DuckDBPyConnection], T]
) -> T:
    """What `ask` would find if `change` were published: done on a copy that is thrown away, without waiting for anybody."""
    last = newest(folder)
    with tempfile.TemporaryDirectory(prefix="rehearsal-") as place:
        part = Path(place) / "rehearsal.duckdb"
        if last:
            shutil.copyfile(last.path, part)
        number = last.number + 1 if last else 1
        _change(part, plan, change, (number, clock.real_now(), "rehearsal", ""))
        with duckdb.connect(str(part), read_only=True, config=_READING) as con:
            return ask(con)


def _clear(place: Path) -> None:
    """Remove what a writer left half done; the .wal of a killed one would be replayed into the next."""
    for left_over in place.glob("*.part*"):
        left_over.unlink()


def sync_folder(folder: Path) -> None:
    """A rename is safe only once its folder is on disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _change(part: Path, plan: Plan, change: Callable[[Writer], None], signed: tuple[int, datetime, str, str]) -> bool:
    """Whether anything was written; the file is closed and whole either way."""
    fresh = not part.exists()
    small = fresh or part.stat().st_size < _SMALL
    with duckdb.connect(str(part), config=_WRITING | ({"threads": 1} if small else {})) as con:
        con.execute("begin")
        digests = plan.digest, build.marts_digest()
        stale = fresh or con.execute(_LAST_DIGESTS).fetchone() != digests
        if stale:  # before the change, which may ask the marts how things stand
            con.execute(SCHEMA.read_text("utf-8"))
            plan_tables.write_plan(con, plan)
            build.build(con)
        writer = Writer(con)
        change(writer)
        if writer.touched:
            build.rebuild(con, writer.touched)
        elif not stale:
            return False
        number, at, note, by = signed
        row = [number, at, note, by, plan.code, *digests, ",".join(sorted(writer.touched))]
        con.execute("insert into version_info values (?, ?, ?, ?, ?, ?, ?, ?)", row)
        con.execute("commit")
        con.execute("checkpoint")
    return True


def _settle(part: Path, final: Path) -> None:
    with open(part, "rb+") as file:
        os.fsync(file.fileno())
    os.replace(part, final)
    sync_folder(final.parent)


def _files(folder: Path) -> list[Path]:
    """Oldest first."""
    try:
        names = os.listdir(folder / "warehouse")
    except FileNotFoundError:
        return []
    numbers = sorted(
        int(stem)
        for stem, dot, ending in (name.partition(".") for name in names)
        if ending == "duckdb" and stem.isdecimal()
    )
    return [_path(folder, number) for number in numbers]


def _path(folder: Path, number: int) -> Path:
    return folder / "warehouse" / f"{number:06}.duckdb"


def _told_by(path: Path) -> tuple[Version, ...]:
    """Every version up to that of `path`: each file carries the history of those before it."""
    return _read_history(path, _identity(path))


@lru_cache(maxsize=16)
def _read_history(path: Path, identity: tuple[int, int]) -> tuple[Version, ...]:
    with _cursor(path) as con:
        rows = con.execute(_HISTORY).fetchall()
    return tuple(
        Version(
            number,
            path.with_name(f"{number:06}.duckdb"),
            at,
            note,
            by,
            plan,
            digest,
            tuple(filter(None, touched.split(","))),
        )
        for number, at, note, by, plan, digest, touched in rows
    )


def _identity(path: Path) -> tuple[int, int]:
    """Tells a file from another that took its name."""
    state = path.stat()
    return state.st_ino, state.st_mtime_ns


_open: OrderedDict[tuple[Path, tuple[int, int]], duckdb.DuckDBPyConnection] = OrderedDict()
_opening = threading.Lock()


def _cursor(path: Path) -> duckdb.DuckDBPyConnection:
    """Of the process's one connection to the file. Threads may not share a connection, so each call gets a cursor."""
    key = path.resolve(), _identity(path)
    with _opening:
        if key not in _open:
            for other in [known for known in _open if known[0] == key[0]]:
                _open.pop(other).close()  # else DuckDB would hand out the file that had this name before
            _open[key] = duckdb.connect(str(path), read_only=True, config=_READING)
        _open.move_to_end(key)
        while len(_open) > KEPT_OPEN:
            _open.popitem(last=False)  # not closed: a cursor in use keeps the file open, the last one lets it go
        return _open[key].cursor()
