"""What a lost version had written, put back from the journal into the version being written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from warehouse.versions.journal import JournalEntry, TableRows, Text
from warehouse.write import Writer

_SAME_DECISION = """
select 1 from review where load_id = ? and state = ? and decided_at = ?::timestamp and by_whom = ? and reason = ?
"""
_LATER_DECISION = "select 1 from review where load_id = ? and decided_at > ?::timestamp"
_EVENTS = {"quarter_lock": "locked", "deadline_change": "due"}


@dataclass(slots=True)
class PutBack:
    """receipts: numbers put back. decisions: how many reviews, locks and deadlines. overtaken: receipt numbers or
    form/reporter/quarter about which something was decided since, so that the older decision was left out."""

    receipts: list[str] = field(default_factory=list)
    decisions: int = 0
    overtaken: list[str] = field(default_factory=list)


def put_back(writer: Writer, entries: Iterable[JournalEntry], *, onto_nothing: bool = False) -> PutBack:
    """Oldest first. What stands there already is left alone, so that it may be done twice.

    onto_nothing: nothing was written since, so nothing can have overtaken anything.
    """
    done = PutBack()
    for entry in entries:
        _Entry(writer, entry, done, onto_nothing).put_back()
    return done


class _Entry:
    """One line. Rows name a receipt by load_id; here it may have another, so it is looked for by its number."""

    def __init__(self, writer: Writer, entry: JournalEntry, done: PutBack, onto_nothing: bool) -> None:
        self.writer, self.entry, self.done, self.onto_nothing = writer, entry, done, onto_nothing
        self.tables = entry.tables()
        asked = "select number, load_id, period from receipt where list_contains(?, number)"
        known = writer.rows(asked, [sorted(set(entry.loads.values()))])
        self.standing = {number: (load_id, period) for number, load_id, period in known}
        self.fresh: set[str] = set()
        self.events: dict[Text, int] = {}

    def put_back(self) -> None:
        self._receipts()
        for name in ("fact", "finding", "correction"):
            self._of_fresh(name)
        for row in self._named("review"):
            self._review(row)
        self._remarks()
        for table, decided in _EVENTS.items():
            for row in self._named(table):
                self._event(table, decided, row)

    @cached_property
    def _of_review(self) -> list[str]:
        """The columns here: a line of an older program has fewer."""
        return [name for name, *_ in self.writer.rows("describe review")]

    def _named(self, table: str) -> list[dict[str, Any]]:
        rows = self.tables.get(table, TableRows((), []))
        return [dict(zip(rows.columns, row, strict=True)) for row in rows.rows]

    def _insert(self, table: str, rows: list[dict[str, Any]]) -> None:
        if rows:
            self.writer.insert(table, tuple(rows[0]), [tuple(row.values()) for row in rows])

    def _receipts(self) -> None:
        [(load_id,)] = self.writer.rows("select coalesce(max(load_id), 0) from receipt")
        wanted = [row for row in self._named("receipt") if row["number"] not in self.standing]
        for row in wanted:
            load_id += 1
            row["load_id"] = load_id
            self.standing[row["number"]] = load_id, row["period"]
            self.fresh.add(row["number"])
            self.writer.touched.add(row["period"])
            self.done.receipts.append(row["number"])
        self._insert("receipt", wanted)

    def _number(self, row: dict[str, Any]) -> str:
        return self.entry.loads.get(int(row["load_id"]), "")

    def _of_fresh(self, table: str) -> None:
        rows = [row for row in self._named(table) if self._number(row) in self.fresh]
        for row in rows:
            row["load_id"] = self.standing[self._number(row)][0]
        self._insert(table, rows)

    def _review(self, row: dict[str, Any]) -> None:
        number, event = self._number(row), row["event_id"]
        if number not in self.standing:
            return
        load_id, period = self.standing[number]
        same = [load_id, *(row[name] for name in ("state", "decided_at", "by_whom", "reason"))]
        if self.writer.rows(_SAME_DECISION, same):
            return
        if not self.onto_nothing and self.writer.rows(_LATER_DECISION, [load_id, row["decided_at"]]):
            self.done.overtaken.append(number)
            return
        self.events[event] = self._next("review")
        told = {**row, "event_id": self.events[event], "load_id": load_id}
        self._insert("review", [{name: told.get(name) for name in self._of_review}])
        self.writer.touched.add(period)
        self.done.decisions += 1

    def _remarks(self) -> None:
        rows = [row for row in self._named("remark") if row["event_id"] in self.events]
        for row in rows:
            row["load_id"], row["event_id"] = self.standing[self._number(row)][0], self.events[row["event_id"]]
        self._insert("remark", rows)

    def _event(self, table: str, decided: str, row: dict[str, Any]) -> None:
        about = [row["period"], row["form"], row["reporter"]]
        same = f"select 1 from {table} where period = ? and form = ? and reporter = ?"
        at = [row["decided_at"], row[decided], row["by_whom"]]
        alike = f"{same} and decided_at = ?::timestamp and {decided}::varchar = lower(?) and by_whom = ?"
        if self.writer.rows(alike, about + at):
            return
        if not self.onto_nothing and self.writer.rows(f"{same} and decided_at > ?::timestamp", about + at[:1]):
            self.done.overtaken.append("/".join((row["form"] or "*", row["reporter"] or "*", row["period"])))
            return
        self._insert(table, [{**row, "event_id": self._next(table)}])
        self.writer.touched.add(row["period"])
        self.done.decisions += 1

    def _next(self, table: str) -> int:
        [(event_id,)] = self.writer.rows(f"select coalesce(max(event_id), 0) + 1 from {table}")
        return int(event_id)
