"""How returns stand: of a version that is published, or, where nobody can come between, of the one being written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from warehouse.questions import Ask, Key
from warehouse.states import CAME

Seen = tuple[int, str, bool]  # load_id (0: none), state, whether the quarter is closed to changes

_STANDING = """
select
    s.due, l.locked, s.load_id, s.number, s.state, r.sha256, s.file_name, s.submitted_at, c.sender, r.decided_at, r.by_whom,
    r.reason
from reporting_status as s
join lock_state as l on l.period = s.period and l.form = s.form and l.reporter = s.reporter
left join receipt_state as r on r.load_id = s.load_id
left join receipt as c on c.load_id = s.load_id
where s.form = $1 and s.reporter = $2 and s.period = $3
"""
_SEEN = """
select s.form, s.reporter, coalesce(s.load_id, 0), s.state, l.locked
from reporting_status as s
join lock_state as l on l.period = s.period and l.form = s.form and l.reporter = s.reporter
where s.period = $1
"""
# Within a second the newer receipt was decided about last.
_LAST_TOUCH = """
select by_whom, decided_at, load_id from receipt_state
where form = $1 and reporter = $2 and period = $3 and decided_at is not null
union all
select by_whom, decided_at, 0 from lock_state
where form = $1 and reporter = $2 and period = $3 and decided_at is not null
order by decided_at desc, load_id desc limit 1
"""
_OF_FORM = "select reporter, load_id, state from reporting_status where period = ? and form = ? and load_id is not null"


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
    def seen(self) -> Seen:
        """What an action compares: has anything happened since?"""
        return self.load_id, self.state, self.locked

    @property
    def counts(self) -> bool:
        """Filed and not sent back."""
        return self.state in CAME


def standing(ask: Ask, key: Key) -> ReturnStanding | None:
    """Of one return; None where nobody owes it."""
    rows = ask(_STANDING, list(key))
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


def seen_in(ask: Ask, period: str) -> dict[tuple[str, str], Seen]:
    """(form, reporter) -> what `ReturnStanding.seen` says, of every return owed of a quarter, in one question."""
    rows = ask(_SEEN, [period])
    return {(form, reporter): (load_id, state, locked) for form, reporter, load_id, state, locked in rows}


def last_touch(ask: Ask, key: Key) -> tuple[str, datetime] | None:
    """(by whom, when) a return was last decided about, withdrawn, locked or opened; None where it never was. Local time."""
    return next(((by, at) for by, at, _ in ask(_LAST_TOUCH, list(key))), None)


def of_form(ask: Ask, period: str, form: str) -> list[tuple[str, int, str]]:
    """(reporter, load_id, state) of the newest receipt of each return of a form's quarter; those that are missing are left out."""
    return [(reporter, load_id, state) for reporter, load_id, state in ask(_OF_FORM, [period, form])]
