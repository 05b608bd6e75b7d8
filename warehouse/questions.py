"""What those who file, review and look back ask of the ledger about single receipts, of a version or of one being written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

import duckdb
import pandas as pd

from warehouse.states import reason_of, was_replaced

Key = tuple[str, str, str]  # form, reporter, period


class Ask(Protocol):
    """Rows of a version that is published (`asking`), or of the one being written, where nobody can come between
    (`Writer.rows`). The SQL is that of the warehouse's own questions; other rooms hand this on and write none."""

    def __call__(self, sql: str, given: Sequence[Any] = ()) -> list[tuple[Any, ...]]: ...


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
_EVENTS = f"""
select r.received_at, 'submitted', r.sender, r.number, coalesce(n.reason, ''), r.load_id, false, 0
from receipt as r
left join correction as n on n.load_id = r.load_id
where r.form = $1 and r.reporter = $2 and r.period = $3
union all
select
    v.decided_at, v.state, v.by_whom, r.number, {reason_of("v")}, r.load_id,
    v.replaced_by is not null or coalesce({was_replaced("v")}, false), v.event_id
from review as v
join receipt as r on r.load_id = v.load_id
where r.form = $1 and r.reporter = $2 and r.period = $3
"""


_KEPT = "select sha256, load_id, number, file_name, plan, form, form_version, reporter, period from receipt"
_ENTRIES = "select period, subject, element, state, value, text, raw, reason, sheet, cell from fact where load_id = ?"
_LISTED = "select load_id, number, period, form, reporter, received_at, sender, file_name from receipt"


class KeptReceipt(NamedTuple):
    """A receipt as far as its workbook can be read once more: which file, what it was read as, under which plan."""

    sha256: str
    load_id: int
    number: str
    file_name: str
    plan: str
    form: str
    form_version: str
    reporter: str
    period: str


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
    """Rows of a published version. con: a cursor from `store.open_version`."""

    def ask(sql: str, given: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = con.execute(sql, list(given)).fetchall()
        return rows

    return ask


def of_bytes(ask: Ask, sha256: str, key: Key) -> list[tuple[int, str]]:
    """load_id and 回执号 of the receipts of these bytes that were not withdrawn, newest first."""
    return [(load_id, number) for load_id, number in ask(_SAME_BYTES, [sha256, *key])]


def newest_of_bytes(ask: Ask, sha256: str) -> int | None:
    """load_id of the newest receipt of these bytes, whoever filed them, withdrawn or not; None for none."""
    [(load_id,)] = ask("select max(load_id) from receipt where sha256 = ?", [sha256])
    return None if load_id is None else int(load_id)


def received(ask: Ask, load_id: int) -> Received | None:
    """The receipt as the log needs it; None where there is none."""
    return next((Received(*row) for row in ask(_RECEIPT, [load_id])), None)


def reasons(ask: Ask, load_id: int) -> set[tuple[str, str, str]]:
    """(subject, element, reason) of the entries of a receipt that a reason was given for."""
    return {(subject, element, reason) for subject, element, reason in ask(_REASONS, [load_id])}


def correction(ask: Ask, load_id: int) -> str:
    """Why it was filed after an approval; "" where it was not."""
    return next((reason for (reason,) in ask("select reason from correction where load_id = ?", [load_id])), "")


def approved_stands(ask: Ask, key: Key) -> bool:
    """Whether an approved (or locked) return stands for this key."""
    return bool(ask(_APPROVED, list(key)))


def decided(ask: Ask, load_ids: Sequence[int]) -> set[int]:
    """Those of these receipts (load_id) about which anybody ever decided, whatever became of it since."""
    return {load_id for (load_id,) in ask(_DECIDED, [list(load_ids)])} if load_ids else set()


def events(ask: Ask, key: Key) -> list[tuple[datetime, str, str, str, str, int, bool, int]]:
    """Of one return: when, what (submitted, or the state a decision gave), by whom, 回执号, what was said, load_id, whether it
    was withdrawn because another came in its place, and event_id of the decision (0: submitted)."""
    try:
        found = ask(_EVENTS, list(key))
    except duckdb.BinderException:  # a version that nothing was published onto since 0.6
        found = ask(_EVENTS.replace("v.replaced_by", "null"), list(key))
    return [(at, what, by, number, said, load, gone, order) for at, what, by, number, said, load, gone, order in found]


def notes(ask: Ask) -> list[tuple[str, datetime]]:
    """(note, published at, local time) of every version that this one stands on, itself among them."""
    return [(note, at) for note, at in ask("select note, published_at from version_info")]


def newest_number(ask: Ask) -> int:
    """Of the versions that this one stands on; one being written is not counted yet. 0 for none."""
    [(number,)] = ask("select coalesce(max(number), 0) from version_info")
    return int(number)


def last_came(ask: Ask) -> date | None:
    """The day the last return on record was received, local; None where there is none."""
    [(day,)] = ask("select max(received_at)::date from receipt")
    came: date | None = day
    return came


def kept(ask: Ask) -> list[KeptReceipt]:
    """Every receipt, as it was read, those of one workbook side by side."""
    return [KeptReceipt(*row) for row in ask(f"{_KEPT} order by sha256, load_id")]


def facts(ask: Ask, load_id: int) -> set[tuple[Any, ...]]:
    """What a receipt left: a row an entry, with the fields of `warehouse.write.FactRow` in their order; values exact."""
    return {tuple(row) for row in ask(_ENTRIES, [load_id])}


def workbooks(ask: Ask) -> list[str]:
    """SHA-256 of every workbook that a receipt is about, in order."""
    return [sha256 for (sha256,) in ask("select distinct sha256 from receipt order by all")]


def receipts(ask: Ask, load_ids: Sequence[int]) -> pd.DataFrame:
    """Those named, in the order they came. Grain: receipt. Columns: load_id, number, period, form, reporter, received_at (local),
    sender, file_name."""
    columns = ["load_id", "number", "period", "form", "reporter", "received_at", "sender", "file_name"]
    found = ask(f"{_LISTED} where list_contains(?, load_id) order by load_id", [list(load_ids)])
    return pd.DataFrame(found, columns=columns).astype({"load_id": "int64", "received_at": "datetime64[us]"})
