"""The data sheet, a row per number of `judged`, and the source sheet, a row per cell the numbers stand on.

What the other sheets sum up they sum up here: `Places` says where the rows of an indicator stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from catalogue.naming import element_name
from catalogue.wording import pick, say
from charts import reading
from reports.workbook.book import HEAD, Book, Column, Page
from reports.workbook.cells import Cell, length, plain, told, value_of, verdict, who
from warehouse.read_sources import sources

COLUMNS = (
    ("period", 8),
    ("code", 22),
    ("indicator", 30),
    ("promise", 8),
    ("subject_code", 13),
    ("subject", 16),
    ("value", 13),
    ("measure", 9),
    ("target", 11),
    ("pace", 11),
    ("change", 14),
    ("light", 8),
    ("counted", 9),
    ("expected", 9),
    ("rank", 7),
    ("numerator", 12),
    ("denominator", 12),
    ("sources", 12),
    ("verdict", 34),
)
AT = {name: n for n, (name, _) in enumerate(COLUMNS)}
SOURCE_COLUMNS = (
    ("period", 8),
    ("indicator", 30),
    ("subject", 16),
    ("part", 8),
    ("element", 34),
    ("entry", 12),
    ("entered", 8),
    ("sheet", 16),
    ("cell", 8),
    ("receipt", 34),
    ("file", 60),
)
LONGEST = 70  # signs a column is wide at most
FILE_COLUMNS = (("receipt", 34), ("file", 64), ("sha256", 70))
SOURCE_AT = {name: n for n, (name, _) in enumerate(SOURCE_COLUMNS)}
Key = tuple[str, str, str | None]  # indicator, period, commitment


@dataclass(frozen=True, slots=True)
class Span:
    """Rows of one indicator in one quarter: the city's, then those of its subjects. city None: it has no row here."""

    city: int | None
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Places:
    """page: the data sheet."""

    page: Page
    spans: dict[Key, Span] = field(default_factory=dict)

    def sum(self, key: Key, part: str) -> str:
        """SUM over numerator or denominator of the subjects: those blank are in no sum of ours either."""
        span = self.spans[key]
        return f"SUM({self.page.ref(span.first, AT[part], span.last)})"

    def city(self, key: Key, is_ratio: bool, scale: int) -> str:
        """The formula of the city's value, but for promises that are counted unit by unit."""
        if not is_ratio:
            return self.sum(key, "numerator")
        return f"{'' if scale == 1 else f'{scale}*'}{self.sum(key, 'numerator')}/{self.sum(key, 'denominator')}"


def columns(shape: tuple[tuple[str, int], ...], **texts: Iterable[str]) -> tuple[Column, ...]:
    """Every word on one line: these sheets are for filters, not for reading through. texts: of columns as wide as their longest."""
    wide = {name: min(LONGEST, 3 + max(map(length, found), default=0)) for name, found in texts.items()}
    return tuple(Column(say(f"workbook.column.{name}"), max(width, wide.get(name, 0)), "bare") for name, width in shape)


def data(book: Book, page: Page, rows: list[Any], cells: dict[tuple, tuple[int, int]], summed: bool = True) -> Places:
    """rows: of `judged`, of one or more quarters. cells: where the source sheet has the cells of (indicator, subject, quarter).

    summed: every subject is among the rows, so that the city's numbers are written as sums over them.
    """
    places = Places(page)
    start = HEAD + 1
    for key, members in groupby(
        enumerate(rows, start), lambda one: (one[1].indicator, one[1].period, one[1].commitment)
    ):
        group = list(members)
        units = [n for n, row in group if row.subject is not None]
        city = next((n for n, row in group if row.subject is None), None)
        if units and summed:
            places.spans[key] = Span(city, units[0], units[-1])
    page.heading(say("workbook.sheet.data"), say("workbook.note.data"))
    shape = columns(
        COLUMNS,
        indicator=_indicators(book, rows),
        measure={say(f"measure.{row.measure}") for row in rows},
        subject=_subjects(book, rows),
    )
    page.widths(shape)
    last = page.table(HEAD, shape, (_line(book, places, n, row, cells) for n, row in enumerate(rows, start)))
    page.listed(HEAD, last, len(shape), AT["subject"] + 1)
    page.lights(start, AT["light"], last)
    page.sheet.ignore_errors({"number_stored_as_text": f"E{start + 1}:E{last + 1}"})
    return places


