"""A row of the account table as an Account."""
from __future__ import annotations

from dataclasses import fields
from typing import Any

from access.model import Account

FIELDS = tuple(spec.name for spec in fields(Account))


def as_account(row: Any) -> Account:
    """Of any row that holds the account's columns."""
    return Account(**{name: getattr(row, name) for name in FIELDS})
