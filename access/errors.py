"""What can be wrong with accounts, said so that the person in front of the screen can mend it."""

from __future__ import annotations


class AccessError(Exception):
    """The settings or the address of the account store are wrong: for whoever runs the server."""


class AccountProblem(Exception):
    """What was asked for cannot be done to an account. str() is a sentence in the language of this thread of work.

    field: name, person, role, office, phone or password, where one of them is to be mended; else "".
    """

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field
