"""Tokens of programs, as people make and end them on the screen. A new one is given back once and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from access import times, tokens
from access.model import Actor
from access.rights import may
from actions.keys import require
from catalogue.load import current_plan

DAYS = (30, 90, 180, 365)  # one without an end is made on the command line only


@dataclass(frozen=True, slots=True)
class Held:
    """A token that holds, and whose it is. Times are local. used: None before its first use; until: None for one without an end."""

    id: int
    name: str
    label: str
    made: datetime
    used: datetime | None
    until: datetime | None


def held(actor: Actor) -> list[Held]:
    """One's own, newest first; an administrator's list has everybody's. Raises NotAllowed."""
    _require(actor)
    everybody = may(actor.account, "administer", current_plan())
    return [
        Held(one.id, one.name, one.label, times.local(one.created_at), _local(one.last_used_at), _local(one.expires_at))
        for one in tokens.living(None if everybody else actor.account.name)
    ]


def make(actor: Actor, label: str, days: int) -> str:
    """A new one for one's own account. Raises NotAllowed, AccountProblem."""
    _require(actor)
    return tokens.issue(actor.account, label, days, by=actor)


def end(actor: Actor, id: int) -> str:
    """Take one's own back, an administrator anybody's; the account it was for. Raises NotAllowed, AccountProblem."""
    _require(actor)
    if tokens.owner(id) != actor.account.name:
        require(actor, "administer", current_plan(), about=f"token/{id}")
    return tokens.revoke(id, by=actor)


def _require(actor: Actor) -> None:
    """Whoever may read some numbers: a filer those of its own unit."""
    require(actor, "see_unit", current_plan(), reporter=actor.account.office, about="tokens")


def _local(at: datetime | None) -> datetime | None:
    return None if at is None else times.local(at)
