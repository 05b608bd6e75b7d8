"""The sample returns as they came: what stood when a meeting was held is published first and kept under its name.

`meetings.toml` beside the returns names the meetings. Only for the demonstration: real versions are kept by an administrator.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from access import accounts, demo
from access.model import Actor
from actions import versions
from actions.errors import NotNow
from catalogue.load import current_plan
from etl import batch
from etl.ledger import LedgerBroken
from warehouse import questions, store

NAME = "meetings.toml"
KEEPER = f"{demo.PREFIX}admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """held_on: by its end everything had come that was shown. period: the quarter it was about."""

    title: str
    held_on: date
    period: str


def read_meetings(folder: Path) -> list[Meeting]:
    """Oldest first; [] where the folder names none. Raises LedgerBroken."""
    path = folder / NAME
    if not path.exists():
        return []
    try:
        return sorted(
            (Meeting(**row) for row in tomllib.loads(path.read_text("utf-8"))["meeting"]),
            key=lambda meeting: meeting.held_on,
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as problem:
        raise LedgerBroken(f"{path}: {problem}") from problem


def stage(folder: Path, progress: Callable[[int, int], None] = lambda done, of: None) -> list[batch.Outcome]:
    """Load the folder, keeping a version for each meeting that the warehouse has not got past. Again: changes nothing.

    Raises NotNow outside demo mode.
    """
    plan = current_plan()
    if not demo.ensure_demo(plan):
        raise NotNow("demo_only")
    account = accounts.get(KEEPER)
    assert account is not None, "ensure_demo made it"
    keeper = Actor(account=account)
    kept = {found.title for found in versions.frozen()}
    past = _newest_receipt()
    ahead = {
        meeting.held_on: meeting
        for meeting in read_meetings(folder)
        if meeting.title not in kept and (past is None or past <= meeting.held_on)
    }

    def keep(day: date, version: store.Version) -> None:
        versions.freeze(keeper, version.number, ahead[day].title, ahead[day].period)

    return batch.load([folder], progress=progress, stops=batch.Stops(list(ahead), keep))


def _newest_receipt() -> date | None:
    """The day the last return on record came; None where there is none."""
    version = store.newest(store.data_folder())
    if version is None:
        return None
    with store.open_version(version) as con:
        return questions.last_came(questions.asking(con))
