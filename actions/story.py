"""The history of one return: every receipt, every decision, and those who came second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from access import accounts, audit
from access.model import Actor
from actions.keys import ReturnKey, require_return
from catalogue.load import current_plan
from warehouse import store

_EVENTS = """
select r.received_at, 'submitted', r.sender, r.number, coalesce(n.reason, ''), r.load_id
from receipt as r
left join correction as n on n.load_id = r.load_id
where r.form = $form and r.reporter = $reporter and r.period = $period
union all
select v.decided_at, v.state, v.by_whom, r.number, coalesce(v.reason, ''), r.load_id
from review as v
join receipt as r on r.load_id = v.load_id
where r.form = $form and r.reporter = $reporter and r.period = $period
"""


@dataclass(frozen=True, slots=True)
class Event:
    """what: submitted, or the state a decision gave; overtaken: tried, and somebody else was quicker. at: local."""

    at: datetime
    what: str
    who: str
    number: str
    detail: str
    load_id: int = 0
    overtaken: bool = False


def story(actor: Actor, key: ReturnKey) -> list[Event]:
    """Newest first. Raises NotAllowed."""
    require_return(actor, "see_return", current_plan(), key)
    version = store.newest(store.data_folder())
    found = [*_lost(key)]
    if version is not None:
        given = {"form": key.form, "reporter": key.reporter, "period": str(key.period)}
        with store.open_version(version) as con:
            found += [Event(*row) for row in con.execute(_EVENTS, given).fetchall()]
    # within one second a return comes before what was decided about it
    return sorted(found, key=lambda event: (event.at, event.load_id, event.what != "submitted"), reverse=True)


def _lost(key: ReturnKey) -> list[Event]:
    """The log keeps UTC; the local time stands at the head of the detail."""
    found = []
    for entry in audit.entries(object=key.object, result="failed"):
        if entry.detail.startswith("at="):
            at, detail = entry.detail[3:22], entry.detail[23:]
            found.append(
                Event(datetime.fromisoformat(at), entry.event, _signed(entry.name), "", detail, overtaken=True)
            )
    return found


def _signed(name: str) -> str:
    """As receipts and decisions are signed."""
    found = accounts.get(name)
    return name if found is None else Actor(account=found).signature