def _line(book: Book, places: Places, at: int, row: Any, cells: dict[tuple, tuple[int, int]]) -> tuple[Cell, ...]:
    plan = book.plan
    indicator = plan.indicators[row.indicator]
    promise = plan.commitments.get(row.commitment or "")
    sums = _sums(places, at, row) if row.subject is None else {}
    counts = row.subject is None and reading.counts_units(indicator, promise, None)
    value = value_of(row, "" if counts else sums.get("value", ""))
    told_of = (reading.stands_on(row), int(row.expected)) if row.subject is None else (None, None)
    found = cells.get((row.indicator, row.subject, row.period))
    measure = plan.elements[indicator.numerator[0]].measure
    below = plan.elements[indicator.denominator[0]].measure if indicator.is_ratio else ""
    return (
        row.period,
        row.indicator,
        pick(indicator),
        row.commitment,
        row.subject,
        who(plan, row.subject),
        None if isinstance(value, str) else value,
        say(f"measure.{row.measure}"),
        told(row, "target"),
        told(row, "pace"),
        told(row, "change"),
        say(f"light.{row.light}"),
        *told_of,
        None if reading.blank(row.rank) else int(row.rank),
        plain(row.numerator, measure, sums.get("numerator", "")),
        plain(row.denominator, below, sums.get("denominator", "")) if indicator.is_ratio else None,
        f"{found[0] + 1}–{found[1] + 1}" if found else None,
        value if isinstance(value, str) else verdict(row),
    )


def _indicators(book: Book, rows: list[Any]) -> list[str]:
    return [pick(book.plan.indicators[code]) for code in {row.indicator for row in rows}]


def _subjects(book: Book, rows: list[Any]) -> list[str]:
    return [who(book.plan, code) for code in {row.subject for row in rows}]


def _sums(places: Places, at: int, row: Any) -> dict[str, str]:
    """Formulas of the city's row: its parts are sums of the rows below it, its value follows from them."""
    key = (row.indicator, row.period, row.commitment)
    if key not in places.spans:
        return {}
    indicator = places.page.book.plan.indicators[row.indicator]
    span = places.spans[key]

    def summed(part: str) -> str:
        return f"SUM({xl_rowcol_to_cell(span.first, AT[part])}:{xl_rowcol_to_cell(span.last, AT[part])})"

    above, below = (xl_rowcol_to_cell(at, AT[part]) for part in ("numerator", "denominator"))
    value = (
        above if not indicator.is_ratio else f"{'' if indicator.scale == 1 else f'{indicator.scale}*'}{above}/{below}"
    )
    return {"value": value, "numerator": summed("numerator"), "denominator": summed("denominator")}


def cells_of(book: Book, periods: list[str], subject: str | None = None, indicator: str | None = None) -> list[Any]:
    """Rows of the mart `source` of those quarters, of one subject or one indicator where it is named."""
    found = book.snapshot.ask(lambda con: sources(con, None, book.snapshot.basis)).itertuples(
        index=False, name="Source"
    )
    return [
        row
        for row in found
        if row.period in periods and subject in (None, row.subject) and indicator in (None, row.indicator)
    ]


def source_places(cells: list[Any]) -> dict[tuple, tuple[int, int]]:
    """(indicator, subject, quarter) -> first and last row on the source sheet, from 0."""
    found: dict[tuple, tuple[int, int]] = {}
    for n, row in enumerate(cells, start=HEAD + 1):
        key = (row.indicator, row.subject, row.period)
        found[key] = (found.get(key, (n, n))[0], n)
    return found


def source(book: Book, page: Page, cells: list[Any]) -> None:
    """Where every number was reported: receipt, file, sheet, cell."""
    plan = book.plan
    names = {code: element_name(plan, code) for code in {row.element for row in cells}}
    page.heading(say("workbook.sheet.source"), say("workbook.note.source"))
    shape = columns(
        SOURCE_COLUMNS,
        indicator=_indicators(book, cells),
        subject=_subjects(book, cells),
        element=names.values(),
        sheet={row.sheet for row in cells},
        file={row.file_name for row in cells},
    )
    page.widths(shape)
    last = page.table(
        HEAD,
        shape,
        (
            (
                row.period,
                pick(plan.indicators[row.indicator]),
                who(plan, row.subject),
                say(f"workbook.part.{row.part}"),
                names[row.element],
                plain(row.value, plan.elements[row.element].measure)
                if row.state == "value"
                else say("charts.not_applicable"),
                say("returns.yes" if row.entered else "returns.no"),
                row.sheet,
                row.cell,
                row.number,
                row.file_name,
            )
            for row in cells
        ),
    )
    page.listed(HEAD, last, len(shape), SOURCE_AT["subject"] + 1)


def files(book: Book, page: Page, cells: list[Any]) -> None:
    """The workbooks the cells stand in, each once."""
    page.heading(say("workbook.sheet.files"), say("workbook.note.files"))
    shape = columns(FILE_COLUMNS, file={row.file_name for row in cells})
    page.widths(shape)
    last = page.table(HEAD, shape, dict.fromkeys((row.number, row.file_name, row.sha256) for row in cells))
    page.listed(HEAD, last, len(shape), 1)
