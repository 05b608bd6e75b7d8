"""`<data>/journal.jsonl`: everything that was ever written into a version, kept outside the versions.

A publication appends one line, on disk before its version comes into place, and its version number, the receipt numbers
and SHA-256 given in it can be read with any editor. The rows themselves are packed beside them, so that a version that
is lost can be put back. A line begins with a checksum of the rest; one that does not fit is not read.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.versions.files import sync_folder

NAME = "journal.jsonl"
Text = str | None


@dataclass(frozen=True, slots=True)
class TableRows:
    """Of one table, values as text; None is NULL."""

    columns: tuple[str, ...]
    rows: list[list[Text]]


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """What one version wrote. at: local time it was published. receipts: (number, SHA-256) given in it.

    loads: load_id -> receipt number, of every receipt its rows are about; a number is never given twice, a load_id may be
    given again by a version that does not know of this one.
    """

    version: int
    at: str
    note: str
    by: str
    receipts: tuple[tuple[str, str], ...]
    loads: Mapping[int, str]
    packed: str

    def tables(self) -> dict[str, TableRows]:
        told = json.loads(zlib.decompress(b64decode(self.packed)))
        return {name: TableRows(tuple(columns), rows) for name, (columns, rows) in told.items()}


@dataclass(frozen=True, slots=True)
class JournalLine:
    """start, end: in bytes. entry: None where the line is damaged. whole: it ends as a line should."""

    start: int
    end: int
    entry: JournalEntry | None
    whole: bool = True


def pack(tables: Mapping[str, TableRows]) -> str:
    told = {name: (list(rows.columns), rows.rows) for name, rows in tables.items() if rows.rows}
    return b64encode(zlib.compress(json.dumps(told, ensure_ascii=False).encode(), 6)).decode()


def written(entry: JournalEntry) -> bytes:
    """The line."""
    told: dict[str, Any] = {
        "version": entry.version,
        "at": entry.at,
        "note": entry.note,
        "by": entry.by,
        "receipts": entry.receipts,
        "loads": {str(load_id): number for load_id, number in entry.loads.items()},
        "rows": entry.packed,
    }
    content = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return b"%s %s\n" % (_check(content), content)


def append(folder: Path, lines: bytes) -> int:
    """Where they begin, in bytes, so that they can be taken back; they are on disk before this returns."""
    path = folder / NAME
    fresh = not path.exists()
    with path.open("ab") as file:
        start = file.tell()
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())
    if fresh:
        sync_folder(folder)
    return start


def cut(folder: Path, at: int) -> None:
    """Take back what was appended for a version that never came into place."""
    path = folder / NAME
    if not path.exists():
        return
    with path.open("rb+") as file:
        file.truncate(at)
        os.fsync(file.fileno())


def mend_end(folder: Path) -> None:
    """A line that was cut short tells nothing, and the next must not begin in its midst."""
    path = folder / NAME
    if not path.exists():
        return
    with path.open("rb") as file:
        if not file.seek(0, os.SEEK_END):
            return
        file.seek(-1, os.SEEK_END)
        if file.read(1) == b"\n":
            return
    cut(folder, next(_backwards(folder)).start)


def content(folder: Path, line: JournalLine) -> bytes:
    """The line as it stands."""
    with (folder / NAME).open("rb") as file:
        file.seek(line.start)
        return file.read(line.end - line.start)


def replace(folder: Path, lines: Iterable[bytes]) -> None:
    """Written anew as a whole; what was there before stays if this is interrupted."""
    part = folder / f"{NAME}.new"
    with part.open("wb") as file:
        for line in lines:
            file.write(line)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, folder / NAME)
    sync_folder(folder)


def lines(folder: Path) -> Iterator[JournalLine]:
    """From the beginning."""
    start = 0
    try:
        with (folder / NAME).open("rb") as file:
            for content in file:
                yield _line(start, content)
                start += len(content)
    except FileNotFoundError:
        return


def tail(folder: Path, after: int) -> tuple[list[JournalLine], int]:
    """(lines of versions above `after`, oldest first; the newest version up to `after` that has a line, 0 for none).

    Read from the end, so that its cost is that of what came last, however long the journal has grown.
    """
    found: list[JournalLine] = []
    for line in _backwards(folder):
        if line.entry is not None and line.entry.version <= after:
            return found[::-1], line.entry.version
        found.append(line)
    return found[::-1], 0


def newest(folder: Path) -> int:
    """The newest version that has a line; 0 for none."""
    return next((line.entry.version for line in _backwards(folder) if line.entry is not None), 0)


def length_until(folder: Path, number: int) -> int:
    """How many bytes tell of the versions up to `number`; 0 where there is no journal."""
    path = folder / NAME
    if not path.exists():
        return 0
    later, _ = tail(folder, number)
    return later[0].start if later else path.stat().st_size


def _backwards(folder: Path) -> Iterator[JournalLine]:
    try:
        file = (folder / NAME).open("rb")
    except FileNotFoundError:
        return
    with file:
        end = os.fstat(file.fileno()).st_size
        if not end:
            return
        with mmap.mmap(file.fileno(), end, access=mmap.ACCESS_READ) as content:
            while end > 0:
                start = content.rfind(b"\n", 0, end - 1) + 1
                yield _line(start, content[start:end])
                end = start


def _line(start: int, content: bytes) -> JournalLine:
    return JournalLine(start, start + len(content), _read(content), content.endswith(b"\n"))


def _read(content: bytes) -> JournalEntry | None:
    mark, _, told = content.rstrip(b"\n").partition(b" ")
    if not content.endswith(b"\n") or mark != _check(told):
        return None
    found = json.loads(told)
    return JournalEntry(
        found["version"],
        found["at"],
        found["note"],
        found["by"],
        tuple((number, sha256) for number, sha256 in found["receipts"]),
        {int(load_id): number for load_id, number in found["loads"].items()},
        found["rows"],
    )


def _check(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest()[:16].encode()


def chunks(rows: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    """`rows` in pieces of `size`, in their order; the last may be shorter."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
