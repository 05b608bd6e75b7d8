"""Accounts, as the administrator manages them. First passwords are given back once and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Unpack

from sqlalchemy import select

from access import accounts, audit, db, roster, times
from access.model import Account, AccountDetails, Actor
from access.tables import account, failure
from actions.keys import require
from catalogue.load import current_plan
from catalogue.wording import say
from etl.errors import ReturnRefused
from etl.scan import scan

MASK = "****"
LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class Person:
    """One account as a table shows it. phone: masked. signed_in, locked_until: local times. password: it has one."""

    account: Account
    phone: str
    signed_in: datetime | None
    locked_until: datetime | None
    password: bool

    @property
    def state(self) -> str:
        """disabled, demo, locked, single_sign_on, must_change or active: wording people.state.<state>."""
        if self.account.disabled:
            return "disabled"
        if self.account.demo:
            return "demo"
        if self.locked_until is not None:
            return "locked"
        if not self.password:
            return "single_sign_on"
        return "must_change" if accounts.password_is_due(self.account) else "active"


def people(actor: Actor) -> list[Person]:
    """By role, then office and name. Raises NotAllowed."""
    _require(actor)
    with db.reading() as con:
        with_password = set(con.scalars(select(account.c.name).where(account.c.password != "")))
        tried = set(con.scalars(select(failure.c.name).distinct()))
    return [
        Person(
            each,
            masked(each.phone),
            times.local(each.last_signed_in) if each.last_signed_in else None,
            _locked_until(each.name) if each.name in tried else None,
            each.name in with_password,
        )
        for each in accounts.every()
    ]


def _locked_until(name: str) -> datetime | None:
    until = accounts.is_locked(name)
    return None if until is None else times.local(until)


def masked(phone: str) -> str:
    """024****1001: enough to recognise a number by, not enough to call it."""
    digits = "".join(c for c in phone if c.isdigit())
    if not digits:
        return ""
    return f"{digits[:3]}{MASK}{digits[-4:]}" if len(digits) > 8 else MASK


def create(
    actor: Actor, *, name: str, single_sign_on: bool = False, **details: Unpack[AccountDetails]
) -> tuple[Account, str]:
    """The new account and its first password, "" for one that signs in elsewhere only. Raises NotAllowed, AccountProblem."""
    _require(actor, name)
    password = "" if single_sign_on else accounts.new_password()
    made = accounts.create(name, password=password or None, plan=current_plan(), by=actor, **details)
    return made, password


def change(actor: Actor, name: str, **details: Unpack[AccountDetails]) -> Account:
    """None leaves a field as it is. Raises NotAllowed, AccountProblem."""
    _require(actor, name)
    return accounts.change(name, by=actor, plan=current_plan(), **details)


def disable(actor: Actor, name: str, disabled: bool = True) -> Account:
    """Close an account and end its sessions, or open it again. Raises NotAllowed, AccountProblem."""
    _require(actor, name)
    return accounts.change(name, by=actor, plan=current_plan(), disabled=disabled)


def unlock(actor: Actor, name: str) -> None:
    """Forget the failures to sign in. Raises NotAllowed."""
    _require(actor, name)
    accounts.unlock(name, actor)


def reset_password(actor: Actor, name: str) -> str:
    """The new password, to be changed at the next sign-in; its sessions end. Raises NotAllowed, AccountProblem."""
    _require(actor, name)
    password = accounts.new_password()
    accounts.set_password(name, password, by=actor, must_change=True)
    accounts.unlock(name, actor)  # who forgot it has usually tried too often
    return password


def import_accounts(actor: Actor, content: bytes) -> roster.Imported:
    """All of a filled template's accounts or, where anything is wrong, none. Raises NotAllowed.

    A virus scanner is asked before the file is opened.
    """
    _require(actor, "import")
    try:
        scan(content)
    except ReturnRefused as refusal:
        audit.record(actor, "accounts_imported", "account/import", "refused", type(refusal).__name__)
        return roster.Imported([], [roster.Problem(0, "", f"{refusal}{refusal.mend()}")])
    return roster.from_excel(content, current_plan(), actor)


def template(actor: Actor) -> tuple[str, bytes]:
    """(file name, workbook) to be filled in with many accounts. Raises NotAllowed."""
    _require(actor, "import")
    return say("people.template"), roster.accounts_template(current_plan())


def _require(actor: Actor, name: str = "") -> None:
    require(
        actor, "administer", current_plan(), about=f"account/{audit.clean(name, LONGEST_NAME)}" if name else "accounts"
    )
