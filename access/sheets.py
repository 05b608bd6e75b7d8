"""Rows as a CSV file that Excel opens without running anything in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

RUN_BY_EXCEL = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with BOM, as Excel expects of Chinese text."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows([inert(text) for text in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def inert(text: str) -> str:
    """With ' before it where Excel would take it for a formula."""
    return f"'{text}" if text.lstrip().startswith(RUN_BY_EXCEL) or text.startswith(RUN_BY_EXCEL) else text
