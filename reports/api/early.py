"""Which rows of an answer are early returns: figures of a quarter that was not over when they were told."""

from __future__ import annotations

from datetime import date, datetime

import pyarrow as pa
import pyarrow.compute as pc

from catalogue.period import Period

_FIGURES = ("value", "text")  # a row with neither tells nothing of its quarter


def unfinished(published_at: datetime, today: date) -> str:
    """The first quarter that is not over: the one that ran when the version was published, or today where that is earlier."""
    return str(Period.of(min(today, published_at.date())))


def flags(table: pa.Table, first: str | None) -> pa.Array:
    """yes_no per row; None: no quarter is unfinished. Rows without a quarter or without a figure are none."""
    told = [table[name] for name in _FIGURES if name in table.column_names]
    if not told or first is None or "period" not in table.column_names:
        return pa.repeat(False, table.num_rows)
    has_figure = pc.is_valid(pc.coalesce(*(pc.cast(each, pa.string()) for each in told)))
    found = pc.and_(pc.greater_equal(table["period"], first), has_figure)
    return pc.fill_null(found, False)


def earliest(table: pa.Table, first: str) -> str | None:
    """The first quarter of which the rows hold early returns."""
    return pc.min(table.filter(flags(table, first))["period"]).as_py() if "period" in table.column_names else None
