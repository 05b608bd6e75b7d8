"""A change applied to the copy that is to become the next version, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from catalogue.model import Plan
from warehouse import build, plan_tables
from warehouse.versions import ledger
from warehouse.versions.ledger import Signed
from warehouse.versions.recovery import Journal
from warehouse.write import Writer

SCHEMA = Path(__file__).parents[1] / "schema.sql"
_LAST_DIGESTS = "select plan_digest, marts_digest from version_info order by number desc limit 1"
_INFO = """
insert into version_info (number, published_at, note, by_whom, plan, plan_digest, marts_digest, periods, journal)
values (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True)
class Applied:
    """lines: for the journal, b"" where no row of the ledger was written. periods: the quarters that were touched."""

    lines: bytes
    periods: tuple[str, ...]


def apply(
    con: duckdb.DuckDBPyConnection,
    plan: Plan,
    change: Callable[[Writer], None],
    signed: Signed,
    fresh: bool,
    told: Journal | None,
) -> Applied | None:
    """None where the version would say nothing new.

    fresh: the file is empty. told: the journal, which is brought up to date first; None: only a rehearsal.
    """
    if not fresh:  # a few rows change in most tables: to try out how each is packed best costs more than it saves
        con.execute("set force_compression = 'dictionary'")
    con.execute("begin")
    digests = plan.digest, build.marts_digest()
    stale = fresh or con.execute(_LAST_DIGESTS).fetchone() != digests
    if stale:  # before the change, which may ask the marts how things stand
        con.execute(SCHEMA.read_text("utf-8"))
        plan_tables.write_plan(con, plan)
        build.build(con)
    number, at, note, by = signed
    reached = told.catch_up(con, at) if told else 0
    writer = Writer(con, number)
    change(writer)
    if not (writer.touched or stale or writer.settled):
        return None
    if loads := writer.loads():
        build.rebuild(con, loads)
    lines = ledger.line_of(con, writer, signed) if told else b""
    touched = tuple(sorted(writer.touched))
    told_of = number if lines else reached
    con.execute(_INFO, [number, at, note, by, plan.code, *digests, ",".join(touched), told_of])
    con.execute("commit")
    con.execute("checkpoint")
    return Applied(lines, touched)
