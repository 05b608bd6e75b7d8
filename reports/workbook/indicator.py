"""One indicator: every subject in every quarter, what stands above and below the line, and two native charts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell as cell

from catalogue.display import quarter
from catalogue.model import Indicator
from catalogue.wording import pick, say
from reports.workbook.book import HEAD, Book, BookColumn, Page
from reports.workbook.cells import Cell, Lamp, number_of, on_the_year, plain, quotient, told, value_of, verdict, who
from reports.workbook.charts import Charts, Drawn, Series, ends, of_ends, said
from reports.workbook.definitions import SHAPE, line, rules
from reports.workbook.looks import worded_unit
from sentences import reading, titles

NAMES, WIDTH = 26.0, 20.0


@dataclass(frozen=True, slots=True)
class _Grid:
    """Rows of `judged` about one indicator, (subject, period) -> row, of these quarters and of the subjects that have any."""

    indicator: Indicator
    periods: list[str]
    subjects: list[str]
    rows: dict[tuple[str | None, str], Any]

    @property
    def city(self) -> list[Any]:
        """Quarter by quarter; None where it has no row."""
        return [self.rows.get((None, period)) for period in self.periods]


def series(book: Book, page: Page, indicator: Indicator, periods: list[str], rows: list[Any], charts: Charts) -> None:
    """rows: of `judged` about this indicator."""
    known = {(row.subject, row.period): row for row in rows}
    subjects = [code for code in indicator.units if any((code, period) in known for period in periods)]
    grid = _Grid(indicator, periods, subjects, known)
    page.heading(pick(indicator), say("workbook.note.series", measure=say(f"measure.{indicator.measure}")))
    page.widths([NAMES, *[WIDTH] * max(len(periods), 4)])
    below = _below(book, grid.city)
    parts = _tops(indicator, len(subjects), len(below))
    last = _values(book, page, grid, parts, below)
    for name, top in parts.items():
        last = _part(book, page, grid, name, top)
    if parts:
        page.sheet.repeat_rows(0, 0)
    before = [parts["numerator"] - 1] if parts else []
    charts.draw(page, last + 2, _charts(book, page, grid), apart=bool(parts), before=before)


def _tops(indicator: Indicator, subjects: int, below: int) -> dict[str, int]:
    """Rows of the heads of the two tables under the first; none where nothing is divided."""
    if not indicator.is_ratio:
        return {}
    first = HEAD + subjects + 1 + below + 4
    return {"numerator": first, "denominator": first + subjects + 4}


def _below(book: Book, city: list[Any]) -> list[list[Cell]]:
    """What stands under the city's row, quarter by quarter; on the year only where a year before has something."""
    lines: dict[str, list[Cell]] = {
        "target": [told(row, "target") for row in city],
        "pace": [told(row, "pace") for row in city],
        "change": [told(row, "change") for row in city],
        "year_change": [on_the_year(book.snapshot, row) for row in city],
        "coverage": [reading.coverage(row) for row in city],
        "light": [None if row is None else Lamp(row.light) for row in city],
        "verdict": [verdict(row) for row in city],
    }
    return [
        [say(f"workbook.below.{name}"), *cells]
        for name, cells in lines.items()
        if name != "year_change" or any(cell is not None for cell in cells)
    ]


def _values(book: Book, page: Page, grid: _Grid, parts: dict[str, int], below: list[list[Cell]]) -> int:
    plan, count = book.plan, len(grid.subjects)
    lines: list[list[Cell]] = []
    for n, code in enumerate(grid.subjects):
        values = [
            _quotient(grid.rows.get((code, period)), grid.indicator, parts, n, column)
            for column, period in enumerate(grid.periods, start=1)
        ]
        lines.append([who(plan, code), *values])
    city = [_city(book, grid.indicator, row, parts, count, column) for column, row in enumerate(grid.city, start=1)]
    lines += [[who(plan, None), *city], *below]
    last = page.table(HEAD, _heads(grid.periods), lines, sums=1 + len(below))
    page.listed(HEAD, HEAD + count, len(grid.periods) + 1, 1)
    page.lights(last - 1, 1, last - 1, len(grid.periods))
    return last


def _heads(periods: list[str]) -> list[BookColumn]:
    return [
        BookColumn(say("workbook.column.unit"), NAMES),
        *(BookColumn(quarter(period), WIDTH, "word") for period in periods),
    ]


def _quotient(row: Any, indicator: Indicator, parts: dict[str, int], n: int, column: int) -> Cell:
    """A unit's ratio follows from its two numbers below; n: its place among the subjects."""
    if not parts:
        return value_of(row)
    above, below = (cell(top + 1 + n, column) for top in parts.values())
    return value_of(row, quotient(indicator, above, below))


