"""Before anything is written: what a killed writer left is taken back, and the journal and the newest version are made to agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

import duckdb

from warehouse.rows import one
from warehouse.versions import files, journal, ledger
from warehouse.versions.ledger import Signed
from warehouse.write import Writer

_JOURNAL = "select journal from version_info order by number desc limit 1"


def roll_back(folder: Path) -> None:
    """A version comes into place by one rename; until then its .part is there, and its line in the journal is void.

    For whoever holds the folder for writing.
    """
    journal.mend_end(folder)
    unfinished = [number for number in files.numbers(folder, "part") if not files.path_of(folder, number).exists()]
    for number in unfinished:
        files.manifest_path(files.path_of(folder, number)).unlink(missing_ok=True)
    if unfinished:
        later, _ = journal.tail(folder, min(unfinished) - 1)
        void = [line.start for line in later if line.entry is not None and line.entry.version in unfinished]
        if void:
            journal.cut(folder, min(void))
    clear(files.place_of(folder))


def clear(place: Path) -> None:
    """Remove what a writer left half done; the .wal of a killed one would be replayed into the next."""
    for left_over in (*place.glob("*.part*"), *place.glob("*.new")):
        left_over.unlink()


@dataclass(frozen=True, slots=True)
class FolderJournal:
    """The journal of a folder as the writer of the next version finds it. base: the version it stands on, 0 for none."""

    folder: Path
    base: int

    def catch_up(self, con: duckdb.DuckDBPyConnection, at: datetime) -> int:
        """The newest version up to the base that has a line. con: the copy of the base.

        Lines of later versions are of versions that were lost since: noted. A journal that is missing, cut short, or older
        than the base is written anew from it.
        """
        later, reached = journal.tail(self.folder, self.base)
        if not self.base:
            return 0
        ledger.note_losses(con, [line.entry for line in later if line.entry is not None], at)
        if one(con, _JOURNAL)[0] == reached:
            return reached
        kept = [journal.content(self.folder, line) for line in later]
        journal.replace(self.folder, chain(ledger.lines_of_all(con), kept))
        return journal.tail(self.folder, self.base)[1]

    def line_of(self, con: duckdb.DuckDBPyConnection, writer: Writer, signed: Signed) -> bytes:
        """What a change wrote; b"" for nothing."""
        return ledger.line_of(con, writer, signed)
