"""The store of published versions: all that other rooms need of it.

Which versions there are, one opened for reading, a change published or rehearsed, a version kept for ever or thinned out.
`folder` is the data folder throughout. By default its versions are numbered files below it (`warehouse.versions.file_store`);
where DASHBOARD_WAREHOUSE names a lake they are that lake's snapshots (`warehouse.lake`). The same schema, marts and
questions stand on both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import duckdb

from catalogue import clock
from catalogue.folders import data_folder
from catalogue.model import Plan
from warehouse import kind
from warehouse.build import MartQuestion
from warehouse.lock import BUSY_AFTER, StoreError
from warehouse.versions import applying, editions, files, opened
from warehouse.versions.editions import Edition
from warehouse.versions.files import sync_folder
from warehouse.versions.model import Damage, Space, Thinned, Version, VersionStore
from warehouse.versions.opened import editions_of, identity
from warehouse.versions.plan_files import plans_of
from warehouse.write import Writer

__all__ = [
    "Damage",
    "Edition",
    "MartQuestion",
    "Space",
    "StoreError",
    "Thinned",
    "Version",
    "VersionStore",
    "as_files",
    "damage",
    "data_folder",
    "editions_of",
    "identity",
    "journal_until",
    "keep",
    "latest",
    "let_go",
    "newest",
    "open_version",
    "plan_digest",
    "plans_of",
    "publish",
    "publish_anew",
    "rehearse",
    "scratch",
    "settle_in",
    "space",
    "sync_folder",
    "thin",
    "version",
    "versions",
]

T = TypeVar("T")


def newest(folder: Path) -> Version | None:
    """The newest whole one; None before the first was published. Raises StoreError where none is whole any more.

    Where something is damaged, the log (of a command: the terminal) says so, once.
    """
    return kind.of(folder).newest()


def latest(folder: Path) -> Version:
    """The newest where one is sure to be there. Raises StoreError before the first was published."""
    found = newest(folder)
    if found is None:
        raise StoreError(f"{files.place_of(folder)}: nothing has been published yet")
    return found


def version(folder: Path, number: int) -> Version:
    """Raises StoreError for one that is not there, or is damaged."""
    return kind.of(folder).version(number)


def versions(folder: Path) -> list[Version]:
    """Those that are there, oldest first; whether an older one is whole is seen when it is opened."""
    return kind.of(folder).versions()


def damage(folder: Path) -> Damage | None:
    """What people have to be told before they look at anything; None where all is well."""
    return kind.of(folder).damage()


def open_version(version: Version, period: str | None = None) -> duckdb.DuckDBPyConnection:
    """A read-only cursor of the caller's own: one per call and thread, to be closed by the caller (`with`).

    period: the quarter asked about; plan and marts are those of the plan that speaks for it, the newest for None.
    Raises StoreError where the file is gone or damaged.
    """
    con = opened.reading(version)
    editions.use(con, editions.speaking(editions_of(version), period))
    return con


def plan_digest(version: Version, period: str | None = None) -> str:
    """Of the files of the plan that speaks for a quarter, as they stood in the version."""
    edition = editions.speaking(editions_of(version), period)
    return edition.plan_digest if edition else version.plan_digest


def publish(
    folder: Path,
    plan: Plan | Sequence[Plan],
    change: Callable[[Writer], None],
    note: str = "",
    by: str = "",
    busy_after: float = BUSY_AFTER,
) -> Version:
    """Apply `change` to the newest version: what comes of it is the version of the next number.

    All or nothing: what `change` raises goes on to the caller and nothing is published. A change
    that writes nothing, under an unchanged plan and unchanged marts, gives back the newest.
    plan: the one the change is about, or several; `change` asks the marts of the last. Other plans that the version holds
    stay as they are, but for quarters about which something came in.
    Raises StoreBusy when another writer holds the folder for longer than `busy_after` seconds, StoreError where no
    version is whole, NoStorage where the disk has too little room for one more.
    """
    return kind.of(folder).publish(_several(plan), change, note, by, busy_after, False)


def publish_anew(folder: Path, plan: Plan, change: Callable[[Writer], None], note: str, by: str) -> Version:
    """`publish` onto nothing: only for `warehouse.versions.repair`, where no version is whole and all is put back from the
    journal."""
    return kind.of(folder).publish([plan], change, note, by, BUSY_AFTER, True)


def rehearse(
    folder: Path,
    plan: Plan | Sequence[Plan],
    change: Callable[[Writer], None],
    ask: Callable[[duckdb.DuckDBPyConnection], T],
    asked: MartQuestion | None = None,
) -> T:
    """What `ask` would find if `change` were published: none of it stays, and nobody is waited for.

    It is asked within the transaction, which is never committed: nothing is written out only to be thrown away.
    asked: all that `ask` reads of what the change makes different; the rest is left as it is published.
    """
    last, plans = newest(folder), _several(plan)
    with kind.of(folder).trying(last) as con:
        applying.rehearse(con, plans, change, last.number + 1 if last else 1, last is None, asked)
        editions.use(con, editions.of_plan(plans[-1]))
        return ask(con)


@contextmanager
def scratch(version: Version) -> Iterator[duckdb.DuckDBPyConnection]:
    """Where things may be tried on a version, under its newest plan; none of it stays."""
    with kind.of(version.folder).trying(version) as con:
        editions.use(con, editions.speaking(editions.held(con), None))
        yield con


def keep(folder: Path, numbers: Iterable[int]) -> set[int]:
    """Never to be thinned out, from now on; those of them that are there. Waits for a writer where it has to be noted."""
    return kind.of(folder).keep(numbers)


def let_go(folder: Path, number: int) -> None:
    """A version kept for ever is so no more: the rules of its age decide about it. Waits for a writer where it has
    to be noted."""
    kind.of(folder).let_go(number)


def thin(folder: Path, now: datetime | None = None, days: int = 1) -> Thinned:
    """Let those versions go that no rule keeps and nobody reads (data/warehouse.toml). Waits for a writer.

    days: of a lake, how old files are that nothing needs any more, before they are removed; at least one.
    Raises StoreError where something is damaged, or where nobody has said which are kept for meetings.
    """
    return kind.of(folder).thin(now or clock.real_now(), days)


def settle_in(folder: Path) -> None:
    """What a folder that was put together from a backup lacks: a manifest where there is none, and the pointer."""
    kind.of(folder).settle_in()


def as_files(folder: Path, numbers: Iterable[int]) -> AbstractContextManager[Path]:
    """A data folder that holds these versions as files: the folder itself, or for a lake one of the time being."""
    return kind.of(folder).as_files(numbers)


def journal_until(folder: Path, number: int) -> int:
    """How many bytes of the journal belong to a copy of the versions up to `number`: of lost versions all that is known."""
    return kind.of(folder).journal_until(number)


def space(folder: Path) -> Space:
    """How many versions there are and the bytes that versions, journal and workbooks take."""
    return kind.of(folder).space()


def _several(plan: Plan | Sequence[Plan]) -> Sequence[Plan]:
    return [plan] if isinstance(plan, Plan) else plan
