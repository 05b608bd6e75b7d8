"""How much of a file we are ready to read. A return has 6 sheets and some 100 rows."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

MB = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """Beyond these a file is refused with TooLarge, ReadTimeout (seconds) or ReaderDied (memory)."""

    bytes: int = 20 * MB  # the file as uploaded
    unzipped: int = 100 * MB  # all its parts together, and what goes back to the parent
    members: int = 2_000  # parts of a zipped workbook
    sheets: int = 100
    rows: int = 20_000  # the last row that holds something, in any sheet
    columns: int = 500  # likewise
    cells: int = 1_000_000  # rows × columns from A1 to the last cell, all sheets together
    seconds: float = 20
    memory: int = 1024 * MB  # address space of the reading process
    kept: int = 256 * MB  # a process that has needed more is ended after its answer, so that it gives back what it took


LIMITS = Limits()


def megabytes(count: int) -> float:
    """Rounded up to one decimal, so that too many is never shown as just enough."""
    return ceil(count / MB * 10) / 10
