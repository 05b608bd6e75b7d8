"""The sheet of data, a row per entry as it was reported, each cell of a return once; and the files the cells stand in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any

from catalogue.naming import element_name
from catalogue.wording import say
from reports.workbook.book import HEAD, Book, BookColumn, Page
from reports.workbook.cells import Cell, day_of, length, plain, who
from reports.workbook.tasks import progress
from sentences import reading, works_words
from warehouse.reads.sources import entries

COLUMNS = (
    ("period", 8),
    ("subject", 16),
    ("element_code", 22),
    ("element", 34),
    ("entry", 14),
    ("measure", 9),
    ("file", 44),
    ("sheet", 16),
    ("cell", 8),
    ("receipt", 30),
    ("received", 15),
    ("reviewed", 10),
)
AT = {name: n for n, (name, _) in enumerate(COLUMNS)}
FILE_COLUMNS = (("receipt", 34), ("file", 64), ("sha256", 70))
LONGEST = 70  # signs a column is wide at most
Rows = dict[tuple[str, str, str], int]  # (quarter, subject, element) -> its row on the sheet, from 0


def columns(shape: tuple[tuple[str, int], ...], **texts: Iterable[str]) -> tuple[BookColumn, ...]:
    """Every word on one line: these sheets are for filters, not for reading through. texts: of columns as wide as their longest."""
    wide = {name: min(LONGEST, 3 + max(map(length, found), default=0)) for name, found in texts.items()}
    return tuple(
        BookColumn(say(f"workbook.column.{name}"), max(width, wide.get(name, 0)), "bare") for name, width in shape
    )


def cells_of(
    book: Book, periods: list[str], subject: str | None = None, elements: Collection[str] | None = None
) -> list[Any]:
    """Entries of those quarters that count, of one subject or of some elements where they are named."""
    found = book.snapshot.ask(lambda con: entries(con, periods, book.snapshot.basis, subject, elements))
    return [row for row in found.itertuples(index=False, name="Entry") if row.element in book.plan.elements]


def rows_of(cells: list[Any]) -> Rows:
    """Where `data` puts them."""
    return {(row.period, row.subject, row.element): n for n, row in enumerate(cells, start=HEAD + 1)}


def data(book: Book, page: Page, cells: list[Any]) -> None:
    """Where everything was reported: receipt, file, sheet, cell, and whether somebody has looked at it."""
    plan = book.plan
    names = {code: element_name(plan, code) for code in {row.element for row in cells}}
    measures = {code: _measure(plan.elements[code].measure) for code in names}
    subjects = {code: who(plan, code) for code in {row.subject for row in cells}}
    reviewed = {state: say(f"workbook.reviewed.{state}") for state in {row.reviewed for row in cells}}
    entry = _entries(book)
    page.heading(say("workbook.sheet.data"), say("workbook.note.data"))
    shape = columns(
        COLUMNS,
        subject=subjects.values(),
        element_code=names,
        element=names.values(),
        measure=measures.values(),
        file=_files(cells),
    )
    page.widths(shape)
    last = page.table(
        HEAD,
        shape,
        (
            (
                row.period,
                subjects[row.subject],
                row.element,
                names[row.element],
                entry(row),
                measures[row.element],
                row.file_name,
                row.sheet,
                row.cell,
                row.number,
                day_of(row.received_at),
                reviewed[row.reviewed],
            )
            for row in cells
        ),
    )
    page.listed(HEAD, last, len(shape), AT["element"] + 1)


def _measure(measure: str) -> str:
    """Texts and days are measured in nothing."""
    return "" if measure in ("text", "date") else say(f"measure.{measure}")


def _files(cells: list[Any]) -> set[str]:
    return {row.file_name for row in cells}


def _entries(book: Book) -> Callable[[Any], Cell]:
    """What an entry says: a number, a day, the words of a choice, its own text."""
    plan = book.plan

    def entry(row: Any) -> Cell:
        if row.state != "value":
            return reading.entry_word(row.state)
        element = plan.elements[row.element]
        if element.kind == "date":
            return date.fromisoformat(row.text)
        if element.kind == "choice":
            stage = row.element.startswith("project.")
            return (
                works_words.stage_word(plan, row.element.split(".")[1], row.text) if stage else progress(plan, row.text)
            )
        return row.text if row.text is not None else plain(row.value, element.measure)

    return entry


def files(book: Book, page: Page, cells: list[Any]) -> None:
    """The workbooks the cells stand in, each once."""
    page.heading(say("workbook.sheet.files"), say("workbook.note.files"))
    shape = columns(FILE_COLUMNS, file=_files(cells))
    page.widths(shape)
    last = page.table(HEAD, shape, dict.fromkeys((row.number, row.file_name, row.sha256) for row in cells))
    page.listed(HEAD, last, len(shape), 1)
