"""The sheet of values, a row per number of `judged`: what is judged, and by what.

What the other sheets sum up they sum up here, where not over cells of their own: `ValueRows` says where the rows of an indicator stand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from catalogue.model import Indicator
from catalogue.wording import pick, say
from reports.workbook.book import HEAD, Book, Page
from reports.workbook.cells import Cell, on_the_year, plain, quotient, told, value_of, verdict, who
from reports.workbook.data import Rows, columns
from sentences import reading

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
    ("year_change", 14),
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
Key = tuple[str, str, str | None]  # indicator, period, commitment


@dataclass(frozen=True, slots=True)
class Span:
    """Rows of the subjects of one indicator in one quarter."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class ValueRows:
    """page: the sheet of values."""

    page: Page
    spans: dict[Key, Span] = field(default_factory=dict)

    def city(self, key: Key, indicator: Indicator) -> str:
        """The formula of the city's value, but for promises that are counted unit by unit: those blank are in no sum of ours either."""
        span = self.spans[key]

        def summed(part: str) -> str:
            return f"SUM({self.page.ref(span.first, AT[part], span.last)})"

        if not indicator.is_ratio:
            return summed("numerator")
        return quotient(indicator, summed("numerator"), summed("denominator"))


def values(book: Book, page: Page, rows: list[Any], cells: Rows, summed: bool = True) -> ValueRows:
    """rows: of `judged`. cells: where the sheet of data has each entry.

    summed: every subject is among the rows of a quarter or none is, so that the city's numbers are written as sums over them.
    """
    plan, places, start = book.plan, ValueRows(page), HEAD + 1
    for key, members in groupby(
        enumerate(rows, start), lambda one: (one[1].indicator, one[1].period, one[1].commitment)
    ):
        units = [n for n, row in members if row.subject is not None]
        if units and summed:
            places.spans[key] = Span(units[0], units[-1])
    page.heading(say("workbook.sheet.values"), say("workbook.note.values"))
    shape = columns(
        COLUMNS,
        indicator=[pick(plan.indicators[code]) for code in {row.indicator for row in rows}],
        measure={say(f"measure.{row.measure}") for row in rows},
        subject=[who(plan, code) for code in {row.subject for row in rows}],
    )
    page.widths(shape)
    page.hide_unless(
        AT["year_change"], any(book.snapshot.on_the_year(period) for period in {row.period for row in rows})
    )
    said = cache(say)  # the same words, thousands of times
    last = page.table(HEAD, shape, (_line(book, places, n, row, cells, said) for n, row in enumerate(rows, start)))
    page.listed(HEAD, last, len(shape), AT["subject"] + 1)
    page.lights(start, AT["light"], last)
    page.sheet.ignore_errors({"number_stored_as_text": f"E{start + 1}:E{last + 1}"})
    return places


def _line(
    book: Book, places: ValueRows, at: int, row: Any, cells: Rows, said: Callable[[str], str]
) -> tuple[Cell, ...]:
    plan = book.plan
    indicator = plan.indicators[row.indicator]
    promise = plan.commitments.get(row.commitment or "")
    sums = _sums(places, at, row, indicator) if row.subject is None else {}
    counts = row.subject is None and reading.counts_units(indicator, promise, None)
    value = value_of(row, "" if counts else sums.get("value", ""))
    told_of = (reading.stands_on(row), int(row.expected)) if row.subject is None else (None, None)
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
        said(f"measure.{row.measure}"),
        told(row, "target"),
        told(row, "pace"),
        told(row, "change"),
        on_the_year(book.snapshot, row),
        said(f"light.{row.light}"),
        *told_of,
        None if reading.blank(row.rank) else int(row.rank),
        plain(row.numerator, measure, sums.get("numerator", "")),
        plain(row.denominator, below, sums.get("denominator", "")) if indicator.is_ratio else None,
        _sources(row, indicator, cells, said) if row.subject else None,
        value if isinstance(value, str) else verdict(row, promise),
    )


def _sources(row: Any, indicator: Indicator, cells: Rows, said: Callable[[str], str]) -> Cell:
    """Rows of the sheet of data, numerator first; a single one as the number it is."""
    asked = (cells.get((row.period, row.subject, one)) for one in (*indicator.numerator, *indicator.denominator))
    found = [n + 1 for n in asked if n is not None]
    return found[0] if len(found) == 1 else said("workbook.comma").join(map(str, found))


def _sums(places: ValueRows, at: int, row: Any, indicator: Indicator) -> dict[str, str]:
    """Formulas of the city's row: its parts are sums of the rows below it, its value follows from them."""
    span = places.spans.get((row.indicator, row.period, row.commitment))
    if span is None:
        return {}

    def summed(part: str) -> str:
        return f"SUM({xl_rowcol_to_cell(span.first, AT[part])}:{xl_rowcol_to_cell(span.last, AT[part])})"

    above, below = (xl_rowcol_to_cell(at, AT[part]) for part in ("numerator", "denominator"))
    value = quotient(indicator, above, below) if indicator.is_ratio else above
    return {"value": value, "numerator": summed("numerator"), "denominator": summed("denominator")}
