"""What those who file, review and look back ask of the ledger about single receipts, of a version or of one being written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

# SQL and what it is given -> rows: of a cursor (`asking`), or of `Writer.rows`, where nobody can come between.
Ask = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]
Key = tuple[str, str, str]  # form, reporter, period

_SAME_BYTES = """
select load_id, number
from receipt_state
where sha256 = ? and form = ? and reporter = ? and period = ? and state <> 'withdrawn'
order by load_id desc
"""
_REASONS = "select subject, element, reason from fact where load_id = ? and reason <> ''"
_APPROVED = "select 1 from current_receipt where basis = 'approved' and form = ? and reporter = ? and period = ?"
_DECIDED = "select distinct load_id from review where list_contains(?, load_id)"
_RECEIPT = (
    "select form, reporter, period, number, sha256, file_name, sender, received_at from receipt where load_id = ?"
)
_EVENTS = """
select r.received_at, 'submitted', r.sender, r.number, coalesce(n.reason, ''), r.load_id, false, 0
from receipt as r
left join correction as n on n.load_id = r.load_id
where r.form = $1 and r.reporter = $2 and r.period = $3
union all
select v.decided_at, v.state, v.by_whom, r.number, coalesce(v.reason, ''), r.load_id, v.state = 'withdrawn' and exists (
    select 1
    from receipt as its
    where (its.form, its.reporter, its.period) = (r.form, r.reporter, r.period)
        and its.load_id > r.load_id and v.reason = 'replaced by ' || left(its.sha256, 12)
), v.event_id
from review as v
join receipt as r on r.load_id = v.load_id
where r.form = $1 and r.reporter = $2 and r.period = $3
"""


@dataclass(frozen=True, slots=True)
class Received:
    """A receipt. received_at: local."""

    form: str
    reporter: str
    period: str
    number: str
    sha256: str
    file_name: str
    sender: str
    received_at: datetime


def asking(con: Any) -> Ask:
    return lambda sql, given: con.execute(sql, list(given)).fetchall()


def of_bytes(ask: Ask, sha256: str, key: Key) -> list[tuple[int, str]]:
    """load_id and 回执号 of the receipts of these bytes that were not withdrawn, newest first."""
    return [(load_id, number) for load_id, number in ask(_SAME_BYTES, [sha256, *key])]


def newest_of_bytes(ask: Ask, sha256: str) -> int | None:
    """load_id, whoever filed them."""
    [(load_id,)] = ask("select max(load_id) from receipt where sha256 = ?", [sha256])
    return None if load_id is None else int(load_id)


def received(ask: Ask, load_id: int) -> Received | None:
    return next((Received(*row) for row in ask(_RECEIPT, [load_id])), None)


def reasons(ask: Ask, load_id: int) -> set[tuple[str, str, str]]:
    """(subject, element, reason) kept with a receipt."""
    return {(subject, element, reason) for subject, element, reason in ask(_REASONS, [load_id])}


def correction(ask: Ask, load_id: int) -> str:
    """Why it was filed after an approval; "" where it was not."""
    return next((reason for (reason,) in ask("select reason from correction where load_id = ?", [load_id])), "")


def approved_stands(ask: Ask, key: Key) -> bool:
    """Whether an approved return stands."""
    return bool(ask(_APPROVED, list(key)))


def decided(ask: Ask, load_ids: Sequence[int]) -> set[int]:
    """Those about which anybody ever decided."""
    return {load_id for (load_id,) in ask(_DECIDED, [list(load_ids)])} if load_ids else set()


def events(ask: Ask, key: Key) -> list[tuple[datetime, str, str, str, str, int, bool, int]]:
    """Of one return: when, what (submitted, or the state a decision gave), by whom, 回执号, what was said, load_id, whether it
    was withdrawn because that very file came in its place, and event_id of the decision (0: submitted)."""
    return [
        (at, what, by, number, said, load, gone, order)
        for at, what, by, number, said, load, gone, order in ask(_EVENTS, list(key))
    ]
