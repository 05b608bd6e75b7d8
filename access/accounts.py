"""Accounts: made, changed, given passwords. Who may ask for it is judged above, by `rights.may`.

Each change and its line in the audit log are one transaction. by None: whoever runs the server, logged as "operator".
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Unpack

from sqlalchemy import ColumnElement, Connection, Row, select
from sqlalchemy.exc import IntegrityError

from access import account_rows, audit, passwords, sessions, times, tokens
from access.account_rules import detail_problems, tidy_name, wanted_account
from access.db import reading, writing
from access.errors import AccountProblem as AccountProblem
from access.model import Account, AccountDetails, Actor
from access.passwords import new_password as new_password
from access.settings import settings
from access.sign_in import SignIn as SignIn
from access.sign_in import is_locked as is_locked
from access.sign_in import sign_in as sign_in
from access.sign_in import unlock as unlock
from access.tables import account
from catalogue.model import Plan
from catalogue.wording import say


def create(
    name: str,
    *,
    password: str | None,
    plan: Plan,
    by: Actor | None,
    must_change: bool = True,
    **details: Unpack[AccountDetails],
) -> Account:
    """A new account. must_change: its password is for the first sign-in only; its owner did not choose it.

    Without a password it can only sign in by single sign-on.
    Raises AccountProblem.
    """
    wanted = wanted_account(plan, name, details)
    if (
        password is not None
        and (problem := passwords.complaint(password, wanted.name, wanted.person, wanted.phone)) is not None
    ):
        raise AccountProblem(problem, "password")
    hash = account_rows.new_hash(password)
    try:
        with writing() as con:
            made = account_rows.insert(con, wanted, hash, must_change)
            audit.append(
                con,
                by,
                "account_created",
                f"account/{made.name}",
                detail=f"role={made.role}; office={made.office}",
                name="operator",
            )
    except IntegrityError as problem:
        raise AccountProblem(say("account.name_taken", name=wanted.name), "name") from problem
    return made


def get(name: str) -> Account | None:
    """The account of this name, as typed, disabled or not; None where there is none."""
    return _one(account.c.name == tidy_name(name))


def by_subject(subject: str) -> Account | None:
    """The account bound to this "iss sub" of single sign-on."""
    return _one(account.c.subject == subject)


def every() -> list[Account]:
    """By role, then office and name."""
    with reading() as con:
        rows = con.execute(select(account).order_by(account.c.role, account.c.office, account.c.name)).all()
    return [account_rows.account_of(row) for row in rows]


def _one(which: ColumnElement[bool]) -> Account | None:
    with reading() as con:
        row = con.execute(select(account).where(which)).first()
    return None if row is None else account_rows.account_of(row)


def any_admin() -> bool:
    """Whether there is an administrator who can sign in; demo accounts do not count."""
    with reading() as con:
        return account_rows.usable_admins(con) > 0


def change(
    name: str, *, by: Actor | None, plan: Plan, disabled: bool | None = None, **details: Unpack[AccountDetails]
) -> Account:
    """None leaves a field as it is. What an account may no longer do ends its sessions and tokens: disabled, or another role or office.

    Raises AccountProblem: unknown, wrong field, own role or end, the last administrator.
    """
    asked: dict[str, Any] = {field: str(value).strip() for field, value in details.items() if value is not None}
    if disabled is not None:
        asked["disabled"] = disabled
    with writing() as con:
        others = account_rows.other_usable_admins(con, tidy_name(name))  # first, so that locks are taken in one order
        row = _known(con, name)
        before = account_rows.account_of(row)
        after = replace(before, **asked)
        changed = {field: value for field, value in asked.items() if value != getattr(before, field)}
        if not changed:
            return before
        _judge_change(row, before, after, by, plan, others)
        con.execute(account.update().where(account.c.name == before.name).values(**changed))
        if changed.keys() & {"role", "office"} or after.disabled:
            sessions.end_all_in(con, before.name)
            tokens.revoke_all_in(con, before.name)
        audit.append(
            con, by, "account_changed", f"account/{before.name}", detail=_told(changed, before), name="operator"
        )
    return after


def _judge_change(row: Row[Any], before: Account, after: Account, by: Actor | None, plan: Plan, others: int) -> None:
    only_ends = after == replace(before, disabled=True)  # also where the plan no longer has its office
    for field, text in detail_problems(after, plan) if not only_ends else ():
        raise AccountProblem(text, field)
    if by is not None and by.account.name == before.name:
        if after.role != before.role:
            raise AccountProblem(say("account.own_role"), "role")
        if after.disabled:
            raise AccountProblem(say("account.own_end"))
    ends = after.disabled or after.role != "admin"
    if ends and not others and account_rows.is_usable_admin(row):
        raise AccountProblem(say("account.last_admin"), "" if after.disabled else "role")


def _told(changed: dict[str, Any], before: Account) -> str:
    """For the log: what it was and is; of a telephone number only that it changed."""
    parts = (
        "phone" if field == "phone" else f"{field}={getattr(before, field)}→{value}" for field, value in changed.items()
    )
    return "; ".join(parts)


def set_password(name: str, new: str, *, by: Actor | None, must_change: bool) -> None:
    """Give an account a password and end its sessions, but for the one its owner is sitting in.

    Its owner may not use one of the last again. A reset by somebody else revokes its tokens too: nobody knows who had
    the old password, and what they made of it. Raises AccountProblem.
    """
    name = tidy_name(name)
    own = by is not None and by.account.name == name
    with reading() as con:
        _with_password(known := _known(con, name))
        used = account_rows.used_before(con, name) if own else []
    if (problem := passwords.complaint(new, name, known.person, known.phone)) is not None:
        raise AccountProblem(problem, "password")
    if any(passwords.fits(hash, new) for hash in used):
        raise AccountProblem(say("password.used", remembered=settings().passwords_remembered), "password")
    hash = passwords.hashed(new)
    with writing() as con:
        _with_password(_known(con, name))
        now = times.utc_now()
        values = {"password": hash, "must_change": must_change, "password_until": account_rows.expiry(now)}
        con.execute(account.update().where(account.c.name == name).values(**values))
        account_rows.remember(con, name, hash, now)
        sessions.end_all_in(con, name, by.session if own and by else None)
        if not own:
            tokens.revoke_all_in(con, name)
        audit.append(con, by, "password_changed", f"account/{name}", detail="own" if own else "reset", name="operator")


def password_is_due(of: Account) -> bool:
    """Whether nothing else may be done before the password is changed: a first or reset one, or one out of date."""
    return of.must_change or (of.password_until is not None and of.password_until <= times.utc_now())


def bind_subject(name: str, subject: str) -> None:
    """Tie an account to a person of the single sign-on ("iss sub"); a password it had no longer counts.

    Raises AccountProblem.
    """
    try:
        with writing() as con:
            row = _known(con, name)
            if row.subject == subject:
                return
            if row.demo or row.subject or not subject or len(subject) > 255:
                raise AccountProblem(say("account.not_bound", name=row.name))
            new = {"subject": subject, "password": "", "password_until": None, "must_change": False}
            con.execute(account.update().where(account.c.name == row.name).values(**new))
            audit.append(con, None, "account_changed", f"account/{row.name}", detail="subject bound", name="operator")
    except IntegrityError as problem:
        raise AccountProblem(say("account.not_bound", name=tidy_name(name))) from problem


def _known(con: Connection, name: str) -> Row[Any]:
    row = account_rows.read(con, tidy_name(name))
    if row is None:
        raise AccountProblem(say("account.unknown", name=audit.clean(name, 64)), "name")
    return row


def _with_password(row: Row[Any]) -> None:
    if row.demo:
        raise AccountProblem(say("account.demo_has_none", name=row.name), "password")