def _city(book: Book, indicator: Indicator, row: Any, parts: dict[str, int], subjects: int, column: int) -> Cell:
    if row is not None and reading.counts_units(indicator, book.plan.commitments.get(row.commitment or ""), None):
        return value_of(row, behind=say("workbook.meeting", unit=worded_unit(row.measure)))
    if not parts:
        return value_of(row, f"SUM({cell(HEAD + 1, column)}:{cell(HEAD + subjects, column)})")
    above, below = (cell(top + 1 + subjects, column) for top in parts.values())
    return value_of(row, quotient(indicator, above, below))


def _part(book: Book, page: Page, grid: _Grid, name: str, top: int) -> int:
    """Numerators or denominators of those that gave both, and their sum."""
    indicator, periods, subjects, known = grid.indicator, grid.periods, grid.subjects, grid.rows
    element = (indicator.numerator if name == "numerator" else indicator.denominator)[0]
    measure = book.plan.elements[element].measure
    page.put(top - 1, 0, say(f"workbook.table.{name}", measure=say(f"measure.{measure}")), "part")

    def of(code: str | None, period: str, formula: str = "") -> Cell:
        row = known.get((code, period))
        return None if row is None else plain(getattr(row, name), measure, formula)

    lines = [[who(book.plan, code), *(of(code, period) for period in periods)] for code in subjects]
    sums = [
        f"SUM({cell(top + 1, column)}:{cell(top + len(subjects), column)})" for column in range(1, len(periods) + 1)
    ]
    lines.append(
        [who(book.plan, None), *(of(None, period, formula) for period, formula in zip(periods, sums, strict=True))]
    )
    return page.table(top, _heads(periods), lines, sums=1)


def _charts(book: Book, page: Page, grid: _Grid) -> list[Drawn]:
    """The subjects in this quarter, the city through the quarters; each with its target where it has one."""
    indicator, periods, subjects, known = grid.indicator, grid.periods, grid.subjects, grid.rows
    plan, now = book.plan, len(periods)
    frame = book.snapshot.of_indicator(indicator.code)
    promise = next((one for one in plan.commitments.values() if one.indicator == indicator.code), None)
    city, found = known.get((None, periods[-1])), []
    under = HEAD + len(subjects) + 2
    if len(subjects) > 1:
        by_code = {code: number_of(known.get((code, periods[-1]))) for code in subjects}
        codes = ends(by_code)
        lines = [
            _series(
                pick(indicator),
                [page.ref(HEAD + 1 + subjects.index(code), now) for code in codes],
                [by_code[code] for code in codes],
            )
        ]
        if city is not None and not reading.blank(city.target) and city.measure == "percent":
            lines.append(
                Series(
                    said("city_target"),
                    (page.ref(under, now),) * len(codes),
                    (float(city.target),) * len(codes),
                    "line",
                )
            )
        names = tuple(reading.unit_name(plan.units[code]) if code in plan.units else who(plan, code) for code in codes)
        title = of_ends(titles.by_unit(frame, indicator, promise, plan, periods[-1]), len(codes), len(subjects))
        found.append(Drawn(title, title, indicator.measure, names, tuple(lines)))
    rows = [known.get((None, period)) for period in periods]
    lines = [
        _series(
            who(plan, None),
            [page.ref(HEAD + 1 + len(subjects), n) for n in range(1, now + 1)],
            [number_of(row) for row in rows],
        )
    ]
    for n, name in enumerate(("target", "pace")):
        values = [number_of(row, name) for row in rows]
        if any(value is not None for value in values):
            lines.append(
                _series(
                    said(name),
                    [page.ref(under + n, column) for column in range(1, now + 1)],
                    values,
                    "dashed" if name == "pace" else "line",
                )
            )
    title = titles.finding(frame, indicator, promise, plan, periods[-1])
    measure = indicator.measure if city is None else city.measure
    return [*found, Drawn(title, title, measure, tuple(quarter(period) for period in periods), tuple(lines))]


def _series(name: str, refs: list[str], values: list[float | None], look: str = "column") -> Series:
    return Series(name, tuple(refs), tuple(values), look)


def meaning(book: Book, page: Page, indicator: Indicator) -> None:
    """Definition, formula, clause and rule, one under the other."""
    promise = next((one for one in book.plan.commitments.values() if one.indicator == indicator.code), None)
    page.heading(say("workbook.sheet.meaning"), pick(indicator))
    page.widths([NAMES, 90.0])
    told_of = line(book.plan, indicator, promise)
    last = page.table(
        HEAD,
        [BookColumn(say("workbook.column.item"), NAMES), BookColumn(say("workbook.column.what"), 90.0)],
        ((say(f"workbook.column.{name}"), words) for (name, _), words in zip(SHAPE, told_of, strict=True)),
    )
    page.sheet.freeze_panes(HEAD + 1, 0)
    page.put(last + 2, 0, say("workbook.sheet.rules"), "part")
    rules(book, page, last + 3, (promise.light if promise else "none",))
