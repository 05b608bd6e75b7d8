"""Versions as snapshots of a lake: nothing is copied, many processes on many machines read and write the same.

The lake keeps the rows; the data folder, on a share that all processes reach, keeps what is not in the warehouse: the
workbooks, drafts, seals. There is no journal: the catalogue's database is what is backed up (docs/operate.md).
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from catalogue import clock
from catalogue.model import Plan
from catalogue.wording import say
from warehouse.lake import catalog, connections, moving, upkeep
from warehouse.lake.address import LakeAddress
from warehouse.lock import BUSY_AFTER, StoreError
from warehouse.versions import applying, files, keeping
from warehouse.versions.file_store import FileStore
from warehouse.versions.model import Damage, Space, Thinned, Version
from warehouse.write import Writer

log = logging.getLogger(__name__)
_TOLD = "number, published_at, note, by_whom, plan, plan_digest, periods"
_HISTORY = f"select {_TOLD} from main.version_info order by number"


@dataclass(frozen=True, slots=True)
class LakeStore:
    """folder: the data folder."""

    folder: Path
    lake: LakeAddress

    def newest(self) -> Version | None:
        found = catalog.newest(self.lake)
        return _last(self.folder, self.lake, *found) if found else None

    def version(self, number: int) -> Version:
        found = catalog.snapshots(self.lake)
        if number not in found:
            raise StoreError(say("lake.no_version", number=number))
        return _last(self.folder, self.lake, number, found[number])

    def versions(self) -> list[Version]:
        last = self.newest()
        if last is None:
            return []
        known = catalog.snapshots(self.lake)
        with connections.reading(last) as con:
            rows = con.execute(_HISTORY).fetchall()
        return [_version(self.folder, known[row[0]], row) for row in rows if row[0] in known]

    def damage(self) -> Damage | None:
        """What is damaged is seen when it is read; `python -m warehouse verify` reads it all."""
        return None

    def publish(
        self,
        plans: Sequence[Plan],
        change: Callable[[Writer], None],
        note: str,
        by: str,
        busy_after: float,
        onto_nothing: bool,
    ) -> Version:
        """One transaction of the lake, one snapshot."""
        with catalog.writing(self.lake, by, busy_after):
            base = self.newest()
            number, at = (base.number if base else 0) + 1, clock.real_now()
            with connections.writing(self.lake) as con:
                con.execute("begin")
                done = applying.apply(con, plans, change, (number, at, note, by), base is None, applying.NoJournal())
                if done is None:
                    return base or self.version(number)
                connections.commit(con, by, note, number)
            found = catalog.newest(self.lake)
        assert found is not None and found[0] == number, "it was just committed, and nobody else writes"
        self._tidy(at)
        last = plans[-1]
        return Version(number, self.folder, at, note, by, last.code, last.digest, done.periods, found[1])

    @contextmanager
    def trying(self, version: Version | None) -> Iterator[duckdb.DuckDBPyConnection]:
        """In a transaction that is never committed. Always of the newest: the lake changes nowhere else."""
        with connections.writing(self.lake) as con:
            con.execute("begin")
            yield con

    def keep(self, numbers: Iterable[int]) -> set[int]:
        found = set(numbers) & catalog.snapshots(self.lake).keys()
        if found:
            catalog.keep(self.lake, sorted(found))
        return found

    def let_go(self, number: int) -> None:
        catalog.let_go(self.lake, number)

    def thin(self, now: datetime, days: int = upkeep.LEAST_DAYS) -> Thinned:
        """A version that is being read on goes all the same when its turn comes: its reader is told to load the page anew."""
        with catalog.writing(self.lake, "tidy", BUSY_AFTER):  # merging beside a writer's deletes would undo one of both
            done = self._thin(now)
            upkeep.tidy(self.lake, days)
        return done

    def _thin(self, now: datetime) -> Thinned:
        found = self.versions()
        gone = keeping.to_go(
            [(each.number, each.published_at) for each in found], catalog.kept(self.lake), keeping.rules(), now
        )
        freed = upkeep.expire(self.lake, [each.snapshot for each in found if each.number in gone])
        return Thinned(tuple(gone), freed, len(found) - len(gone))

    def space(self) -> Space:
        counted = keeping.space(self.folder)
        return Space(len(catalog.snapshots(self.lake)), upkeep.size(self.lake), 0, counted.original_bytes)

    def settle_in(self) -> None:
        """The versions that were put back as files move into the lake, which has to be empty."""
        FileStore(self.folder).settle_in()
        moving.move_in(self.folder, self.lake, everything=True)
        shutil.rmtree(files.place_of(self.folder))

    @contextmanager
    def as_files(self, numbers: Iterable[int]) -> Iterator[Path]:
        """Written out for the time being."""
        with tempfile.TemporaryDirectory(prefix="lake-") as place:
            moving.write_out([self.version(number) for number in numbers], Path(place))
            yield Path(place)

    def journal_until(self, number: int) -> int:
        return 0

    def _tidy(self, now: datetime) -> None:
        """Once a day; what goes wrong here has nothing to do with what was published."""
        try:
            if catalog.first_today(self.lake, now.date()):
                self._thin(now)
        except (StoreError, duckdb.Error):
            log.exception("older versions were not thinned out")


@lru_cache(maxsize=64)
def _last(folder: Path, lake: LakeAddress, number: int, snapshot: int) -> Version:
    unread = Version(number, folder, datetime.min, "", "", "", "", (), snapshot)
    with connections.reading(unread) as con:
        [row] = con.execute(f"select {_TOLD} from main.version_info where number = ?", [number]).fetchall()
    return _version(folder, snapshot, row)


def _version(folder: Path, snapshot: int, row: tuple[Any, ...]) -> Version:
    number, at, note, by, plan, digest, touched = row
    return Version(number, folder, at, note, by, plan, digest, tuple(filter(None, touched.split(","))), snapshot)
