"""Signing in with a password, and the lock after too many failures.

Whoever tries learns neither from the words nor from the time whether there is such an account.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any, Literal

from sqlalchemy import Connection, Row, select, text

from access import account_rows, audit, passwords, times
from access.account_rules import tidy_name
from access.db import writing
from access.model import Account, Actor
from access.settings import settings
from access.tables import account, failure


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """account: only when ok. until: when locked, the end of it; naive UTC."""

    outcome: Literal["ok", "wrong", "locked"]
    account: Account | None = None
    until: datetime | None = None


def sign_in(name: str, password: str, ip: str) -> SignIn:
    """Whether this is the account's password. The session itself is begun by `sessions.start`.

    Failures count per name typed, whether it is an account's or not, here and after a restart. Every attempt is
    counted before the password is looked at, so that many at once do not get more tries than one after the other.
    """
    name = tidy_name(name)
    with writing() as con:
        row = con.execute(select(account).where(account.c.name == name)).first()
        counted = _counted_as(name, known=row is not None)
        _one_at_a_time(con, counted)
        if (until := _locked_until(con, counted) or _address_locked_until(con, ip)) is not None:
            return _failed(con, name, row, ip, "locked", until)
        _count(con, counted, ip)
    present = row.password if row is not None and not row.disabled and not row.demo else ""
    fitting = passwords.fits(present, password)
    fresh = passwords.hashed(password) if fitting and passwords.outdated(present) else ""
    with writing() as con:
        if not fitting:
            until = _locked_until(con, counted)
            return _failed(con, name, row, ip, "locked" if until else "wrong", until)
        return _succeeded(con, name, ip, was=present, fresh=fresh)


def _succeeded(con: Connection, name: str, ip: str, was: str, fresh: str) -> SignIn:
    row = account_rows.read(con, name)
    if row is None or row.disabled or row.password != was:  # changed while we were looking
        return _failed(con, name, row, ip, "wrong", None)
    con.execute(failure.delete().where(failure.c.name == name))
    if fresh:
        con.execute(account.update().where(account.c.name == name).values(password=fresh))
    found = account_rows.account_of(row)
    audit.append(con, Actor(account=found, ip=ip), "sign_in", f"account/{name}")
    return SignIn(outcome="ok", account=found)


def _failed(
    con: Connection,
    name: str,
    row: Row[Any] | None,
    ip: str,
    outcome: Literal["wrong", "locked"],
    until: datetime | None,
) -> SignIn:
    """A name that is no account's is not written down: people type their password there."""
    detail = f"reason={_reason(row)}" + ("; locked" if until else "")
    if row is None:
        detail += f"; length={len(name)}"
    known = name if row is not None else ""
    audit.append(con, None, "sign_in", f"account/{known or '?'}", "failed", detail, name=known or "?", ip=ip)
    return SignIn(outcome=outcome, until=until)


def _reason(row: Row[Any] | None) -> str:
    """For the log only."""
    if row is None:
        return "unknown"
    if row.disabled:
        return "disabled"
    if row.demo:
        return "demo"
    return "password" if row.password else "no_password"


def _counted_as(name: str, known: bool) -> str:
    """What failures are counted under: of a name that is no account's only a hash, for the same reason."""
    return name if known else hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()


def _one_at_a_time(con: Connection, counted: str) -> None:
    """Attempts on one name wait for each other until the transaction's end. SQLite has one writer anyway."""
    if con.dialect.name == "postgresql":
        con.execute(text("select pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": counted})


def _count(con: Connection, counted: str, ip: str) -> None:
    now = times.utc_now()
    long_past = now - 2 * timedelta(minutes=settings().lock_minutes)
    con.execute(failure.delete().where(failure.c.at < long_past))
    con.execute(failure.insert().values(name=counted, ip=ip[:64], at=now))


def _locked_until(con: Connection, counted: str) -> datetime | None:
    """Locked for lock_minutes after the last of so many failures, if they lie closer together than that."""
    rule = settings()
    window = timedelta(minutes=rule.lock_minutes)
    newest = list(
        con.scalars(
            select(failure.c.at).where(failure.c.name == counted).order_by(failure.c.id.desc()).limit(rule.failures)
        )
    )
    if len(newest) < rule.failures or newest[0] - newest[-1] >= window:
        return None
    until = newest[0] + window
    return until if times.utc_now() < until else None


def _address_locked_until(con: Connection, ip: str) -> datetime | None:
    """Many names tried from one address; a success under one of them takes only that one's failures back.

    Not this very machine: a proxy that the settings do not name would make it everybody's address.
    """
    rule = settings()
    if not ip or _is_this_machine(ip):
        return None
    since = times.utc_now() - timedelta(minutes=rule.lock_minutes)
    asked = select(failure.c.at).where(failure.c.ip == ip[:64], failure.c.at > since)
    newest: list[datetime] = list(con.scalars(asked.order_by(failure.c.id.desc()).limit(rule.address_failures)))
    if len(newest) < rule.address_failures:
        return None
    return newest[-1] + timedelta(minutes=rule.lock_minutes)


def _is_this_machine(ip: str) -> bool:
    try:
        return ip_address(ip).is_loopback
    except ValueError:
        return False


def is_locked(name: str) -> datetime | None:
    """Until when the account is locked, naive UTC; None when it is not."""
    with writing() as con:
        return _locked_until(con, tidy_name(name))


def unlock(name: str, by: Actor | None) -> None:
    """Forget the failures counted for an account. by None: whoever runs the server."""
    name = tidy_name(name)
    with writing() as con:
        con.execute(failure.delete().where(failure.c.name == name))
        audit.append(con, by, "unlocked", f"account/{name}", name="operator")
