"""Room on the disk, and a disk that cannot be written: asked before something large is written, told in a sentence.

What is read goes on being read. Whoever wanted to write is told NoStorage, whichever library met the disk first.
"""

from __future__ import annotations

import errno
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from catalogue.wording import say

MB = 2**20
SPARE = 64 * MB  # left free beside what is asked for: the small tables and the log go on
Kind = Literal["full", "read_only", "fault"]
log = logging.getLogger(__name__)

_ERRNO: dict[int | None, Kind] = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
    errno.EROFS: "read_only",
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.EIO: "fault",
}
# As SQLite, PostgreSQL and DuckDB say it; each wraps what the system told it into a text.
_SAID: tuple[tuple[str, Kind], ...] = (
    ("disk is full", "full"),
    ("no space left", "full"),
    ("disk quota exceeded", "full"),
    ("readonly database", "read_only"),
    ("read-only file system", "read_only"),
    ("permission denied", "read_only"),
    ("unable to open database file", "read_only"),
    ("disk i/o error", "fault"),
)


class NoStorage(Exception):
    """Nothing was written: the disk is full, read-only or broken. str() says so, and what to do."""

    def __init__(self, kind: Kind, *, free: int = 0, needed: int = 0) -> None:
        self.kind, self.free, self.needed = kind, free, needed
        super().__init__(kind)

    def __str__(self) -> str:
        if self.needed:
            return say("storage.too_little", free=_megabytes(self.free), needed=_megabytes(self.needed))
        return say(f"storage.{self.kind}")


def require(folder: Path, needed: int) -> None:
    """Raises NoStorage unless `needed` bytes fit into the folder and SPARE stays free. A folder yet to be made: its parent."""
    place = next(each for each in (folder, *folder.resolve().parents) if each.exists())
    free = shutil.disk_usage(place).free
    if free < needed + SPARE:
        raise NoStorage("full", free=free, needed=needed + SPARE)


def kind_of(problem: BaseException | None) -> Kind | None:
    """What is wrong with the disk; None for any other trouble. Looks at what an exception was made from, too."""
    seen = 0
    while problem is not None and seen < 8:
        if isinstance(problem, NoStorage):
            return problem.kind
        if isinstance(problem, OSError) and problem.errno in _ERRNO:
            return _ERRNO[problem.errno]
        if type(problem).__module__.partition(".")[0] in ("sqlite3", "sqlalchemy", "psycopg", "duckdb", "_duckdb"):
            told = str(getattr(problem, "orig", None) or problem).lower()
            if found := next((kind for words, kind in _SAID if words in told), None):
                return found
        problem, seen = problem.__cause__ or problem.__context__, seen + 1
    return None


@contextmanager
def told() -> Iterator[None]:
    """Trouble with the disk within becomes NoStorage; everything else stays what it is. Also a decorator."""
    try:
        yield
    except NoStorage:
        raise
    except Exception as problem:
        kind = kind_of(problem)
        if kind is None:
            raise
        log.error("nothing was written, the disk is %s: %s", kind, problem)
        raise NoStorage(kind) from problem


def _megabytes(count: int) -> str:
    return f"{count / MB:,.0f}"
