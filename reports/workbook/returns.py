"""Returns owed for the quarter: who filed, who is late, what is missing."""

from __future__ import annotations

from typing import Any

from catalogue.wording import pick, say
from reports.workbook.book import HEAD, Book, Column, Page
from reports.workbook.cells import Cell, day_of, who

SHAPE = (
    ("reporter", 20),
    ("form", 34),
    ("state", 10),
    ("due", 15),
    ("first_at", 15),
    ("submitted", 15),
    ("late", 9),
    ("times_filed", 8),
    ("times_returned", 8),
    ("receipt", 32),
    ("file", 52),
)
_GROUNDS = {"missing": "red", "returned": "yellow"}


def returns(book: Book, page: Page) -> None:
    """Those that are missing or sent back come first."""
    snapshot = book.snapshot
    counted, owed = snapshot.coverage
    page.heading(say("workbook.sheet.returns"), say("workbook.note.returns", counted=counted, owed=owed))
    rows = sorted(
        snapshot.status.itertuples(index=False), key=lambda row: (row.state not in _GROUNDS, row.state == "returned")
    )
    listed(book, page, HEAD, rows)


def listed(book: Book, page: Page, top: int, rows: list[Any]) -> int:
    """rows: of `reporting_status`. Gives the last row."""
    columns = [Column(say(f"workbook.column.{name}"), width) for name, width in SHAPE]
    page.widths(columns)
    last = page.table(top, columns, (_line(book, row) for row in rows))
    page.listed(top, last, len(columns), 1)
    for state, light in _GROUNDS.items():
        rule = {
            "type": "cell",
            "criteria": "==",
            "value": f'"{say(f"state.{state}")}"',
            "format": book.looks.lights[light],
        }
        page.sheet.conditional_format(top + 1, 2, max(last, top + 1), 2, rule)
    return last


def _line(book: Book, row: Any) -> tuple[Cell, ...]:
    return (
        who(book.plan, row.reporter),
        pick(book.plan.forms[row.form], "title"),
        say(f"state.{row.state}"),
        day_of(row.due),
        day_of(row.first_at),
        day_of(row.submitted_at),
        say("returns.yes" if row.late else "returns.no"),
        int(row.times_filed),
        int(row.times_returned),
        row.number,
        row.file_name,
    )
