"""A house of published versions, filled from tables (演示数据).

A table has a row per return: `unit | period | element | element …`. A number is a value, `/` is 不适用, `*` is 保密,
nothing is a blank cell. Every entry stands on sheet 表 in the cell named by its place in the table.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
from small_plan import BASELINE as BASELINE
from small_plan import COUNTIES as COUNTIES
from small_plan import LAST as LAST
from small_plan import small_plan as small_plan

from catalogue.model import Plan
from catalogue.period import Period
from warehouse import read, store
from warehouse.write import FactRow, FindingRow, Receipt, Writer


class House:
    """A data folder, one published version per call; reads the newest."""

    def __init__(self, folder: Path, plan: Plan | None = None) -> None:
        self.folder = folder
        self.plan = plan or small_plan()

    def publish(self, change: Callable[[Writer], None] = lambda writer: None) -> store.Version:
        return store.publish(self.folder, self.plan, change, note="测试", by="tester")

    def file(self, table: str, received: datetime | None = None, approve: bool = False, form: str = "") -> list[int]:
        """One receipt per row, received five days after its quarter unless told; gives their load ids."""
        load_ids: list[int] = []

        def change(writer: Writer) -> None:
            for reporter, period, facts in _returns(table):
                at = received or datetime.combine(Period.parse(period).last_day + timedelta(days=5), time(9))
                receipt = a_receipt(
                    reporter, period, at, form=form or ("county" if reporter in COUNTIES else "department")
                )
                load_ids.append(writer.add_receipt(receipt))
                writer.add_facts(load_ids[-1], facts)
                if approve:
                    writer.review(load_ids[-1], "approved", at, "reviewer")

        self.publish(change)
        return load_ids

    def review(self, load_id: int, state: str, reason: str = "") -> store.Version:
        return self.publish(lambda writer: writer.review(load_id, state, datetime(2021, 12, 1), "reviewer", reason))

    def open(self):
        return store.open_version(store.newest(self.folder))

    def ask(self, reader: Callable, *given, **named) -> pd.DataFrame:
        with self.open() as con:
            return reader(con, *given, **named)

    def row(self, indicator: str, period: str, subject: str | None = None, basis: str = "filed") -> SimpleNamespace:
        """The one row of `judged`; the city for subject None."""
        [row] = self.ask(read.values, period, subject, indicator, basis).to_dict("records")
        return SimpleNamespace(**row)

    def said(self, indicator: str, period: str, subject: str | None = None, basis: str = "filed") -> tuple[str, str]:
        row = self.row(indicator, period, subject, basis)
        return row.light, row.verdict


def rows_in(version: store.Version, table: str) -> int:
    with store.open_version(version) as con:
        return con.execute(f"select count(*) from {table}").fetchone()[0]


def whole_quarter(columns: str, period: str, *rows: str) -> str:
    """A table with one return of each county."""
    lines = "\n".join(f"{unit} | {period} | {row}" for unit, row in zip(COUNTIES, rows, strict=True))
    return f"unit | period | {columns}\n{lines}"


def a_receipt(
    reporter: str = "A",
    period: str = "2021Q1",
    received: datetime = datetime(2021, 4, 5, 9),
    form: str = "county",
    sha256: str = "",
) -> Receipt:
    return Receipt(
        sha256=sha256 or f"{form}-{reporter}-{period}-{received:%m%d%H%M}",
        file_name=f"{reporter}{period}.xlsx",
        kind="xlsx",
        form=form,
        form_version="1",
        plan="2021",
        reporter=reporter,
        period=period,
        sender="sender",
        received_at=received,
    )


def a_fact(
    element: str,
    value: str | None = None,
    subject: str = "A",
    period: str = "2021Q1",
    text: str | None = None,
    cell: str = "D7",
) -> FactRow:
    """`/` is 不适用, `*` 保密, '' and None a blank unless there is a text."""
    state = {"/": "na", "*": "suppressed"}.get(value or "", "value" if value or text else "blank")
    number = Decimal(value) if state == "value" and value else None
    return FactRow(
        period=period,
        subject=subject,
        element=element,
        state=state,
        value=number,
        text=text,
        raw=value or text or "",
        sheet="表",
        cell=cell,
    )


def a_finding(rule: str = "total_equals_parts") -> FindingRow:
    return FindingRow(
        rule=rule, severity="note", subject="A", element="kids", sheet="表", cell="D7", sentence="合计不符。"
    )


def _returns(table: str):
    head, *lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    for number, (reporter, period, *entries) in enumerate(lines, start=2):
        facts = [
            a_fact(element, entry, reporter, period, cell=f"{chr(ord('C') + n)}{number}")
            for n, (element, entry) in enumerate(zip(head[2:], entries, strict=True))
        ]
        yield reporter, period, facts
