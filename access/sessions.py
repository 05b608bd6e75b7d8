"""Sessions: who is signed in. The browser holds a token, the store only its hash."""

from __future__ import annotations

import hashlib
import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, select

from access import demo, times
from access.account_rows import account_of
from access.db import reading, writing
from access.model import Account
from access.settings import settings
from access.tables import account as account_table
from access.tables import session
from catalogue.free_space import NoStorage

log = logging.getLogger(__name__)

TOUCHED_EVERY = timedelta(minutes=1)  # seen_at is written this often at most; so idle time is right to a minute
CLOCKS_APART = timedelta(minutes=2)  # of two servers, or by a small correction
KEPT = timedelta(days=7)  # how long rows of the past stay


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A living session. Times are naive UTC."""

    id: str
    name: str
    ip: str
    started_at: datetime
    seen_at: datetime


# Written once: SQLAlchemy then compiles it once, and this question is asked on every message of a browser.
_ONE = select(session, *(c.label(f"account_{c.name}") for c in account_table.c if c.name != "password")).join_from(
    session, account_table, account_table.c.name == session.c.name
)


def start(account: Account, ip: str) -> tuple[str, str]:
    """(token for the cookie, id for everybody else). Whether the account may sign in was judged before."""
    token = secrets.token_urlsafe(32)
    now = times.utc_now()
    with writing() as con:
        con.execute(session.delete().where(session.c.started_at < now - _absolute() - KEPT))
        con.execute(
            session.insert().values(id=id_of(token), name=account.name, ip=ip[:64], started_at=now, seen_at=now)
        )
        con.execute(account_table.update().where(account_table.c.name == account.name).values(last_signed_in=now))
    return token, id_of(token)


def id_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def find(id: str | None, *, touch: bool = True) -> Account | None:
    """Whose living session this is.

    None: unknown, ended, idle or open for too long, its account gone or disabled, or a demo account outside demo
    mode. touch: this is a person at work, and the idle time begins anew.
    """
    if id is None or len(id) != 64 or not id.isascii():
        return None
    with reading() as con:
        row = con.execute(_ONE.where(session.c.id == id)).first()
    now = times.utc_now()
    if row is None or not _lives(row, now):
        return None
    found = account_of(row, "account_")
    if found.disabled or (found.demo and not demo.is_on()):
        return None
    if touch and now - row.seen_at >= TOUCHED_EVERY:
        _touched(id, now)
    return found


def _touched(id: str, now: datetime) -> None:
    """Best effort: a disk that cannot be written keeps nobody from looking."""
    try:
        with writing() as con:
            con.execute(session.update().where(session.c.id == id).values(seen_at=now))
    except NoStorage as problem:
        log.warning("not noted that a session was seen: %s", problem.kind)


def _lives(row: Row[Any], now: datetime) -> bool:
    idle, open_for = now - row.seen_at, now - row.started_at
    if min(idle, open_for) < -CLOCKS_APART:  # the clock went back: how long it was open nobody can tell any more
        return False
    return row.ended_at is None and idle <= timedelta(minutes=settings().idle_minutes) and open_for <= _absolute()


def _absolute() -> timedelta:
    return timedelta(hours=settings().absolute_hours)


def end(id: str) -> None:
    with writing() as con:
        _end(con, session.c.id == id)


def end_all(name: str, except_id: str | None = None) -> int:
    """How many of the account's sessions were ended."""
    with writing() as con:
        return end_all_in(con, name, except_id)


def end_all_in(con: Connection, name: str, except_id: str | None = None) -> int:
    """`end_all` inside a transaction of `writing()`."""
    return _end(con, and_(session.c.name == name, session.c.id != (except_id or "")))


def _end(con: Connection, which: ColumnElement[bool]) -> int:
    return con.execute(
        session.update().where(which, session.c.ended_at.is_(None)).values(ended_at=times.utc_now())
    ).rowcount


def living(name: str | None = None) -> list[Session]:
    """Sessions that `find` would know, the one seen last first; of one account or of all."""
    query = _ONE.order_by(session.c.seen_at.desc())
    if name is not None:
        query = query.where(session.c.name == name)
    with reading() as con:
        rows = con.execute(query).all()
    now = times.utc_now()
    shown = demo.is_on()
    return [
        Session(**{field: getattr(row, field) for field in Session.__slots__})
        for row in rows
        if _lives(row, now) and not row.account_disabled and (shown or not row.account_demo)
    ]
