"""The case that is open: read and compared once for each state of things."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from access.model import Actor
from actions import record, reviewing
from actions.keys import ReturnKey
from actions.reviewing import Case
from actions.story import Event, story
from catalogue.wording import language
from etl import history
from etl.annotate.rows import ResultRow, result_rows
from etl.compare import Accepted
from ui import reads
from ui.reads.kept import per_version
from warehouse import store


@dataclass(frozen=True, slots=True)
class ReviewDesk:
    """A case and what lies beside it. mine: whether this account may decide about it.

    last: (element, subject) -> what stands for the quarter before, texts and choices too. found: the findings in words.
    sent_back: the latest time an earlier file of this return was sent back; None where none was.
    """

    case: Case
    mine: bool
    last: dict[tuple[str, str], Accepted]
    last_year: dict[tuple[str, str], Accepted]
    found: tuple[ResultRow, ...]
    sent_back: Event | None


def opened(actor: Actor, key: ReturnKey, queue: pd.DataFrame) -> ReviewDesk | None:
    """The newest return of this key; None where none was filed."""
    row = queue[(queue["form"] == key.form) & (queue["reporter"] == key.reporter)].iloc[0]
    latest = store.latest(store.data_folder())
    stamp = (str(store.data_folder()), latest.number, reads.plan().digest, str(key), language(), actor.account.name)
    return _desk(stamp, actor, key, bool(row["mine"]))


@per_version(32)
def _desk(stamp: tuple, _actor: Actor, _key: ReturnKey, mine: bool) -> ReviewDesk | None:
    """Rights to read are asked by `reviewing.case`; who may decide, at the decision."""
    case = reviewing.case(_actor, _key)
    if case is None:
        return None
    before = history.published(_key.form, _key.reporter, _key.period)
    found = result_rows(case.checked, reads.plan(), before, lang=language())
    earlier = [
        event
        for event in story(_actor, _key)
        if event.what == "returned" and not event.overtaken and event.load_id < case.standing.load_id
    ]
    last = record.entries(replace(_key, period=_key.period.previous)) or {}
    last_year = record.entries(replace(_key, period=_key.period.year_before)) or {}
    return ReviewDesk(case, mine, last, last_year, tuple(found), earlier[0] if earlier else None)
