"""Attempts that came second: noted in the log as data, and found there again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from access import audit, log_detail
from access.audit import LogEntry
from access.model import Actor
from actions.errors import Overtaken
from actions.keys import ReturnKey
from catalogue import clock


@dataclass(frozen=True, slots=True)
class Attempt:
    """at: when it was tried, local; the log itself keeps UTC. by, state: who was quicker, and what they made of the return."""

    at: datetime
    by: str
    state: str


def note(actor: Actor, event: str, key: ReturnKey, quicker: Overtaken) -> None:
    """Who came second stands in the history of the return too."""
    told = log_detail.told(at=f"{clock.now():%Y-%m-%dT%H:%M:%S}", by=quicker.by, state=quicker.state)
    audit.record(actor, event, key.object, "failed", told)


def noted(key: ReturnKey) -> Iterator[tuple[LogEntry, Attempt]]:
    for entry in audit.entries(object=key.object, result="failed"):
        if found := attempt(entry.detail):
            yield entry, found


def attempt(detail: str) -> Attempt | None:
    """What a line of the log tells of one; None where it tells of something else.

    Lines written up to 0.6 tell it as `at=2021-10-15 09:30:00 WHO STATE`.
    """
    if detail.startswith("at="):
        by, _, state = detail[23:].rpartition(" ")
        return Attempt(datetime.fromisoformat(detail[3:22]), by, state)
    told = log_detail.facts(detail)
    if told is None or "state" not in told:
        return None
    return Attempt(datetime.fromisoformat(told["at"]), told.get("by", ""), told["state"])
