"""What every kind of store gives: a published version, and what must be told of those that are damaged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

import duckdb

from catalogue.model import Plan
from catalogue.wording import say
from warehouse.versions import files
from warehouse.write import Writer


@dataclass(frozen=True, slots=True)
class Version:
    """One published state. folder: the data folder. periods: the quarters its change touched. Times are local.

    snapshot: of the lake that holds it; 0 for one that is a file.
    """

    number: int
    folder: Path
    published_at: datetime
    note: str
    by: str
    plan: str
    plan_digest: str
    periods: tuple[str, ...]
    snapshot: int = 0

    @property
    def path(self) -> Path:
        """Of the file, where it is one."""
        return files.path_of(self.folder, self.number)


@dataclass(frozen=True, slots=True)
class Damage:
    """Versions that were published and cannot be read, or whose contents the one shown lacks. shown 0: none is whole.

    str() says so, and what to do, in the language of now.
    """

    versions: tuple[int, ...]
    shown: int

    def __str__(self) -> str:
        named = say("store.comma").join(say("store.numbered", number=number) for number in self.versions)
        return say("store.damaged" if self.shown else "store.all_damaged", versions=named, shown=self.shown)


@dataclass(frozen=True, slots=True)
class Thinned:
    """gone: numbers of the versions that went. freed: bytes. left: how many versions stay."""

    gone: tuple[int, ...]
    freed: int
    left: int


@dataclass(frozen=True, slots=True)
class Space:
    """versions: how many. version_bytes, journal_bytes, original_bytes: what they, the journal and the workbooks take."""

    versions: int
    version_bytes: int
    journal_bytes: int
    original_bytes: int


class VersionStore(Protocol):
    """A place that keeps published versions. Each raises StoreError with a sentence for people."""

    def newest(self) -> Version | None:
        """None before the first was published."""

    def version(self, number: int) -> Version:
        """One that is there and whole."""

    def versions(self) -> list[Version]:
        """Oldest first."""

    def damage(self) -> Damage | None:
        """None where all is well."""

    def publish(
        self,
        plans: Sequence[Plan],
        change: Callable[[Writer], None],
        note: str,
        by: str,
        busy_after: float,
        onto_nothing: bool,
    ) -> Version:
        """All or nothing; the newest where there is nothing new to say."""

    def trying(self, version: Version | None) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """Where a change to it may be tried, none of which stays."""

    def keep(self, numbers: Iterable[int]) -> set[int]:
        """Never to be thinned out; those of them that are there."""

    def let_go(self, number: int) -> None:
        """From now on the rules of its age decide."""

    def thin(self, now: datetime, days: int = 1) -> Thinned:
        """Let those go that no rule keeps and nobody reads. days: how old files of a lake are that nothing needs any more, before
        they are removed."""

    def space(self) -> Space:
        """What is taken up now."""

    def settle_in(self) -> None:
        """After a backup was put together again."""

    def as_files(self, numbers: Iterable[int]) -> AbstractContextManager[Path]:
        """A data folder that holds these versions as files."""

    def journal_until(self, number: int) -> int:
        """Bytes of the journal that belong to a copy of the versions up to this one."""
