"""The screens there are, in the order of the navigation, and who has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from access.rights import Action


@dataclass(frozen=True, slots=True)
class Screen:
    """One page. action: who has it. quarter: it is about the quarter chosen at the top. numbers: it needs returns on record.

    basis: it counts approved returns, or all that are filed, as chosen at the top. icon: of Material Symbols, before its name.
    group: which part of the navigation it stands in.
    """

    name: str
    action: Action
    icon: str
    quarter: bool = True
    numbers: bool = True
    basis: bool = False
    group: Literal["board", "filing", "more", "admin"] = "more"

    @property
    def path(self) -> str:
        return f"pages/{self.name}.py"


# In the order of the navigation. What an account sees first is FIRST.
SCREENS = (
    Screen("overview", "see_numbers", "dashboard", basis=True, group="board"),
    Screen("indicator", "see_numbers", "monitoring", basis=True, group="board"),
    Screen("county", "see_unit", "location_city", basis=True, group="board"),
    Screen("tasks", "see_numbers", "checklist", basis=True, group="board"),
    Screen("works", "see_numbers", "construction", basis=True, group="board"),
    Screen("compare", "see_numbers", "compare_arrows", basis=True, group="board"),
    Screen("filing", "file", "upload_file", quarter=False, numbers=False, group="filing"),
    Screen("review", "review", "fact_check", group="filing"),
    Screen("returns", "chase", "inbox", group="filing"),
    Screen("takeaway", "see_numbers", "download", basis=True),
    Screen("method", "see_numbers", "menu_book", quarter=False, numbers=False),
    Screen("programs", "see_unit", "api", quarter=False, numbers=False),
    Screen("accounts", "administer", "group", quarter=False, numbers=False, group="admin"),
    Screen("settings", "administer", "settings", quarter=False, numbers=False, group="admin"),
    Screen("versions", "administer", "history", quarter=False, numbers=False, group="admin"),
    Screen("log", "read_log", "receipt_long", quarter=False, numbers=False, group="admin"),
)
FIRST = {"filer": "filing", "reviewer": "review", "leader": "overview", "admin": "accounts", "auditor": "log"}
