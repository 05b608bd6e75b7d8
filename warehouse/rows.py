"""Many rows into a table in one statement, and one out of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import duckdb


def one(con: duckdb.DuckDBPyConnection, sql: str, given: Sequence[Any] = ()) -> tuple[Any, ...]:
    """The one row that an aggregate without groups always has."""
    row = con.execute(sql, list(given)).fetchone()
    assert row is not None, sql
    return row


def insert_rows(
    con: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """How many were inserted. Values travel as text and are cast by the column's type, so that a
    Decimal never passes through a float; None is NULL.
    """
    by_column = list(zip(*rows, strict=True))
    if not by_column:
        return 0
    texts = [as_text(column) for column in by_column]
    lists = ", ".join(f"unnest(${n}::varchar[])" for n in range(1, len(columns) + 1))
    con.execute(f"insert into {table} ({', '.join(columns)}) select {lists}", texts)
    return len(texts[0])


def as_text(values: Iterable[Any]) -> list[str | None]:
    """As `insert_rows` wants them."""
    return [None if value is None else str(value) for value in values]
