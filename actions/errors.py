"""Why an action was not done, said for the person who tried."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from catalogue.wording import say


class ActionRefused(Exception):
    """Nothing was changed. `key`: wording `action.<key>`; str() is the sentence in the language of now."""

    def __init__(self, key: str, **fields: Any) -> None:
        super().__init__(key)
        self.key, self.fields = key, fields

    def __str__(self) -> str:
        return say(f"action.{self.key}", **self.fields)


class NotAllowed(ActionRefused):
    """The account may not do this, or not to this return."""

    def __init__(self) -> None:
        super().__init__("not_allowed")


class NotNow(ActionRefused):
    """The state of the return, or of its quarter, does not permit it."""


class Overtaken(ActionRefused):
    """Somebody else was quicker. by, at: who and when (local time); state: what they made of it."""

    def __init__(self, *, by: str, at: datetime, state: str) -> None:
        self.by, self.at, self.state = by, at, state
        super().__init__("overtaken", by=by, at=f"{at:%Y-%m-%d %H:%M:%S}", state=say(f"state.{state}"))
