"""A change applied to the copy that is to become the next version, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import duckdb

from catalogue.model import Plan
from warehouse import build
from warehouse.build import MartQuestion
from warehouse.versions import editions, ledger
from warehouse.versions.ledger import Signed
from warehouse.versions.recovery import Journal
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


def apply(
    con: duckdb.DuckDBPyConnection,
    plans: Sequence[Plan],
    change: Callable[[Writer], None],
    signed: Signed,
    fresh: bool,
    told: Journal | None,
    asked: MartQuestion | None = None,
) -> Applied | None:
    """None where the version would say nothing new. plans: those the change is about; the marts it asks are of the last.

    fresh: the file is empty. told: the journal, which is brought up to date first; None: only a rehearsal, whose transaction
    is left open for the questions. asked: the only one of them, of the last of `plans`.
    """
    if not fresh:  # a few rows change in most tables: to try out how each is packed best costs more than it saves
        con.execute("set force_compression = 'dictionary'")
    con.execute("begin")
    stale = editions.bring(con, plans, fresh)  # before the change, which may ask the marts how things stand
    number, at, note, by = signed
    reached = told.catch_up(con, at) if told else 0
    writer = Writer(con, number)
    change(writer)
    if not (writer.touched or stale or writer.settled):
        return None
    if loads := writer.loads():
        for edition in [editions.of_plan(plans[-1])] if asked else editions.held(con):
            editions.use(con, edition)
            build.rebuild(con, loads, asked)
    touched = tuple(sorted(writer.touched))
    if told is None:
        return Applied(b"", touched, ())
    lines = ledger.line_of(con, writer, signed)
    told_of = number if lines else reached
    con.execute(
        _INFO,
        [number, at, note, by, plans[-1].code, plans[-1].digest, build.marts_digest(), ",".join(touched), told_of],
    )
    lacking = ledger.lost_versions(con)
    commit(con)
    return Applied(lines, touched, lacking)


def commit(con: duckdb.DuckDBPyConnection) -> None:
    """The file is whole afterwards, with nothing in a log beside it."""
    con.execute("commit")
    con.execute("checkpoint")
