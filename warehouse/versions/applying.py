"""A change applied to the copy that is to become the next version, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import duckdb

from catalogue.model import Plan
from warehouse import build
from warehouse.build import MartQuestion
from warehouse.versions import editions, ledger
from warehouse.versions.ledger import Signed
from warehouse.write import Writer

_INFO = """
insert into version_info (number, published_at, note, by_whom, plan, plan_digest, marts_digest, periods, journal)
values (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True)
class Applied:
    """lines: for the journal, b"" where no row of the ledger was written. periods: the quarters that were touched. lacking:
    lost versions whose contents it lacks."""

    lines: bytes
    periods: tuple[str, ...]
    lacking: tuple[int, ...]


class PublicationJournal(Protocol):
    """What is told of a publication outside the version."""

    def catch_up(self, con: duckdb.DuckDBPyConnection, at: datetime) -> int:
        """The newest version, up to the one stood on, that has a line; 0 for none."""

    def line_of(self, con: duckdb.DuckDBPyConnection, writer: Writer, signed: Signed) -> bytes:
        """What a change wrote; b"" for nothing."""


class NoJournal:
    """Of a store that loses no version without losing them all."""

    def catch_up(self, con: duckdb.DuckDBPyConnection, at: datetime) -> int:
        return 0

    def line_of(self, con: duckdb.DuckDBPyConnection, writer: Writer, signed: Signed) -> bytes:
        return b""


def apply(
    con: duckdb.DuckDBPyConnection,
    plans: Sequence[Plan],
    change: Callable[[Writer], None],
    signed: Signed,
    fresh: bool,
    told: PublicationJournal,
) -> Applied | None:
    """None where the version would say nothing new. plans: those the change is about; the marts it asks are of the last.

    con: with a transaction begun, which is left open, to be committed. fresh: the store is empty. told: the journal, which is
    brought up to date first.
    """
    stale = editions.bring(con, plans, fresh)  # before the change, which may ask the marts how things stand
    number, at, note, by = signed
    reached = told.catch_up(con, at)
    writer = Writer(con, number)
    change(writer)
    if not (writer.touched or stale or writer.settled):
        return None
    _bring_up_to_date(con, writer, editions.held(con))
    touched = tuple(sorted(writer.touched))
    lines = told.line_of(con, writer, signed)
    told_of = number if lines else reached
    con.execute(
        _INFO,
        [number, at, note, by, plans[-1].code, plans[-1].digest, build.marts_digest(), ",".join(touched), told_of],
    )
    return Applied(lines, touched, ledger.lost_versions(con))


def rehearse(
    con: duckdb.DuckDBPyConnection,
    plans: Sequence[Plan],
    change: Callable[[Writer], None],
    number: int,
    fresh: bool,
    asked: MartQuestion | None,
) -> None:
    """As `apply`, for questions within the transaction, which is never committed. number: that the version would have. asked: the
    only question, of the last of `plans`; None: any."""
    editions.bring(con, plans, fresh)
    writer = Writer(con, number)
    change(writer)
    _bring_up_to_date(con, writer, [editions.of_plan(plans[-1])] if asked else editions.held(con), asked)


def _bring_up_to_date(
    con: duckdb.DuckDBPyConnection, writer: Writer, about: Sequence[editions.Edition], asked: MartQuestion | None = None
) -> None:
    """The marts of these editions, of what was written."""
    if loads := writer.loads():
        for edition in about:
            editions.use(con, edition)
            build.rebuild(con, loads, asked)
