"""Who acts. Stored by `accounts.py`, judged by `rights.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypedDict, get_args

Role = Literal["leader", "filer", "reviewer", "admin", "auditor"]
ROLES: tuple[Role, ...] = get_args(Role)


class AccountDetails(TypedDict, total=False):
    """What may be said of an account when it is made or changed; None is as good as not said. Fields as in `Account`."""

    person: str | None
    role: str | None
    office: str | None
    phone: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One person's account.

    name: what they sign in with. person: what screens and receipts call them.
    office: a unit's code for a filer, a department's for a reviewer, "" for the others.
    demo: made for the demonstration, has no password and is let in by one click only.
    password_until: after it the password must be changed; None where there is none (single sign-on, demo).
    """

    name: str
    person: str
    role: Role
    office: str = ""
    phone: str = ""
    disabled: bool = False
    demo: bool = False
    must_change: bool = False
    password_until: datetime | None = None
    created_at: datetime | None = None
    last_signed_in: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An account at work: from where, and in which session ("" from the command line)."""

    account: Account
    ip: str = ""
    session: str = ""

    @property
    def signature(self) -> str:
        """How receipts and reviews are signed: person and account, so that two of one name stay apart."""
        return f"{self.account.person}（{self.account.name}）"
