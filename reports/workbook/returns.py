"""Returns owed for the quarter: who owes what, by how many days late, what was sent back and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalogue.period import Period
from catalogue.wording import knows, pick, say
from reports.workbook.book import HEAD, Book, BookColumn, Page
from reports.workbook.cells import Cell, day_of, who
from warehouse.reads.chase import Return, days_late, owed

SHAPE = (
    ("reporter", 20),
    ("form", 34),
    ("state", 10),
    ("owes", 18),
    ("due", 15),
    ("first_at", 15),
    ("submitted", 15),
    ("days_late", 9),
    ("times_filed", 8),
    ("times_returned", 8),
    ("sent_back", 40),
    ("receipt", 32),
    ("file", 52),
)
AT = {name: n for n, (name, _) in enumerate(SHAPE)}
_GROUNDS = {"missing": "red", "returned": "yellow"}


def returns(book: Book, page: Page, reporter: str | None = None, key: str = "returns") -> None:
    """Of everybody, or of one. Those that are missing or sent back come first; key: whose name the sheet has."""
    snapshot = book.snapshot
    told: dict[str, Any] = {**snapshot.returns}
    page.heading(say(f"workbook.sheet.{key}"), say(f"workbook.note.{key}", **told))
    found = snapshot.ask(lambda con: owed(con, snapshot.period, snapshot.today)).itertuples(index=False)
    late = snapshot.ask(lambda con: days_late(con, snapshot.period, snapshot.today))
    rows = sorted(
        (row for row in found if reporter in (None, row.reporter)),
        key=lambda row: (row.state not in _GROUNDS, row.state == "returned"),
    )
    columns = [BookColumn(say(f"workbook.column.{name}"), width) for name, width in SHAPE]
    page.widths(columns)
    last = page.table(HEAD, columns, (_line(book, row, late) for row in rows))
    page.listed(HEAD, last, len(columns), 1)
    for state, light in _GROUNDS.items():
        rule = {
            "type": "cell",
            "criteria": "==",
            "value": f'"{say(f"state.{state}")}"',
            "format": book.looks.lights[light],
        }
        page.sheet.conditional_format(HEAD + 1, AT["state"], max(last, HEAD + 1), AT["state"], rule)


def _line(book: Book, row: Any, late: Mapping[Return, int]) -> tuple[Cell, ...]:
    owes = f"workbook.owes.{row.state}"
    return (
        who(book.plan, row.reporter),
        pick(book.plan.forms[row.form], "title"),
        say(f"state.{row.state}"),
        say(owes) if knows(owes) else None,
        day_of(row.due),
        day_of(row.first_at),
        day_of(row.submitted_at),
        late.get((Period.parse(row.period), row.form, row.reporter)),
        int(row.times_filed),
        int(row.times_returned),
        row.reason,
        row.number,
        row.file_name,
    )
