"""How a return stands: what people saw before they acted, and what is true when the action takes effect."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from actions.errors import Overtaken
from actions.keys import ReturnKey
from catalogue import clock
from catalogue.load import plan_of
from warehouse import store
from warehouse.write import Writer

Ask = Callable[
    [str, Sequence[Any]], list[tuple[Any, ...]]
]  # SQL and what it is given -> rows, of a version read or being written
_LATEST = """
select s.due, l.locked, s.load_id, s.number, s.state, r.sha256, s.file_name, s.submitted_at, c.sender, r.decided_at, r.by_whom, r.reason
from reporting_status as s
join lock_state as l on l.period = s.period and l.form = s.form and l.reporter = s.reporter
left join receipt_state as r on r.load_id = s.load_id
left join receipt as c on c.load_id = s.load_id
where s.form = ? and s.reporter = ? and s.period = ?
"""
_SEEN = """
select s.form, s.reporter, coalesce(s.load_id, 0), s.state, l.locked
from reporting_status as s
join lock_state as l on l.period = s.period and l.form = s.form and l.reporter = s.reporter
where s.period = ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnStanding:
    """The newest receipt that was not withdrawn; load_id 0 and state missing where there is none. Times are local.

    locked: the quarter is closed to changes for this reporter. by, decided_at, reason: of the latest decision.
    """

    due: date
    locked: bool = False
    load_id: int = 0
    number: str = ""
    state: str = "missing"
    sha256: str = ""
    file_name: str = ""
    received_at: datetime | None = None
    sender: str = ""
    decided_at: datetime | None = None
    by: str = ""
    reason: str = ""

    @property
    def seen(self) -> tuple[int, str, bool]:
        """What an action compares: has anything happened since?"""
        return self.load_id, self.state, self.locked

    @property
    def counts(self) -> bool:
        """Filed and not sent back."""
        return self.state in ("filed", "approved", "locked")


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
        return _read(lambda sql, given: con.execute(sql, given).fetchall(), key)


def standing_in(writer: Writer, key: ReturnKey) -> ReturnStanding | None:
    """In the version being written, where nobody can come between."""
    return _read(writer.rows, key)


def standings_in(writer: Writer, period: str) -> dict[tuple[str, str], tuple[int, str, bool]]:
    """(form, reporter) -> what `ReturnStanding.seen` says, of every return of a quarter, in one question."""
    rows = writer.rows(_SEEN, [period])
    return {(form, reporter): (load_id, state, locked) for form, reporter, load_id, state, locked in rows}


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
    by, at = _last_touch(writer, key)
    raise Overtaken(by=by, at=at, state=now.state if now.load_id else "withdrawn")


def _last_touch(writer: Writer, key: ReturnKey) -> tuple[str, datetime]:
    """Who withdrew, locked or opened it last."""
    rows = writer.rows(
        """
        select by_whom, decided_at from receipt_state where form = ? and reporter = ? and period = ? and decided_at is not null
        union all
        select by_whom, decided_at from lock_state where form = ? and reporter = ? and period = ? and decided_at is not null
        order by decided_at desc limit 1
        """,
        [key.form, key.reporter, str(key.period)] * 2,
    )
    return rows[0] if rows else ("", clock.now())


def _read(ask: Ask, key: ReturnKey) -> ReturnStanding | None:
    rows = ask(_LATEST, [key.form, key.reporter, str(key.period)])
    if not rows:
        return None
    due, locked, load_id, number, state, sha256, file_name, received_at, sender, decided_at, by, reason = rows[0]
    if load_id is None:
        return ReturnStanding(due=due, locked=locked)
    return ReturnStanding(
        due=due,
        locked=locked,
        load_id=load_id,
        number=number,
        state=state,
        sha256=sha256,
        file_name=file_name,
        received_at=received_at,
        sender=sender,
        decided_at=decided_at,
        by=by or "",
        reason=reason or "",
    )
