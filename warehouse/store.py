"""Numbered, never-changed DuckDB files under `<data>/warehouse/`. The newest whole one is the truth.

All that other rooms need of them: which there are, one opened for reading, a change published or rehearsed, a version kept
for ever or thinned out. `folder` is the data folder throughout.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import duckdb

from catalogue import clock, free_space
from catalogue.folders import data_folder
from catalogue.model import Plan
from catalogue.wording import say
from warehouse.build import MartQuestion
from warehouse.lock import BUSY_AFTER, StoreError, writing
from warehouse.versions import applying, connections, editions, files, journal, keeping, listed, recovery
from warehouse.versions.editions import Edition
from warehouse.versions.files import sync_folder
from warehouse.versions.keeping import Space
from warehouse.versions.ledger import Signed
from warehouse.versions.listed import Damage, Version, damage, latest, newest, note_published, version, versions
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
    "damage",
    "data_folder",
    "editions_of",
    "journal_until",
    "keep",
    "latest",
    "let_go",
    "newest",
    "open_version",
    "plan_digest",
    "plans_of",
    "publish",
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
log = logging.getLogger(__name__)
_SCRATCH = Path(tempfile.gettempdir())


@dataclass(frozen=True, slots=True)
class Thinned:
    """gone: numbers of the versions that went. freed: bytes. left: how many versions stay."""

    gone: tuple[int, ...]
    freed: int
    left: int


def open_version(version: Version, period: str | None = None) -> duckdb.DuckDBPyConnection:
    """A read-only cursor of the caller's own: one per call and thread, to be closed by the caller (`with`).

    period: the quarter asked about; plan and marts are those of the plan that speaks for it, the newest for None.
    Raises StoreError where the file is gone or damaged.
    """
    con = connections.reading(version.path)
    editions.use(con, editions.speaking(editions_of(version), period))
    return con


def plan_digest(version: Version, period: str | None = None) -> str:
    """Of the files of the plan that speaks for a quarter, as they stood in the version."""
    edition = editions.speaking(editions_of(version), period)
    return edition.plan_digest if edition else version.plan_digest


def editions_of(version: Version) -> tuple[Edition, ...]:
    """The plans it holds, oldest first; none in a version that knows one plan only."""
    return listed.editions_in(version.path, files.identity(version.path))


def publish(
    folder: Path,
    plan: Plan | Sequence[Plan],
    change: Callable[[Writer], None],
    note: str = "",
    by: str = "",
    busy_after: float = BUSY_AFTER,
    onto_nothing: bool = False,
) -> Version:
    """Apply `change` to a copy of the newest version and give the copy the next number.

    All or nothing: what `change` raises goes on to the caller and nothing is published. A change
    that writes nothing, under an unchanged plan and unchanged marts, gives back the newest.
    plan: the one the change is about, or several; `change` asks the marts of the last. Other plans that the version holds
    stay as they are, but for quarters about which something came in.
    onto_nothing: only for `warehouse.versions.repair`, where no version is whole and all is put back from the journal.
    Raises StoreBusy when another writer holds the folder for longer than `busy_after` seconds, StoreError where no
    version is whole, NoStorage where the disk has too little room for one more.
    """
    place = files.place_of(folder)
    with writing(place, by, busy_after):
        recovery.roll_back(folder)
        base = None if onto_nothing else newest(folder)
        free_space.require(folder, 2 * base.path.stat().st_size if base else 0)
        known = max(files.last_published(folder), journal.newest(folder))
        number, at = known + 1, clock.real_now()
        part = place / f"{number:06}.part"
        if base:
            shutil.copyfile(base.path, part)
        try:
            signed = (number, at, note, by)
            plans = _several(plan)
            done = _change(part, plans, change, signed, recovery.Journal(folder, base.number if base else 0))
            if done is None:
                return base or version(folder, number)
            last = plans[-1]
            made = Version(number, files.path_of(folder, number), at, note, by, last.code, last.digest, done.periods)
            _settle(folder, made, part, done)
        finally:
            recovery.clear(place)
        _tidy(folder, number, at)
        return made


def rehearse(
    folder: Path,
    plan: Plan | Sequence[Plan],
    change: Callable[[Writer], None],
    ask: Callable[[duckdb.DuckDBPyConnection], T],
    asked: MartQuestion | None = None,
) -> T:
    """What `ask` would find if `change` were published: done on a copy that is thrown away, without waiting for anybody.

    It is asked within the transaction, which is never committed: nothing is written out only to be thrown away.
    asked: all that `ask` reads of what the change makes different; the rest is left as it is published.
    """
    last = newest(folder)
    with _copy(last) as part, connections.writing(part, _SCRATCH) as con:
        plans = _several(plan)
        signed = (last.number + 1 if last else 1, clock.real_now(), "rehearsal", "")
        applying.apply(con, plans, change, signed, last is None, None, asked)
        editions.use(con, editions.of_plan(plans[-1]))
        return ask(con)


@contextmanager
def scratch(version: Version | None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy to try things on, under its newest plan, thrown away afterwards; of nothing, an empty one."""
    with _copy(version) as part, connections.writing(part, _SCRATCH) as con:
        editions.use(con, editions.speaking(editions.held(con), None))
        yield con


