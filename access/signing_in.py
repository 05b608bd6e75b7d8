"""Name and password against what is stored: the same words and the same time, whoever it is."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import delete, func, select, update

from access import audit, clock, db, passwords
from access.model import Account
from access.settings import settings
from access.stored import as_account
from access.tables import account, failure


@dataclass(frozen=True, slots=True)
class SignIn:
    """outcome locked: too many failures for this name, there be such an account or not. until: UTC."""

    account: Account | None
    outcome: Literal["ok", "wrong", "locked"]
    until: datetime | None = None


def sign_in(name: str, password: str, ip: str, *, may_enter=lambda found: True) -> SignIn:
    """Check and log it. may_enter: a last word about an account whose password fits, e.g. from where it comes."""
    name = name.strip().lower()[:64]
    if until := locked_until(name):
        audit.record(None, "sign_in", f"account:{name}", "failed", "locked", name=name, ip=ip)
        return SignIn(None, "locked", until)
    with db.reading() as con:
        row = con.execute(select(account).where(account.c.name == name)).first()
    why = _why_not(row, password)
    found = as_account(row) if row else None
    if not why and not may_enter(found):
        why = "not from this address"
    if why:
        until = _failed(name, ip, why)
        return SignIn(None, "locked" if until else "wrong", until)
    _entered(name, ip, row.password, password)
    return SignIn(found, "ok")


def locked_until(name: str) -> datetime | None:
    """UTC; None when the name may be tried."""
    rule, now = settings(), clock.now()
    window = timedelta(minutes=rule.lock_minutes)
    with db.reading() as con:
        newest = con.execute(
            select(failure.c.at).where(failure.c.name == name, failure.c.at > now - window)
            .order_by(failure.c.at.desc()).limit(rule.failures)
        ).scalars().all()
    return newest[0] + window if len(newest) >= rule.failures else None


def _why_not(row, password: str) -> str:
    """"" if the password is the account's; else the reason, for the log only. Costs one hash in every case."""
    usable = row is not None and row.password and not row.demo
    if not usable:
        passwords.spend(password)
        return "no such account" if row is None else "has no password"
    if not passwords.fits(row.password, password):
        return "wrong password"
    return "disabled" if row.disabled else ""


def _failed(name: str, ip: str, why: str) -> datetime | None:
    with db.writing() as con:
        con.execute(delete(failure).where(failure.c.at < clock.now() - timedelta(days=1)))
        con.execute(failure.insert().values(name=name, ip=ip[:64], at=clock.now()))
        count = con.execute(select(func.count()).select_from(failure).where(failure.c.name == name)).scalar()
        audit.record(None, "sign_in", f"account:{name}", "failed", f"{why} ({count})", name=name, ip=ip, con=con)
    return locked_until(name)


def _entered(name: str, ip: str, known: str, password: str) -> None:
    with db.writing() as con:
        con.execute(delete(failure).where(failure.c.name == name))
        if passwords.outdated(known):
            con.execute(update(account).where(account.c.name == name).values(password=passwords.hashed(password)))
        audit.record(None, "sign_in", f"account:{name}", name=name, ip=ip, con=con)
