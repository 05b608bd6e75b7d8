"""The screens there are, in the order of the navigation, and who has them."""

from __future__ import annotations

from dataclasses import dataclass

from access.rights import Action


@dataclass(frozen=True, slots=True)
class Screen:
    """One page. action: who has it. quarter: it is about the quarter chosen at the top. numbers: it needs returns on record.

    basis: it counts approved returns, or all that are filed, as chosen at the top.
    """

    name: str
    action: Action
    quarter: bool = True
    numbers: bool = True
    basis: bool = False

    @property
    def path(self) -> str:
        return f"pages/{self.name}.py"


# In the order of the navigation. What an account sees first is FIRST.
SCREENS = (
    Screen("filing", "file", quarter=False, numbers=False),
    Screen("review", "review"),
    Screen("overview", "see_numbers", basis=True),
    Screen("indicator", "see_numbers", basis=True),
    Screen("county", "see_unit", basis=True),
    Screen("tasks", "see_numbers", basis=True),
    Screen("works", "see_numbers", basis=True),
    Screen("returns", "chase"),
    Screen("compare", "see_numbers", basis=True),
    Screen("takeaway", "see_numbers", basis=True),
    Screen("method", "see_numbers", quarter=False, numbers=False),
    Screen("programs", "see_unit", quarter=False, numbers=False),
    Screen("accounts", "administer", quarter=False, numbers=False),
    Screen("settings", "administer", quarter=False, numbers=False),
    Screen("versions", "administer", quarter=False, numbers=False),
    Screen("log", "read_log", quarter=False, numbers=False),
)
FIRST = {"filer": "filing", "reviewer": "review", "leader": "overview", "admin": "accounts", "auditor": "log"}
