"""The sheet of data, a row per entry as it was reported, each cell of a return once; and the files the cells stand in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any

import pandas as pd

from catalogue.naming import element_name
from catalogue.wording import say
from reports.workbook.book import HEAD, Book, BookColumn, Page
from reports.workbook.cells import Cell, day_of, length, plain, who
from reports.workbook.tasks import progress
from sentences import reading, works_words
from warehouse.reads.sources import entries

# What one form has alike for every unit stands together, and so does what one return has alike for every entry: packed, the
# sheet of 150 units is half as large as with the entry between them.
COLUMNS = (
    ("period", 8),
    ("subject", 16),
    ("element_code", 22),
    ("element", 34),
    ("measure", 9),
    ("sheet", 16),
    ("cell", 8),
    ("entry", 14),
    ("file", 44),
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
) -> pd.DataFrame:
    """Entries of those quarters that count, of one subject or of some elements where they are named; received_at is a day."""
    found = book.snapshot.ask(lambda con: entries(con, periods, book.snapshot.basis, subject, elements))
    receipts = found.drop_duplicates("number")
    days = dict(zip(receipts["number"], map(day_of, receipts["received_at"]), strict=True))
    found["received_at"] = pd.Series([days[number] for number in found["number"]], index=found.index, dtype=object)
    return found[found["element"].isin(book.plan.elements)]


def rows_of(cells: pd.DataFrame) -> Rows:
    """Where `data` puts them."""
    known = zip(*_lists(cells, "period", "subject", "element"), strict=True)
    return {one: n for n, one in enumerate(known, start=HEAD + 1)}


def _lists(cells: pd.DataFrame, *names: str) -> list[list[Any]]:
    return [cells[name].tolist() for name in names]


def data(book: Book, page: Page, cells: pd.DataFrame) -> None:
    """Where everything was reported: receipt, file, sheet, cell, and whether somebody has looked at it."""
    plan = book.plan
    names = {code: element_name(plan, code) for code in cells["element"].unique()}
    measures = {code: _measure(plan.elements[code].measure) for code in names}
    subjects = {code: who(plan, code) for code in cells["subject"].unique()}
    reviewed = {state: say(f"workbook.reviewed.{state}") for state in cells["reviewed"].unique()}
    entry = _entries(book)
    page.heading(say("workbook.sheet.data"), say("workbook.note.data"))
    shape = columns(
        COLUMNS,
        subject=subjects.values(),
        element_code=names,
        element=names.values(),
        measure=measures.values(),
        file=cells["file_name"].unique(),
    )
    page.widths(shape)
    whose, what = _lists(cells, "subject", "element")
    entered = map(entry, what, *_lists(cells, "state", "value", "text"))
    last = page.table(
        HEAD,
        shape,
        zip(
            cells["period"].tolist(),
            [subjects[code] for code in whose],
            what,
            [names[code] for code in what],
            [measures[code] for code in what],
            *_lists(cells, "sheet", "cell"),
            entered,
            *_lists(cells, "file_name", "number", "received_at"),
            [reviewed[state] for state in cells["reviewed"]],
            strict=True,
        ),
    )
    page.listed(HEAD, last, len(shape), AT["element"] + 1)


def _measure(measure: str) -> str:
    """Texts and days are measured in nothing."""
    return "" if measure in ("text", "date") else say(f"measure.{measure}")


def _entries(book: Book) -> Callable[[str, str, float, str | None], Cell]:
    """What an entry says: a number, a day, the words of a choice, its own text."""
    plan = book.plan

    def entry(code: str, state: str, value: float, text: str | None) -> Cell:
        if state != "value":
            return reading.entry_word(state)
        element = plan.elements[code]
        if element.kind == "date" and text is not None:
            return date.fromisoformat(text)
        if element.kind == "choice" and text is not None:
            stage = code.startswith("project.")
            return works_words.stage_word(plan, code.split(".")[1], text) if stage else progress(plan, text)
        return text if text is not None else plain(value, element.measure)

    return entry


def files(book: Book, page: Page, cells: pd.DataFrame) -> None:
    """The workbooks the cells stand in, each once."""
    page.heading(say("workbook.sheet.files"), say("workbook.note.files"))
    shape = columns(FILE_COLUMNS, file=cells["file_name"].unique())
    page.widths(shape)
    known = zip(*_lists(cells, "number", "file_name", "sha256"), strict=True)
    last = page.table(HEAD, shape, dict.fromkeys(known))
    page.listed(HEAD, last, len(shape), 1)
