"""How a return stands: what people saw before they acted, and what is true when the action takes effect."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.errors import Overtaken
from actions.keys import ReturnKey
from catalogue import clock
from catalogue.load import plan_of
from warehouse import store
from warehouse.questions import asking
from warehouse.reads import standing as questions
from warehouse.reads.standing import ReturnStanding as ReturnStanding
from warehouse.write import Writer


def received_now(before: ReturnStanding | None) -> datetime:
    """The time of receipt: now, and after the return's last one, so that the newer one speaks. Local."""
    now = clock.now()
    if before is None or before.received_at is None or before.received_at < now:
        return now
    return before.received_at + timedelta(seconds=1)


def standing(key: ReturnKey) -> ReturnStanding | None:
    """In the newest version; before anything was published, as the plan has it. None where nobody owes such a return."""
    version = store.newest(store.data_folder())
    if version is None:
        plan = plan_of(key.period)
        owed = key.period in plan.deadlines and key.form in plan.forms and key.reporter in plan.reporters(key.form)
        return ReturnStanding(due=plan.deadlines[key.period]) if owed else None
    with store.open_version(version, str(key.period)) as con:
        return questions.standing(asking(con), key.asked)


def standing_in(writer: Writer, key: ReturnKey) -> ReturnStanding | None:
    """In the version being written, where nobody can come between."""
    return questions.standing(writer.rows, key.asked)


def unchanged(writer: Writer, key: ReturnKey, seen: tuple[int, str, bool]) -> ReturnStanding:
    """The return as it stands, if it still is as it was seen. Raises Overtaken, saying who was quicker."""
    now = standing_in(writer, key)
    assert now is not None, "only what is owed is acted on"
    if now.seen == seen:
        return now
    if now.load_id == seen[0] and now.decided_at is not None:
        raise Overtaken(by=now.by, at=now.decided_at, state=now.state)
    if now.load_id and now.load_id != seen[0]:
        raise Overtaken(by=now.sender, at=now.received_at or clock.now(), state=now.state)
    by, at = questions.last_touch(writer.rows, key.asked) or ("", clock.now())
    raise Overtaken(by=by, at=at, state=now.state if now.load_id else "withdrawn")
