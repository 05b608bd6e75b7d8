"""CSV as offices send it: UTF-8 or GB18030, by comma, semicolon or tab."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from etl.cells.limits import Limits
from etl.cells.marks import KNOWN_ERRORS, Marks
from etl.errors import NotAWorkbook, Unreadable
from etl.reading.plain import compact

SHEET = "CSV"
_SEPARATORS = ",;\t"
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def decoded(content: bytes) -> str | None:
    """The text, or None where the bytes are none. GB18030 takes in GBK and GB2312."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ("utf-16",) if wide else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        text = text.removesuffix("\x1a")  # the end mark of DOS programs
        return None if _CONTROL.search(text) else text
    return None


def separator(text: str) -> str | None:
    """What splits most lines, then what splits them most; None if nothing does."""
    lines = list(islice(io.StringIO(text, newline=""), 50))

    def split(by: str) -> tuple[int, int]:
        widths = [len(row) for row in _rows(iter(lines), by)]
        return sum(width > 1 for width in widths), sum(widths)

    best = max(_SEPARATORS, key=split)
    return best if split(best)[0] else None


def read(content: bytes, limits: Limits) -> tuple[list[list[str]], Marks]:
    """All rows, everything as text. Raises TooLarge, and Unreadable for a cell that never ends."""
    text = decoded(content)
    by = separator(text) if text is not None else None
    if by is None:
        raise NotAWorkbook(found="text")
    marks = Marks(SHEET)
    rows: list[list[str]] = []
    for number, row in enumerate(_rows(io.StringIO(text, newline=""), by), start=1):
        filled = max((column for column, value in enumerate(row, start=1) if compact(value)), default=0)
        if filled:
            marks.reach(number, filled, limits)
            rows += [[] for _ in range(number - 1 - len(rows))]
            rows.append(row[:filled])
            marks.errors |= {(number, n): text for n, text in enumerate(row, start=1) if text in KNOWN_ERRORS}
    return rows, marks


def _rows(lines: Iterable[str], by: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(lines, delimiter=by)
    except csv.Error as problem:
        raise Unreadable(problem=f"CSV: {problem}") from problem
