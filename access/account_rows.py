"""Rows of the account table, read and written inside somebody else's transaction."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select

from access import passwords, times
from access.model import Account
from access.settings import settings
from access.tables import account, old_password

COLUMNS = tuple(field.name for field in fields(Account))


def account_of(row: Row[Any], prefix: str = "") -> Account:
    return Account(**{name: getattr(row, prefix + name) for name in COLUMNS})


def read(con: Connection, name: str) -> Row[Any] | None:
    """The whole row, password hash included; held until the transaction ends where somebody else could change it."""
    return con.execute(select(account).where(account.c.name == name).with_for_update()).first()


def insert(con: Connection, wanted: Account, hash: str, must_change: bool = True) -> Account:
    """must_change: a password is for the first sign-in only. Raises IntegrityError for a name that is taken."""
    now = times.utc_now()
    values = {name: getattr(wanted, name) for name in COLUMNS}
    values |= {
        "created_at": now,
        "must_change": bool(hash) and must_change,
        "password_until": expiry(now) if hash else None,
    }
    con.execute(account.insert().values(**values, password=hash))
    if hash:
        remember(con, wanted.name, hash, now)
    return Account(**{**values, "last_signed_in": None})


def expiry(now: datetime) -> datetime | None:
    days = settings().password_days
    return now + timedelta(days=days) if days else None


def remember(con: Connection, name: str, hash: str, now: datetime) -> None:
    """Note a password as used; of the older ones only as many are kept as the settings say."""
    con.execute(old_password.insert().values(name=name, password=hash, set_at=now))
    keep = remembered_ids(con, name)
    con.execute(old_password.delete().where(old_password.c.name == name, old_password.c.id.not_in(keep)))


def remembered_ids(con: Connection, name: str) -> list[int]:
    newest = select(old_password.c.id).where(old_password.c.name == name).order_by(old_password.c.id.desc())
    return list(con.scalars(newest.limit(settings().passwords_remembered)))


def used_before(con: Connection, name: str) -> list[str]:
    """Hashes of the passwords not to be used again, the present one among them."""
    ids = remembered_ids(con, name)
    old = list(con.scalars(select(old_password.c.password).where(old_password.c.id.in_(ids))))
    present = list(con.scalars(select(account.c.password).where(account.c.name == name, account.c.password != "")))
    return list(dict.fromkeys(present + old))


def is_usable_admin(row: Row[Any]) -> bool:
    return row.role == "admin" and not row.disabled and not row.demo and bool(row.password or row.subject)


def other_usable_admins(con: Connection, name: str) -> int:
    """Administrators besides `name` who can sign in; held, so that two cannot end each other at once."""
    found = con.execute(
        select(account).where(account.c.role == "admin", ~account.c.disabled).order_by(account.c.name).with_for_update()
    )
    return sum(is_usable_admin(row) and row.name != name for row in found)


def usable_admins(con: Connection) -> int:
    usable = or_(account.c.password != "", account.c.subject.is_not(None))
    return con.execute(
        select(func.count()).where(account.c.role == "admin", ~account.c.disabled, ~account.c.demo, usable)
    ).scalar_one()


def new_hash(password: str | None) -> str:
    return passwords.hashed(password) if password else ""
