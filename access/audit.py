"""The audit log: who did what, when, from where, and how it ended. Rows are only added, each chained to the one before."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import Connection, Row, Select, select, text

from access import times
from access.db import reading, writing
from access.model import Actor
from access.sheets import csv_bytes
from access.tables import audit
from catalogue.wording import say

# What can be logged; the words for it are audit.event.<code>.
EVENTS: tuple[str, ...] = (
    "sign_in",
    "sign_out",
    "password_changed",
    "account_created",
    "account_changed",
    "accounts_imported",
    "unlocked",
    "token_issued",
    "token_revoked",
    "upload",
    "draft_discarded",
    "explained",
    "submitted",
    "withdrawn",
    "approved",
    "returned",
    "locked",
    "reopened",
    "deadline_changed",
    "frozen",
    "unfrozen",
    "went_back",
    "backup",
    "restored",
    "download",
    "exported",
    "refused",
    "reminder",
)
RESULTS: tuple[str, ...] = ("ok", "refused", "failed")
BEGINNING = "0" * 64  # what the first row is chained to
LONGEST_DETAIL = 2000
CHAIN_LOCK = 7_210_403  # PostgreSQL advisory lock: one row after the other
HASHED = ("id", "at", "name", "role", "ip", "event", "object", "result", "detail", "previous")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """A row of the log. at: naive UTC; `times.local` gives what a screen shows."""

    id: int
    at: datetime
    name: str
    role: str
    ip: str
    event: str
    object: str
    result: str
    detail: str
    previous: str
    hash: str

    @property
    def said(self) -> str:
        return say(f"audit.event.{self.event}")


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedLog:
    """count: rows read. broken_at: id of the first row that is changed, missing or chained wrongly; one past the last
    where the tail is cut off. head: hash of the last row; noted elsewhere, it tells later whether the tail still stands."""

    count: int
    ok: bool
    broken_at: int | None
    head: str


class NoAccount(TypedDict, total=False):
    """Whoever acts without an account: under what name ("operator" for whoever runs the server), from where."""

    name: str
    ip: str


class EntriesWanted(TypedDict, total=False):
    """Which rows of the log; what is not named, or None, asks for every one. since (inclusive), until (exclusive): naive UTC or aware."""

    object: str | None
    object_prefix: str | None
    name: str | None
    event: str | None
    result: str | None
    since: datetime | None
    until: datetime | None


def record(
    actor: Actor | None,
    event: str,
    object: str = "",
    result: str = "ok",
    detail: str = "",
    **who: Unpack[NoAccount],
) -> None:
    """Add one row, in a transaction of its own.

    object: what it was done to, like account/NAME or form/reporter/period. detail: short Chinese or key=value text,
    never a password or token. who: where there is no actor. Raises ValueError for an unknown event or result.
    """
    with writing() as con:
        append(con, actor, event, object, result, detail, **who)


def append(
    con: Connection,
    actor: Actor | None,
    event: str,
    object: str = "",
    result: str = "ok",
    detail: str = "",
    **who: Unpack[NoAccount],
) -> None:
    """`record` inside a transaction of `writing()`: the row stands or falls with what it tells. Its last statement, please."""
    if event not in EVENTS or result not in RESULTS:
        raise ValueError(f"{event!r} {result!r}: not an event and a result of the audit log")
    if con.dialect.name == "postgresql":
        con.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": CHAIN_LOCK})
    last = con.execute(select(audit.c.id, audit.c.hash).order_by(audit.c.id.desc()).limit(1)).first()
    row = {
        "id": last.id + 1 if last else 1,
        "at": times.utc_now().isoformat(timespec="microseconds"),
        "name": clean(actor.account.name if actor else who.get("name", ""), 64),
        "role": actor.account.role if actor else "",
        "ip": clean(actor.ip if actor and actor.ip else who.get("ip", ""), 64),
        "event": event,
        "object": clean(object, 255),
        "result": result,
        "detail": clean(detail, LONGEST_DETAIL),
        "previous": last.hash if last else BEGINNING,
    }
    con.execute(audit.insert().values(**row, hash=_hash(row)))


def clean(written: str, longest: int) -> str:
    """One line that shows what it holds: no control, direction or half characters; clipped."""
    shown = (" " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in written[: 4 * longest])
    return " ".join("".join(shown).split())[:longest]


def entries(
    *, limit: int | None = 500, before_id: int | None = None, **wanted: Unpack[EntriesWanted]
) -> list[LogEntry]:
    """Newest first. limit None: all. before_id: the next page."""
    query = select(audit).order_by(audit.c.id.desc()).limit(limit)
    for column, value in (
        (audit.c.object, wanted.get("object")),
        (audit.c.name, wanted.get("name")),
        (audit.c.event, wanted.get("event")),
        (audit.c.result, wanted.get("result")),
    ):
        if value is not None:
            query = query.where(column == value)
    if (begin := wanted.get("object_prefix")) is not None:
        query = query.where(audit.c.object.startswith(begin, autoescape=True))
    if before_id is not None:
        query = query.where(audit.c.id < before_id)
    with reading() as con:
        return [_entry(row) for row in con.execute(_within(query, wanted.get("since"), wanted.get("until")))]


def _within(query: Select[Any], since: datetime | None, until: datetime | None) -> Select[Any]:
    if since is not None:
        query = query.where(audit.c.at >= times.stored(since).isoformat(timespec="microseconds"))
    if until is not None:
        query = query.where(audit.c.at < times.stored(until).isoformat(timespec="microseconds"))
    return query


def _entry(row: Row[Any]) -> LogEntry:
    return LogEntry(**{**row._mapping, "at": datetime.fromisoformat(row.at)})


def verify(head: str | None = None) -> VerifiedLog:
    """Read the whole chain. head: one noted earlier, which must still be in it; without it a cut tail goes unseen.

    A chain shows tampering to whoever kept a head; who can rewrite the whole table can also chain it anew.
    """
    count, previous, seen = 0, BEGINNING, head in (None, BEGINNING)
    broken_at = None
    with reading() as con:
        for row in con.execution_options(yield_per=1000).execute(select(audit).order_by(audit.c.id)):
            count += 1
            if broken_at is None and not _follows(row, count, previous):
                broken_at = count if row.id > count else row.id
            previous = row.hash
            seen = seen or row.hash == head
    if broken_at is None and not seen:
        broken_at = count + 1
    return VerifiedLog(count=count, ok=broken_at is None, broken_at=broken_at, head=previous)


def _follows(row: Row[Any], number: int, previous: str) -> bool:
    return bool(row.id == number and row.previous == previous and row.hash == _hash(row._mapping))


def _hash(row: Any) -> str:
    written = json.dumps([row[column] for column in HASHED], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def export(rows: Iterable[LogEntry]) -> bytes:
    """A CSV file for Excel: UTF-8 with BOM. Times are UTC as they were chained. A text that would be read as a formula
    has ' before it, so its hash is to be checked in the store and not in the file."""
    columns = [field.name for field in fields(LogEntry)]
    columns.insert(columns.index("event") + 1, "said")
    lines = [[say(f"audit.column.{column}") for column in columns]]
    for row in rows:
        at = row.at.isoformat(timespec="microseconds")
        lines.append([at if column == "at" else str(getattr(row, column)) for column in columns])
    return csv_bytes(lines)
