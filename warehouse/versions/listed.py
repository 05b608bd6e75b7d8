"""Which versions there are, which of them is the newest whole one, and what people must be told where one is not whole.

`folder` is the data folder throughout.
"""

from __future__ import annotations

import logging
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import duckdb

from catalogue.wording import say
from warehouse.lock import StoreError
from warehouse.versions import connections, files, journal, ledger
from warehouse.versions.model import Damage, Version

log = logging.getLogger(__name__)
_COLUMNS = "select number, published_at, note, by_whom, plan, plan_digest, periods from version_info order by number"


def versions(folder: Path) -> list[Version]:
    """Those on disk, oldest first; whether an older one is whole is seen when it is opened."""
    found = newest(folder)
    on_disk = set(files.numbers(folder))
    return (
        []
        if found is None
        else [told for told in _history(found.path, files.identity(found.path)) if told.number in on_disk]
    )


def newest(folder: Path) -> Version | None:
    """The newest whole one; None before the first was published. Raises StoreError where none is whole any more.

    Where something is damaged, the log (of a command: the terminal) says so, once.
    """
    path, bad = _serving(folder)
    found = _last(path, files.identity(path)) if path else None
    if told := _damage(path, bad):
        _speak(folder, told)
        if found is None:
            raise StoreError(str(told))
    return found


def latest(folder: Path) -> Version:
    """The newest where one is sure to be there. Raises StoreError before the first was published."""
    found = newest(folder)
    if found is None:
        raise StoreError(f"{files.place_of(folder)}: nothing has been published yet")
    return found


def version(folder: Path, number: int) -> Version:
    """Raises StoreError for one that is not on disk, or is damaged."""
    path = files.path_of(folder, number)
    if not path.exists():
        raise StoreError(f"{path} does not exist")
    if not is_whole(path):
        raise StoreError(say("store.version_damaged", number=number))
    return _last(path, files.identity(path))


def damage(folder: Path) -> Damage | None:
    """What people have to be told before they look at anything; None where all is well."""
    return _damage(*_serving(folder))


def _serving(folder: Path) -> tuple[Path | None, tuple[int, ...]]:
    """(the newest whole one, numbers of those after it that are damaged or gone). Lists the folder only where it must."""
    last = files.last_published(folder)
    if last and is_whole(path := files.path_of(folder, last)):
        return path, ()
    bad = {last} if last else set()
    for number in reversed(files.numbers(folder)):
        if is_whole(path := files.path_of(folder, number)):
            return path, tuple(sorted(bad))
        bad.add(number)
    if not bad and not files.numbers(folder, "part") and (told := journal.newest(folder)):
        bad = {told}  # the whole folder is gone
    return None, tuple(sorted(bad))


def _damage(path: Path | None, bad: tuple[int, ...]) -> Damage | None:
    lacking = _lacking(path, files.identity(path)) if path else ()
    if not bad and not lacking:
        return None
    return Damage(tuple(sorted({*bad, *lacking})), int(path.stem) if path else 0)


def _speak(folder: Path, told: Damage) -> None:
    if (folder, told) not in _spoken:
        _spoken.add((folder, told))
        log.warning("%s", told)


_spoken: set[tuple[Path, Damage]] = set()
_verdicts: dict[tuple[Path, files.Identity], bool] = {}


def is_whole(path: Path) -> bool:
    """Looked at once for as long as the file stays the same: every byte against the manifest, or, without one, every row."""
    try:
        key = path, files.identity(path)
    except OSError:
        return False
    if key not in _verdicts:
        found = files.is_as_published(path)
        _verdicts[key] = _is_readable(path) if found is None else found
    return _verdicts[key]


def _is_readable(path: Path) -> bool:
    try:
        with connections.reading(path) as con:
            for schema, name in con.execute("select schema_name, table_name from duckdb_tables()").fetchall():
                con.execute(f'select bit_xor(hash(t)) from "{schema}"."{name}" as t').fetchall()
            return bool(con.execute(_COLUMNS).fetchall())
    except (duckdb.Error, StoreError):
        return False


def note_published(version: Version, lacking: tuple[int, ...]) -> None:
    """Just written and measured by this process, which need not look at it again. lacking: see `ledger.lost_versions`."""
    global _own
    key = version.path, files.identity(version.path)
    _verdicts[key] = True
    _own = key, version, lacking


_own: tuple[tuple[Path, files.Identity], Version, tuple[int, ...]] | None = None


def _lacking(path: Path, identity: files.Identity) -> tuple[int, ...]:
    own = _own
    return own[2] if own and own[0] == (path, identity) else _lacking_in(path, identity)


@lru_cache(maxsize=64)
def _lacking_in(path: Path, identity: files.Identity) -> tuple[int, ...]:
    with connections.reading(path) as con:
        return ledger.lost_versions(con)


def _last(path: Path, identity: files.Identity) -> Version:
    own = _own
    return own[1] if own and own[0] == (path, identity) else _last_in(path, identity)


@lru_cache(maxsize=64)
def _last_in(path: Path, identity: files.Identity) -> Version:
    with connections.reading(path) as con:
        return _told(path, con.execute(f"{_COLUMNS} desc limit 1").fetchall())[0]


@lru_cache(maxsize=4)
def _history(path: Path, identity: files.Identity) -> tuple[Version, ...]:
    """Every version up to that of `path`: each file carries the history of those before it."""
    with connections.reading(path) as con:
        return _told(path, con.execute(_COLUMNS).fetchall())


def _told(path: Path, rows: list[tuple[int, datetime, str, str, str, str, str]]) -> tuple[Version, ...]:
    return tuple(
        Version(
            number,
            path.parents[1],
            at,
            note,
            by,
            plan,
            digest,
            tuple(filter(None, touched.split(","))),
        )
        for number, at, note, by, plan, digest, touched in rows
    )
