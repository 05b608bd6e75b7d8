"""The screens there are, in the order of the navigation, and who has them."""

from __future__ import annotations

from dataclasses import dataclass

from access.rights import Action


@dataclass(frozen=True, slots=True)
class Screen:
    """One page. action: who has it. quarter: it is about the quarter chosen at the top. numbers: it needs returns on record.

    basis: it counts approved returns, or all that are filed, as chosen at the top. icon: of Material Symbols, before its name.
    """

    name: str
    action: Action
    icon: str
    quarter: bool = True
    numbers: bool = True
    basis: bool = False

    @property
    def path(self) -> str:
        return f"pages/{self.name}.py"


# In the order of the navigation. What an account sees first is FIRST.
SCREENS = (
    Screen("filing", "file", "upload_file", quarter=False, numbers=False),
    Screen("review", "review", "fact_check"),
    Screen("overview", "see_numbers", "dashboard", basis=True),
    Screen("indicator", "see_numbers", "monitoring", basis=True),
    Screen("county", "see_unit", "location_city", basis=True),
    Screen("tasks", "see_numbers", "checklist", basis=True),
    Screen("works", "see_numbers", "construction", basis=True),
    Screen("returns", "chase", "inbox"),
    Screen("compare", "see_numbers", "compare_arrows", basis=True),
    Screen("takeaway", "see_numbers", "download", basis=True),
    Screen("method", "see_numbers", "menu_book", quarter=False, numbers=False),
    Screen("programs", "see_unit", "api", quarter=False, numbers=False),
    Screen("accounts", "administer", "group", quarter=False, numbers=False),
    Screen("settings", "administer", "settings", quarter=False, numbers=False),
    Screen("versions", "administer", "history", quarter=False, numbers=False),
    Screen("log", "read_log", "receipt_long", quarter=False, numbers=False),
)
FIRST = {"filer": "filing", "reviewer": "review", "leader": "overview", "admin": "accounts", "auditor": "log"}
