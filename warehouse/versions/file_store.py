"""Versions as numbered, never-changed DuckDB files under `<data>/warehouse/`. The newest whole one is the truth."""

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

import duckdb

from catalogue import clock, free_space
from catalogue.model import Plan
from catalogue.wording import say
from warehouse.lock import StoreError, writing
from warehouse.versions import applying, connections, files, journal, keeping, listed, recovery
from warehouse.versions.files import sync_folder
from warehouse.versions.ledger import Signed
from warehouse.versions.model import Damage, Space, Thinned, Version
from warehouse.write import Writer

log = logging.getLogger(__name__)
_SCRATCH = Path(tempfile.gettempdir())


@dataclass(frozen=True, slots=True)
class FileStore:
    """folder: the data folder."""

    folder: Path

    def newest(self) -> Version | None:
        """The newest whole one; None before the first was published. Raises StoreError where none is whole any more."""
        return listed.newest(self.folder)

    def version(self, number: int) -> Version:
        """Raises StoreError for one that is not on disk, or is damaged."""
        return listed.version(self.folder, number)

    def versions(self) -> list[Version]:
        """Those on disk, oldest first."""
        return listed.versions(self.folder)

    def damage(self) -> Damage | None:
        return listed.damage(self.folder)

    def publish(
        self,
        plans: Sequence[Plan],
        change: Callable[[Writer], None],
        note: str,
        by: str,
        busy_after: float,
        onto_nothing: bool,
    ) -> Version:
        """Apply `change` to a copy of the newest file and give the copy the next number."""
        folder, place = self.folder, files.place_of(self.folder)
        with writing(place, by, busy_after):
            recovery.roll_back(folder)
            base = None if onto_nothing else listed.newest(folder)
            free_space.require(folder, 2 * base.path.stat().st_size if base else 0)
            known = max(files.last_published(folder), journal.newest(folder))
            number, at = known + 1, clock.real_now()
            part = place / f"{number:06}.part"
            if base:
                shutil.copyfile(base.path, part)
            try:
                signed = (number, at, note, by)
                done = _change(part, plans, change, signed, recovery.FolderJournal(folder, base.number if base else 0))
                if done is None:
                    return base or listed.version(folder, number)
                last = plans[-1]
                made = Version(number, folder, at, note, by, last.code, last.digest, done.periods)
                _settle(folder, made, part, done)
            finally:
                recovery.clear(place)
            _tidy(folder, number, at)
            return made

    @contextmanager
    def trying(self, version: Version | None) -> Iterator[duckdb.DuckDBPyConnection]:
        """A copy, thrown away afterwards; of nothing, an empty one."""
        with tempfile.TemporaryDirectory(prefix="rehearsal-", dir=_SCRATCH) as place:
            part = Path(place) / "rehearsal.duckdb"
            if version:
                shutil.copyfile(version.path, part)
            with connections.writing(part, _SCRATCH) as con:
                if version:
                    connections.pack_simply(con)
                con.execute("begin")
                yield con

    def keep(self, numbers: Iterable[int]) -> set[int]:
        """Never to be thinned out, from now on; those of them that are on disk. Waits for a writer where it has to be noted."""
        if not (on_disk := set(files.numbers(self.folder))):
            return set()
        known = keeping.kept(self.folder)
        if known is not None and on_disk & set(numbers) <= known:
            return on_disk & set(numbers)
        with writing(files.place_of(self.folder), ""):
            found = set(numbers) & set(files.numbers(self.folder))
            keeping.mark(self.folder, found)
            return found

    def let_go(self, number: int) -> None:
        """From now on the rules of its age decide about it."""
        keeping.unmark(self.folder, number)

    def thin(self, now: datetime, days: int = 1) -> Thinned:
        """days: is of no account here, a file goes with its version. Raises StoreError where something is damaged, or where nobody has said which are kept for meetings."""
        with writing(files.place_of(self.folder), ""):
            return _thin(self.folder, now)

    def settle_in(self) -> None:
        """What a folder that was put together from a backup lacks: a manifest where there is none, and the pointer."""
        with writing(files.place_of(self.folder), ""):
            for number in files.numbers(self.folder):
                path = files.path_of(self.folder, number)
                if files.read_manifest(path) is None:
                    files.write_manifest(path, files.measured(path))
            if last := max(files.last_published(self.folder), journal.newest(self.folder)):
                files.point_to(self.folder, last)

    @contextmanager
    def as_files(self, numbers: Iterable[int]) -> Iterator[Path]:
        yield self.folder

    def journal_until(self, number: int) -> int:
        """How many bytes of the journal belong to a copy of the versions up to `number`: of lost versions all that is known."""
        told = listed.damage(self.folder)
        return journal.length_until(self.folder, max([number, *(told.versions if told else ())]))

    def space(self) -> Space:
        """What the data folder takes on the disk."""
        return keeping.space(self.folder)


def _thin(folder: Path, now: datetime) -> Thinned:
    marks, rules = keeping.kept(folder), keeping.rules()
    if told := listed.damage(folder):
        raise StoreError(str(told))
    if marks is None:
        raise StoreError(say("store.marks_unknown"))
    found = listed.versions(folder)
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
        if keeping.kept(folder) is not None and keeping.due(folder, now.date()) and not listed.damage(folder):
            _thin(folder, now)
    except (OSError, StoreError, duckdb.Error):
        log.exception("older versions were not thinned out")


def _change(
    part: Path,
    plans: Sequence[Plan],
    change: Callable[[Writer], None],
    signed: Signed,
    told: recovery.FolderJournal,
) -> applying.Applied | None:
    """As `applying.apply`; the file is closed and whole either way."""
    fresh = not part.exists()
    with connections.writing(part) as con:
        if not fresh:
            connections.pack_simply(con)
        con.execute("begin")
        done = applying.apply(con, plans, change, signed, fresh, told)
        if done is not None:
            connections.commit(con)
        return done


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
    listed.note_published(made, done.lacking)
    try:
        files.point_to(folder, made.number)
    except OSError:
        log.exception("the pointer to the newest version was not written; it is found by listing the folder")
