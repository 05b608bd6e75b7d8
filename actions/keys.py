"""One return, named; and what must hold before somebody acts on it: the right to, and words that are words."""

from __future__ import annotations

from dataclasses import dataclass

from access import audit
from access.model import Actor
from access.rights import Action, may
from actions.errors import NotAllowed, NotNow
from catalogue.model import Plan
from catalogue.period import Period
from etl.reading.live_formulas import begins_formula
from etl.turns import reading_for


@dataclass(frozen=True, slots=True, order=True)
class ReturnKey:
    """form × reporter × period."""

    form: str
    reporter: str
    period: Period

    def __str__(self) -> str:
        return f"{self.form}/{self.reporter}/{self.period}"

    @classmethod
    def parse(cls, text: str) -> ReturnKey:
        """Of what str() gives."""
        form, reporter, period = text.split("/")
        return cls(form, reporter, Period.parse(period))

    @property
    def asked(self) -> tuple[str, str, str]:
        """As the warehouse is asked about it: form, reporter, period."""
        return self.form, self.reporter, str(self.period)

    @property
    def object(self) -> str:
        """What the log calls it."""
        return f"return:{self}"


def require(actor: Actor, action: Action, plan: Plan, *, form: str = "", reporter: str = "", about: str = "") -> None:
    """Raises NotAllowed, and leaves a line in the log, unless the account may. What is read from here on is read for it."""
    reading_for.set(actor.account.name)
    known = not form or form in plan.forms
    if known and may(actor.account, action, plan, form=form, reporter=reporter):
        return
    audit.record(actor, "refused", about or f"{action}:{form}/{reporter}", "refused", action)
    raise NotAllowed


def require_return(actor: Actor, action: Action, plan: Plan, key: ReturnKey) -> None:
    """`require` for one return. Raises NotAllowed, and leaves a line in the log."""
    require(actor, action, plan, form=key.form, reporter=key.reporter, about=key.object)


def require_words(*given: str) -> None:
    """Reasons, remarks, corrections go into workbooks of others. Raises NotNow for the first that would be a formula there."""
    for text in given:
        if begins_formula(text):
            raise NotNow("formula_in_words", text=text.strip()[:40])
