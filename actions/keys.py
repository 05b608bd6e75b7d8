"""One return, named; and the last word on whether somebody may touch it."""

from __future__ import annotations

from dataclasses import dataclass

from access import audit
from access.model import Actor
from access.rights import Action, may
from actions.errors import NotAllowed
from catalogue.model import Plan
from catalogue.period import Period


@dataclass(frozen=True, slots=True, order=True)
class ReturnKey:
    """form × reporter × period."""

    form: str
    reporter: str
    period: Period

    def __str__(self) -> str:
        return f"{self.form}/{self.reporter}/{self.period}"

    @property
    def object(self) -> str:
        """What the log calls it."""
        return f"return:{self}"


def require(actor: Actor, action: Action, plan: Plan, *, form: str = "", reporter: str = "", about: str = "") -> None:
    """Raises NotAllowed, and leaves a line in the log, unless the account may."""
    known = not form or form in plan.forms
    if known and may(actor.account, action, plan, form=form, reporter=reporter):
        return
    audit.record(actor, "refused", about or f"{action}:{form}/{reporter}", "refused", action)
    raise NotAllowed


def require_return(actor: Actor, action: Action, plan: Plan, key: ReturnKey) -> None:
    require(actor, action, plan, form=key.form, reporter=key.reporter, about=key.object)
