"""What each role may do, and to whose returns. One table, asked by every action and every screen."""

from __future__ import annotations

from typing import Literal

from access.model import Account, Role
from catalogue.model import Plan

Action = Literal[
    "see_numbers",  # overview and indicators: every unit's numbers side by side
    "see_unit",  # one unit's own screen
    "see_return",  # a return's workbook, findings, history
    "file",  # template, upload, draft, submit, withdraw, correct
    "review",  # approve, send back
    "lock",  # lock a form's quarter, reopen one reporter
    "chase",  # status of everybody, reminder texts
    "administer",  # accounts, deadlines, versions, backup
    "read_log",
]

# Who at all; whose returns is judged below.
ROLES_FOR: dict[Action, tuple[Role, ...]] = {
    "see_numbers": ("leader", "reviewer", "admin"),
    "see_unit": ("leader", "filer", "reviewer", "admin"),
    "see_return": ("leader", "filer", "reviewer"),
    "file": ("filer", "reviewer"),
    "review": ("reviewer",),
    "lock": ("reviewer",),
    "chase": ("leader", "reviewer", "admin"),
    "administer": ("admin",),
    "read_log": ("auditor", "admin"),
}


def may(account: Account, action: Action, plan: Plan, *, form: str = "", reporter: str = "") -> bool:
    """Whether `account` may do `action`, about the return of `reporter` on `form` where one is meant.

    A filer sees and files for its own unit only. A reviewer files for its own department, sees every return,
    and decides about forms its department reviews, never about its own department's. Raises KeyError for a form
    the plan lacks.
    """
    if account.disabled or account.role not in ROLES_FOR[action]:
        return False
    match action:
        case "see_unit" | "see_return":
            return account.role != "filer" or reporter == account.office
        case "file":
            owed = not form or reporter in plan.reporters(form)
            return owed and bool(account.office) and reporter == account.office
        case "review":
            return account.office in plan.forms[form].reviewers and reporter != account.office
        case "lock":
            return account.office in plan.forms[form].reviewers
        case _:
            return True


def forms_filed(account: Account, plan: Plan) -> tuple[str, ...]:
    """Codes of the forms this account files, in the plan's order."""
    return tuple(
        code
        for code, form in plan.forms.items()
        if form.reporter != "city" and may(account, "file", plan, form=code, reporter=account.office)
    )


def forms_reviewed(account: Account, plan: Plan) -> tuple[str, ...]:
    """Codes of the forms that this account's department reviews, in the plan's order; () for every other role."""
    return tuple(
        code for code in plan.forms if account.role == "reviewer" and account.office in plan.forms[code].reviewers
    )
