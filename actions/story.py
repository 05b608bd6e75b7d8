"""The history of one return: every receipt, every decision, and those who came second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from access import accounts
from access.model import Actor
from actions.keys import ReturnKey, require_return
from actions.overtaken import Attempt, noted
from catalogue.load import plan_of
from warehouse import questions, store


@dataclass(frozen=True, slots=True)
class Event:
    """what: submitted, or the state a decision gave. at: local. detail: what was said with it, in their words.

    replaced: withdrawn because another return came in its place. order: of decisions within a second; 0 for a receipt.
    second: tried, and somebody was quicker.
    """

    at: datetime
    what: str
    who: str
    number: str
    detail: str
    load_id: int = 0
    replaced: bool = False
    order: int = 0
    second: Attempt | None = None

    @property
    def overtaken(self) -> bool:
        return self.second is not None


def story(actor: Actor, key: ReturnKey) -> list[Event]:
    """What happened to a return: receipts, decisions, and who came second. Newest first; [] where nothing did. Times
    are local. Raises NotAllowed."""
    require_return(actor, "see_return", plan_of(key.period), key)
    version = store.newest(store.data_folder())
    found = [*_lost(key)]
    if version is not None:
        with store.open_version(version) as con:
            found += [Event(*row) for row in questions.events(questions.asking(con), key.asked)]
    # within one second a return comes before what was decided about it, and who was second after who was quicker
    return sorted(found, key=lambda event: (event.at, event.overtaken, event.load_id, event.order), reverse=True)


def _lost(key: ReturnKey) -> list[Event]:
    return [
        Event(attempt.at, entry.event, _signed(entry.name), "", "", second=attempt) for entry, attempt in noted(key)
    ]


def _signed(name: str) -> str:
    """As receipts and decisions are signed."""
    found = accounts.get(name)
    return name if found is None else Actor(account=found).signature
