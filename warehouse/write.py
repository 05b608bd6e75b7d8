"""What a change may write into the next version. Rows are only ever added."""
from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field, fields
from datetime import datetime
from decimal import Decimal

import duckdb

from warehouse.rows import insert_rows

STATES = ("approved", "returned", "locked", "withdrawn")


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


class Writer:
    """Handed to the change that `store.publish` applies. `touched`: the quarters written about so far."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self.touched: set[str] = set()

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
        """Its load_id: higher than any before it in this warehouse."""
        [load_id] = self._con.execute("select coalesce(max(load_id), 0) + 1 from receipt").fetchone()
        of = [receipt.period, receipt.reporter, receipt.form]
        [before] = self._con.execute(
            "select count(*) from receipt where period = ? and reporter = ? and form = ?", of
        ).fetchone()
        number = "-".join((*of, f"{before + 1:02}"))
        footer = json.dumps(dict(receipt.footer), ensure_ascii=False)
        row = (load_id, number, *(getattr(receipt, name) for name in _OF_RECEIPT), footer)
        insert_rows(self._con, "receipt", ("load_id", "number", *_OF_RECEIPT, "footer"), [row])
        self.touched.add(receipt.period)
        return load_id

    def add_facts(self, load_id: int, rows: Iterable[FactRow]) -> int:
        """How many were added."""
        return self._add("fact", load_id, FactRow, rows)

    def add_findings(self, load_id: int, rows: Iterable[FindingRow]) -> int:
        """How many were added."""
        return self._add("finding", load_id, FindingRow, rows)

    def review(self, load_id: int, state: str, at: datetime, by: str, reason: str = "") -> None:
        """Say what became of a receipt. The state it already has: nothing is written.

        Raises ValueError for a state we do not know, KeyError for a receipt that is not there.
        """
        if state not in STATES:
            raise ValueError(f"{state!r} is not one of {', '.join(STATES)}")
        row = self._con.execute("select period from receipt where load_id = ?", [load_id]).fetchone()
        if row is None:
            raise KeyError(load_id)
        if self._state(load_id) == state:
            return
        [event_id] = self._con.execute("select coalesce(max(event_id), 0) + 1 from review").fetchone()
        columns = ("event_id", "load_id", "state", "decided_at", "by_whom", "reason")
        insert_rows(self._con, "review", columns, [(event_id, load_id, state, at, by, reason)])
        self.touched.add(row[0])

    def _state(self, load_id: int) -> str:
        row = self._con.execute(
            "select state from review where load_id = ? order by event_id desc limit 1", [load_id]
        ).fetchone()
        return row[0] if row else "filed"

    def _add(self, table: str, load_id: int, cls: type, rows: Iterable[FactRow] | Iterable[FindingRow]) -> int:
        columns = ("load_id", *(spec.name for spec in fields(cls)))
        return insert_rows(self._con, table, columns, ((load_id, *astuple(row)) for row in rows))


_OF_RECEIPT = tuple(spec.name for spec in fields(Receipt) if spec.name != "footer")
