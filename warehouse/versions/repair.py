"""`python -m warehouse repair`: a new version in which nothing that was receipted is missing, and every file in its place."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from catalogue import clock
from catalogue.model import Plan
from catalogue.wording import say
from warehouse import store
from warehouse.lock import StoreError, writing
from warehouse.versions import files, journal, ledger
from warehouse.versions.done import Done
from warehouse.versions.journal import JournalEntry
from warehouse.versions.listed import is_whole
from warehouse.versions.put_back import PutBack, put_back
from warehouse.write import Writer


@dataclass(slots=True)
class VersionRepair:
    """version: the new one, 0 where none was needed. lost: versions whose contents were missing; silent: those of them of
    which the journal tells nothing. set_aside: damaged files, now below warehouse/damaged. measured: versions that had no
    manifest. bad_lines: of the journal, which was written anew if there were any."""

    version: int = 0
    lost: tuple[int, ...] = ()
    silent: tuple[int, ...] = ()
    put_back: PutBack = field(default_factory=PutBack)
    set_aside: list[str] = field(default_factory=list)
    measured: list[int] = field(default_factory=list)
    bad_lines: int = 0

    @property
    def nothing(self) -> bool:
        return not (self.lost or self.set_aside or self.measured or self.bad_lines)

    @property
    def complete(self) -> bool:
        return not (self.lost and (self.silent or self.bad_lines))


def repair(folder: Path, plan: Plan) -> VersionRepair:
    """May be run at any time, and again. Raises StoreError where no version is whole and the journal tells nothing."""
    done = VersionRepair(bad_lines=sum(line.entry is None for line in journal.lines(folder)))
    found = store.damage(folder)
    if found is not None:
        if not found.shown and not journal.newest(folder):
            raise StoreError(f"{found} {say('repair.no_journal')}")
        _put_back(folder, plan, found, done)
    if files.last_published(folder):
        with writing(files.place_of(folder), "repair"):
            _see_to_files(folder, done)
            if done.bad_lines:
                _write_journal_anew(folder)
    return done


def _put_back(folder: Path, plan: Plan, found: store.Damage, done: VersionRepair) -> None:
    """What lost versions wrote, in a version of its own, onto the newest whole one."""

    def change(writer: Writer) -> None:
        lost = set(found.versions) | {version for (version,) in writer.rows(ledger.LOST)}
        if not found.shown:
            lost |= {entry.version for entry in _entries(folder, lambda entry: True)}
        told = _entries(folder, lambda entry: entry.version in lost)
        done.put_back = put_back(writer, told, onto_nothing=not found.shown)
        at = clock.real_now()
        for version in sorted(lost):
            writer.settle(version, at)
        done.lost = tuple(sorted(lost))
        done.silent = tuple(sorted(lost - {entry.version for entry in told}))

    note = str(Done("repair", ",".join(map(str, found.versions))))
    publish = store.publish if found.shown else store.publish_anew
    done.version = publish(folder, plan, change, note, "operator").number


def _entries(folder: Path, wanted: Callable[[JournalEntry], bool]) -> list[JournalEntry]:
    return [line.entry for line in journal.lines(folder) if line.entry is not None and wanted(line.entry)]


def _see_to_files(folder: Path, done: VersionRepair) -> None:
    aside = files.place_of(folder) / "damaged"
    for number in files.numbers(folder):
        path = files.path_of(folder, number)
        if not is_whole(path):
            aside.mkdir(exist_ok=True)
            for each in (path, files.manifest_path(path)):
                if each.exists():
                    os.replace(each, aside / each.name)
            done.set_aside.append(path.name)
        elif files.read_manifest(path) is None:
            files.write_manifest(path, files.measured(path))
            done.measured.append(number)
    files.point_to(folder, files.last_published(folder))


def _write_journal_anew(folder: Path) -> None:
    """From the newest version, which has all that could be read of the lines; the old one is kept beside."""
    aside = files.place_of(folder) / "damaged"
    aside.mkdir(exist_ok=True)
    os.replace(folder / journal.NAME, aside / journal.NAME)
    with store.open_version(store.latest(folder)) as con:
        journal.replace(folder, ledger.lines_of_all(con))
