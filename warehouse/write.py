"""What a change may write into the next version. Rows are only ever added."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb

from warehouse.rows import as_text, insert_rows, one
from warehouse.states import STATES
from warehouse.versions.journal import TableRows


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A return accepted. received_at: local time. footer: 填报人, 审核人 … as written."""

    sha256: str
    file_name: str
    kind: str
    form: str
    form_version: str
    plan: str
    reporter: str
    period: str
    sender: str
    received_at: datetime
    footer: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """One entry. state: value, blank or na; value for numbers (four decimals are kept), text for the rest."""

    period: str
    subject: str
    element: str
    state: str
    value: Decimal | None = None
    text: str | None = None
    raw: str = ""
    reason: str = ""
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """One finding as it stood when the return was accepted; sentence in Chinese."""

    rule: str
    severity: str
    subject: str = ""
    element: str = ""
    sheet: str = ""
    cell: str = ""
    sentence: str = ""
    explained: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkRow:
    """A reviewer's words about one entry."""

    subject: str
    element: str
    sheet: str
    cell: str
    remark: str


class Writer:
    """Handed to the change that `store.publish` applies.

    number: of the version being written. touched: the quarters written about so far. written: the rows themselves, by table.
    settled: a loss was settled, which is worth a version even where nothing could be put back.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, number: int = 0) -> None:
        self._con = con
        self.number = number
        self.touched: set[str] = set()
        self.written: dict[str, TableRows] = {}
        self.settled = False

    def known(self, sha256: str, form: str, reporter: str, period: str) -> str | None:
        """回执号 under which the same bytes are on record already; a withdrawn one does not count."""
        rows = self._con.execute(
            "select number, load_id from receipt where sha256 = ? and form = ? and reporter = ? and period = ? order by load_id desc",
            [sha256, form, reporter, period],
        ).fetchall()
        return next((number for number, load_id in rows if self._state(load_id) != "withdrawn"), None)

    def standing(self, form: str, reporter: str, period: str) -> tuple[int, str, str] | None:
        """(load_id, sha256, state) of the return that counts now, reviewed or not; None where none does."""
        return self._con.execute(
            """
            select r.load_id, r.sha256, s.state
            from current_receipt as c
            join receipt as r on r.load_id = c.load_id
            join receipt_state as s on s.load_id = c.load_id
            where c.basis = 'filed' and r.form = ? and r.reporter = ? and r.period = ?
            """,
            [form, reporter, period],
        ).fetchone()

    def add_receipt(self, receipt: Receipt) -> int:
        """Its load_id: higher than any before it in this warehouse. Its number was never given before, by no version."""
        load_id: int = one(self._con, "select coalesce(max(load_id), 0) + 1 from receipt")[0]
        of = (receipt.period, receipt.reporter, receipt.form)
        [before] = one(self._con, _LAST_NUMBER, of * 2)
        number = "-".join((*of, f"{before + 1:02}"))
        footer = json.dumps(dict(receipt.footer), ensure_ascii=False)
        row = (load_id, number, *(getattr(receipt, name) for name in _OF_RECEIPT), footer)
        self.insert("receipt", ("load_id", "number", *_OF_RECEIPT, "footer"), [row])
        self.touched.add(receipt.period)
        return load_id

    def add_facts(self, load_id: int, rows: Iterable[FactRow]) -> int:
        """How many were added."""
        return self._add("fact", load_id, FactRow, rows)

    def add_findings(self, load_id: int, rows: Iterable[FindingRow]) -> int:
        """How many were added."""
        return self._add("finding", load_id, FindingRow, rows)

    def review(
        self, load_id: int, state: str, at: datetime, by: str, reason: str = "", remarks: Iterable[RemarkRow] = ()
    ) -> None:
        """Say what became of a receipt, and of single entries in it. The state it already has: nothing is written.

        at: local. A receipt that replaces another within a second bears the next one, so nothing is dated before what it
        decides about: the decision then bears the time of receipt, or of the decision before.

        Raises ValueError for a state we do not know, KeyError for a receipt that is not there.
        """
        for event_id in self.review_all([load_id], state, at, by, reason):
            of_remark = ("event_id", "load_id", *(spec.name for spec in fields(RemarkRow)))
            self.insert("remark", of_remark, [(event_id, load_id, *astuple(row)) for row in remarks])

    def replace(self, load_id: int, by_load_id: int, at: datetime, by: str) -> None:
        """Withdraw a receipt because another came in its place. Raises as `review`."""
        [number] = one(self._con, "select number from receipt where load_id = ?", [by_load_id])
        self.review_all([load_id], "withdrawn", at, by, replaced_by=number)

    def review_all(
        self,
        load_ids: Sequence[int],
        state: str,
        at: datetime,
        by: str,
        reason: str = "",
        replaced_by: str | None = None,
    ) -> list[int]:
        """As `review`, the same of many receipts at the cost of one. The event_id of those whose state it was not yet.

        replaced_by: number of the receipt in whose place they are withdrawn.
        """
        if state not in STATES:
            raise ValueError(f"{state!r} is not one of {', '.join(STATES)}")
        asked = """
            select load_id, period, state, greatest(received_at, coalesce(decided_at, received_at))
            from receipt_state semi join (select unnest(?::bigint[]) as load_id) as named using (load_id)"""
        known = {load_id: told for load_id, *told in self._con.execute(asked, [list(load_ids)]).fetchall()}
        if unknown := [load_id for load_id in load_ids if load_id not in known]:
            raise KeyError(unknown[0])
        changed = [load_id for load_id in dict.fromkeys(load_ids) if known[load_id][1] != state]
        first = self._next("review")
        rows = [
            (event_id, load_id, state, max(at, known[load_id][2]), by, reason, replaced_by)
            for event_id, load_id in enumerate(changed, start=first)
        ]
        self.insert("review", _OF_REVIEW, rows)
        self.touched |= {known[load_id][0] for load_id in changed}
        return [event_id for event_id, *_ in rows]

    def lock(self, period: str, form: str, reporter: str, at: datetime, by: str, reason: str = "") -> None:
        """Close a form's quarter to changes; reporter "" is everybody. at: local."""
        self._lock((period, form, reporter, True, at, by, reason))

    def unlock(self, period: str, form: str, reporter: str, at: datetime, by: str, reason: str = "") -> None:
        """Open it to changes again. As `lock`."""
        self._lock((period, form, reporter, False, at, by, reason))

    def _lock(self, told: tuple[Any, ...]) -> None:
        columns = ("event_id", "period", "form", "reporter", "locked", "decided_at", "by_whom", "reason")
        self.insert("quarter_lock", columns, [(self._next("quarter_lock"), *told)])
        self.touched.add(told[0])

    def locked(self, period: str, form: str, reporter: str) -> bool:
        """Whether this return is closed to changes."""
        row = self._con.execute(
            "select locked from lock_state where period = ? and form = ? and reporter = ?", [period, form, reporter]
        ).fetchone()
        return bool(row and row[0])

    def deadline(self, period: str, whose: tuple[str, str], due: date, at: datetime, by: str, reason: str) -> None:
        """Move the day a quarter's returns are due. whose: (form, reporter); form "" is every form, reporter "" everybody. at: local."""
        columns = ("event_id", "period", "form", "reporter", "due", "decided_at", "by_whom", "reason")
        row = (self._next("deadline_change"), period, *whose, due, at, by, reason)
        self.insert("deadline_change", columns, [row])
        self.touched.add(period)

    def correct(self, load_id: int, reason: str) -> None:
        """Say why this receipt was filed after an approval."""
        self.insert("correction", ("load_id", "reason"), [(load_id, reason)])

    def rows(self, sql: str, given: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """What stands in the version being written, so that a change can be checked where nobody else writes."""
        return self._con.execute(sql, list(given)).fetchall()

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
        """How many were inserted. Everything that is written goes through here, so that the journal misses nothing."""
        told = [as_text(row) for row in rows]
        kept = self.written.setdefault(table, TableRows(tuple(columns), []))
        assert kept.columns == tuple(columns), f"{table} is always written with the same columns"
        kept.rows.extend(told)
        return insert_rows(self._con, table, columns, told)

    def loads(self) -> list[int]:
        """load_id of every receipt that came in, or that something became of: the marts about it are out of date."""
        told = [self.written[table] for table in ("receipt", "review") if table in self.written]
        return sorted({int(row[rows.columns.index("load_id")] or 0) for rows in told for row in rows.rows})

    def settle(self, version: int, at: datetime) -> None:
        """What a lost version had written stands here again, or was overtaken."""
        row = (version, at, self.number)
        insert_rows(self._con, "lost_version", ("version", "noticed_at", "put_back_in"), [row])
        self.settled = True

    def _next(self, table: str) -> int:
        event_id: int = one(self._con, f"select coalesce(max(event_id), 0) + 1 from {table}")[0]
        return event_id

    def _state(self, load_id: int) -> str:
        row = self._con.execute(
            "select state from review where load_id = ? order by event_id desc limit 1", [load_id]
        ).fetchone()
        return row[0] if row else "filed"

    def _add(self, table: str, load_id: int, cls: type, rows: Iterable[FactRow] | Iterable[FindingRow]) -> int:
        columns = ("load_id", *(spec.name for spec in fields(cls)))
        return self.insert(table, columns, ((load_id, *astuple(row)) for row in rows))


# Of a return: the highest its receipts here have, or those that a version gave that this one does not stand on.
_LAST_NUMBER = """
select coalesce(max(try_cast(regexp_extract(number, '[0-9]+$') as bigint)), 0)
from (
    select number from receipt where period = ? and reporter = ? and form = ?
    union all
    select number from taken_number where period = ? and reporter = ? and form = ?
)
"""
_OF_REVIEW = ("event_id", "load_id", "state", "decided_at", "by_whom", "reason", "replaced_by")
_OF_RECEIPT = tuple(spec.name for spec in fields(Receipt) if spec.name != "footer")
