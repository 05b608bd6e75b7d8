"""What an account must be like, whoever asks for it: a form, a workbook, the command line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from access.audit import clean
from access.demo import PREFIX
from access.errors import AccountProblem
from access.model import ROLES, Account, AccountDetails, Role
from catalogue.model import Plan
from catalogue.wording import say

NAME = re.compile(r"[a-z0-9._-]{3,32}")
PHONE = re.compile(r"[0-9+() /-]{0,32}")
KEPT_NAMES = ("operator",)  # how the audit log signs what was done at the server itself


def tidy_name(name: str) -> str:
    """As it is compared: small letters, no blanks around it, nothing that a store could not keep; what is too long is cut."""
    return clean(name, 200).lower()


def wanted_account(plan: Plan, name: str, details: AccountDetails) -> Account:
    """The account asked for. Raises AccountProblem with the first thing that is wrong."""
    role = details.get("role") or ""
    wanted = Account(
        name=tidy_name(name),
        person=(details.get("person") or "").strip(),
        role=cast(Role, role),  # `problems` refuses any other
        office=(details.get("office") or "").strip(),
        phone=(details.get("phone") or "").strip(),
    )
    for field, text in problems(wanted, plan):
        raise AccountProblem(text, field)
    return wanted


def problems(wanted: Account, plan: Plan) -> Iterator[tuple[str, str]]:
    """(field, sentence) of everything that is wrong with it."""
    if not NAME.fullmatch(wanted.name):
        yield "name", say("account.bad_name")
    elif wanted.name in KEPT_NAMES or wanted.name.startswith(PREFIX):
        yield "name", say("account.kept_name", name=wanted.name)
    yield from detail_problems(wanted, plan)


def detail_problems(wanted: Account, plan: Plan) -> Iterator[tuple[str, str]]:
    """`problems` but for the name, which never changes."""
    if not wanted.person or clean(wanted.person, 64) != wanted.person:
        yield "person", say("account.bad_person")
    if wanted.role not in ROLES:
        yield "role", say("account.bad_role", role=wanted.role)
    elif (problem := _office_problem(wanted, plan)) is not None:
        yield "office", problem
    if not PHONE.fullmatch(wanted.phone):
        yield "phone", say("account.bad_phone")


def _office_problem(wanted: Account, plan: Plan) -> str | None:
    match wanted.role:
        case "filer":
            return None if wanted.office in plan.units else say("account.needs_unit")
        case "reviewer":
            department = plan.departments.get(wanted.office)
            return None if department is not None and department.reports else say("account.needs_department")
        case _:
            return say("account.no_office") if wanted.office else None
