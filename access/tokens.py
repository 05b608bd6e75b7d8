"""Tokens: how a program asks in the name of an account. It is shown once; the store keeps only its hash."""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, select

from access import account_rows, audit, demo, log_detail, times
from access.account_rules import tidy_name
from access.db import reading, writing
from access.errors import AccountProblem
from access.model import Account, Actor
from access.tables import account as account_table
from access.tables import token
from catalogue.free_space import NoStorage
from catalogue.wording import say

log = logging.getLogger(__name__)
PREFIX = "plan_"  # so that a token left in a script or a letter is known for what it is
DAYS = 365
MOST_DAYS = 3650
LIKE_ONE = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{20,}}")
TOUCHED_EVERY = timedelta(minutes=1)  # last_used_at is written this often at most
CLOCKS_APART = timedelta(minutes=2)  # of two servers, or by a small correction


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What is known about a token. Times are naive UTC. last_used_at: None before its first use; expires_at: None for never."""

    id: int
    name: str
    label: str
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class TokenHolder:
    """Whose token was sent, as the account is now, and which of its tokens."""

    account: Account
    id: int


# Written once, as in sessions: a program may ask often.
_ONE = select(token, *(c.label(f"account_{c.name}") for c in account_table.c if c.name != "password")).join_from(
    token, account_table, account_table.c.name == token.c.name
)


def issue(account: Account, label: str, days: int | None = DAYS, *, by: Actor | None = None) -> str:
    """A new token for that account: the only time it is seen. days None: until it is revoked.

    Raises AccountProblem: no label, days out of range, an account that is gone or disabled, a demo account outside demo mode.
    """
    label = audit.clean(label, 64)
    if not label:
        raise AccountProblem(say("token.no_label"), "label")
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise AccountProblem(say("token.bad_days", most=MOST_DAYS), "days")
    made, now = PREFIX + secrets.token_urlsafe(32), times.utc_now()
    until = None if days is None else now + timedelta(days=days)
    with writing() as con:
        row = account_rows.read(con, account.name)
        if row is None or not _usable(row.disabled, row.demo):
            raise AccountProblem(say("token.not_usable", name=account.name), "name")
        values = {"name": row.name, "label": label, "created_at": now, "expires_at": until}
        inserted = con.execute(token.insert().values(**values, hash=hash_of(made))).inserted_primary_key
        assert inserted is not None, "one row was inserted"
        id = inserted[0]
        until_said = f"{until:%Y-%m-%d}" if until else "never"
        audit.append(
            con,
            by,
            "token_issued",
            f"account/{row.name}",
            detail=log_detail.told(token=id, label=label, until=until_said),
            name="operator",
        )
    return made


def hash_of(made: str) -> str:
    return hashlib.sha256(made.encode("utf-8", "surrogatepass")).hexdigest()


def hidden(written: str) -> str:
    """The text without any token in it: one put into an address by mistake would be kept where addresses are kept."""
    return LIKE_ONE.sub(f"{PREFIX}…", written)


def find(made: str) -> TokenHolder | None:
    """None: unknown, revoked, expired, its account gone or disabled, or a demo account outside demo mode."""
    if not made.startswith(PREFIX) or len(made) > 100:
        return None
    with reading() as con:
        row = con.execute(_ONE.where(token.c.hash == hash_of(made))).first()
    now = times.utc_now()
    if row is None or not _lives(row, now) or not _usable(row.account_disabled, row.account_demo):
        return None
    if row.last_used_at is None or now - row.last_used_at >= TOUCHED_EVERY:
        _used(row.id, now)
    return TokenHolder(account_rows.account_of(row, "account_"), row.id)


def _used(id: int, now: datetime) -> None:
    """Best effort, as with sessions."""
    try:
        with writing() as con:
            con.execute(token.update().where(token.c.id == id).values(last_used_at=now))
    except NoStorage as problem:
        log.warning("not noted that a token was used: %s", problem.kind)


def _lives(row: Row[Any], now: datetime) -> bool:
    """Not either where the clock went back behind its making: when it ends nobody can tell."""
    if now < row.created_at - CLOCKS_APART:
        return False
    return row.revoked_at is None and (row.expires_at is None or now < row.expires_at)


def _usable(disabled: bool, is_demo: bool) -> bool:
    return not disabled and (not is_demo or demo.is_on())


def living(name: str | None = None) -> list[Token]:
    """Tokens that `find` would know, newest first; of one account or of all."""
    query = _ONE.order_by(token.c.id.desc())
    if name is not None:
        query = query.where(token.c.name == tidy_name(name))
    with reading() as con:
        rows = con.execute(query).all()
    now = times.utc_now()
    return [
        Token(**{field: getattr(row, field) for field in Token.__slots__})
        for row in rows
        if _lives(row, now) and _usable(row.account_disabled, row.account_demo)
    ]


def owner(id: int) -> str:
    """The account it was made for, whether it still holds or not. Raises AccountProblem for an unknown id."""
    with reading() as con:
        name = con.scalar(select(token.c.name).where(token.c.id == id))
    if name is None:
        raise AccountProblem(say("token.unknown", id=id), "id")
    return str(name)


def revoke(id: int, *, by: Actor | None = None) -> str:
    """End a token; the name of its account. One that is revoked already stays so. Raises AccountProblem for an unknown id."""
    with writing() as con:
        row = con.execute(select(token.c.name, token.c.label).where(token.c.id == id).with_for_update()).first()
        if row is None:
            raise AccountProblem(say("token.unknown", id=id), "id")
        if _revoke(con, token.c.id == id):
            audit.append(
                con,
                by,
                "token_revoked",
                f"account/{row.name}",
                detail=log_detail.told(token=id, label=row.label),
                name="operator",
            )
    owner: str = row.name
    return owner


def revoke_all_in(con: Connection, name: str) -> int:
    """End every token of an account, inside a transaction of `writing()` whose log line tells why; how many there were."""
    return _revoke(con, token.c.name == name)


def _revoke(con: Connection, which: ColumnElement[bool]) -> int:
    return con.execute(
        token.update().where(and_(which, token.c.revoked_at.is_(None))).values(revoked_at=times.utc_now())
    ).rowcount