def keep(folder: Path, numbers: Iterable[int]) -> set[int]:
    """Never to be thinned out, from now on; those of them that are on disk. Waits for a writer where it has to be noted."""
    if not (on_disk := set(files.numbers(folder))):
        return set()
    known = keeping.kept(folder)
    if known is not None and on_disk & set(numbers) <= known:
        return on_disk & set(numbers)
    with writing(files.place_of(folder), ""):
        found = set(numbers) & set(files.numbers(folder))
        keeping.mark(folder, found)
        return found


def let_go(folder: Path, number: int) -> None:
    """From now on the rules of its age decide about it."""
    keeping.unmark(folder, number)


def thin(folder: Path, now: datetime | None = None) -> Thinned:
    """Let those versions go that no rule keeps and nobody reads (data/warehouse.toml). Waits for a writer.

    Raises StoreError where something is damaged, or where nobody has said which are kept for meetings.
    """
    with writing(files.place_of(folder), ""):
        return _thin(folder, now or clock.real_now())


def settle_in(folder: Path) -> None:
    """What a folder that was put together from a backup lacks: a manifest where there is none, and the pointer."""
    with writing(files.place_of(folder), ""):
        for number in files.numbers(folder):
            path = files.path_of(folder, number)
            if files.read_manifest(path) is None:
                files.write_manifest(path, files.measured(path))
        if last := max(files.last_published(folder), journal.newest(folder)):
            files.point_to(folder, last)


def journal_until(folder: Path, number: int) -> int:
    """How many bytes of the journal belong to a copy of the versions up to `number`: of lost versions all that is known."""
    told = damage(folder)
    return journal.length_until(folder, max([number, *(told.versions if told else ())]))


def space(folder: Path) -> Space:
    """What the data folder takes on the disk."""
    return keeping.space(folder)


def _thin(folder: Path, now: datetime) -> Thinned:
    marks, rules = keeping.kept(folder), keeping.rules()
    if told := damage(folder):
        raise StoreError(str(told))
    if marks is None:
        raise StoreError(say("store.marks_unknown"))
    found = versions(folder)
    freed = {
        number: size
        for number in keeping.to_go([(each.number, each.published_at) for each in found], marks, rules, now)
        if (size := keeping.remove(files.path_of(folder, number))) is not None
    }
    keeping.done(folder)
    return Thinned(tuple(freed), sum(freed.values()), len(found) - len(freed))


def _tidy(folder: Path, number: int, now: datetime) -> None:
    """After a publication, once a day. What goes wrong here has nothing to do with what was published."""
    try:
        if number == 1 and keeping.kept(folder) is None:
            keeping.mark(folder, ())
        if keeping.kept(folder) is not None and keeping.due(folder, now.date()) and not damage(folder):
            _thin(folder, now)
    except (OSError, StoreError, duckdb.Error):
        log.exception("older versions were not thinned out")


@contextmanager
def _copy(version: Version | None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="rehearsal-", dir=_SCRATCH) as place:
        part = Path(place) / "rehearsal.duckdb"
        if version:
            shutil.copyfile(version.path, part)
        yield part


def _change(
    part: Path,
    plans: Sequence[Plan],
    change: Callable[[Writer], None],
    signed: Signed,
    told: recovery.Journal,
) -> applying.Applied | None:
    """As `applying.apply`; the file is closed and whole either way."""
    fresh = not part.exists()
    with connections.writing(part) as con:
        return applying.apply(con, plans, change, signed, fresh, told)


def _several(plan: Plan | Sequence[Plan]) -> Sequence[Plan]:
    return [plan] if isinstance(plan, Plan) else plan


def _settle(folder: Path, made: Version, part: Path, done: applying.Applied) -> None:
    """Manifest and journal are on disk before the rename that makes the version; whatever comes after it only helps."""
    with open(part, "rb+") as file:
        os.fsync(file.fileno())
    final, start = made.path, None
    try:
        files.write_manifest(final, files.measured(part))
        start = journal.append(folder, done.lines) if done.lines else None
        os.replace(part, final)
    except BaseException:
        if not final.exists():
            files.manifest_path(final).unlink(missing_ok=True)
            if start is not None:
                journal.cut(folder, start)
        raise
    sync_folder(final.parent)
    note_published(made, done.lacking)
    try:
        files.point_to(folder, made.number)
    except OSError:
        log.exception("the pointer to the newest version was not written; it is found by listing the folder")
