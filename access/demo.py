"""Accounts to look around with: no password, and nobody outside demo mode."""

from __future__ import annotations

import os

from sqlalchemy import select

from access import account_rows, audit
from access.db import reading, writing
from access.model import Account, Role
from access.tables import account
from catalogue.load import current_plan
from catalogue.model import Plan
from catalogue.wording import say

VARIABLE = "DASHBOARD_DEMO"
PREFIX = "demo-"  # names kept for these accounts

# Departments that get a reviewer, besides those that review a form; where a plan has none of these, all that report.
REVIEWERS: tuple[str, ...] = ("planning", "office", "finance", "preschool", "vocational")


def is_demo(plan: Plan) -> bool:
    """Asked for when the server was started, and the plan says that its data is made up."""
    return os.environ.get(VARIABLE, "") == "1" and plan.demo


def is_on() -> bool:
    """`is_demo` of the plan in force; outside demo mode the plan is not even looked at."""
    return os.environ.get(VARIABLE, "") == "1" and is_demo(current_plan())


def ensure_demo(plan: Plan) -> list[Account]:
    """Every demo account of this plan, made where it is missing; none outside demo mode, and none is made then."""
    if not is_demo(plan):
        return []
    names = [wanted.name for wanted in _wanted(plan)]
    asked = select(account).where(account.c.name.in_(names), account.c.demo)
    with reading() as con:
        rows = con.execute(asked).all()
    if len(rows) < len(names):
        with writing() as con:
            for wanted in _wanted(plan):
                if con.execute(select(account.c.name).where(account.c.name == wanted.name)).first() is None:
                    account_rows.insert(con, wanted, "")
                    audit.append(con, None, "account_created", f"account/{wanted.name}", detail="demo", name="operator")
            rows = con.execute(asked).all()
    return sorted((account_rows.account_of(row) for row in rows), key=lambda found: names.index(found.name))


def _wanted(plan: Plan) -> list[Account]:
    reviewing = (code for form in plan.forms.values() for code in form.reviewers)
    reporting = [code for code, department in plan.departments.items() if department.reports]
    offices = [code for code in dict.fromkeys((*REVIEWERS, *reviewing)) if code in reporting] or reporting
    return [
        _account("leader", "leader"),
        *(_account(code, "filer", office=code, whose=unit.name) for code, unit in plan.units.items()),
        *(_account(code, "reviewer", office=code, whose=plan.departments[code].name) for code in offices),
        _account("admin", "admin"),
        _account("auditor", "auditor"),
    ]


def _account(code: str, role: Role, office: str = "", whose: str = "") -> Account:
    # Names of people are Chinese, whatever language the screen speaks.
    person = say(f"account.demo.{role}", "zh", whose=whose)
    return Account(name=f"{PREFIX}{code}".lower(), person=person, role=role, office=office, demo=True)
