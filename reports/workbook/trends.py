"""The way of one unit through the quarters: its promised indicators as a table, and a native chart of each with its target."""

from __future__ import annotations

from typing import Any

from catalogue.display import quarter
from catalogue.model import Indicator
from catalogue.wording import pick, say
from reports.workbook.book import HEAD, Book, BookColumn, Page
from reports.workbook.cells import Amount, Cell, told
from reports.workbook.charts import Charts, Drawn, Series, said
from reports.workbook.county import compared_with_city, past
from reports.workbook.themes import goal
from sentences import reading, titles

TRENDS = (("promise", 8), ("indicator", 34), ("measure", 9))


def trends(book: Book, page: Page, unit: str, periods: list[str], rows: list[Any], charts: Charts) -> None:
    """What is promised and has a way to show: a row each through the quarters, its target behind them, and a chart each."""
    plan, period = book.plan, book.snapshot.period
    known = {(row.indicator, row.subject, row.period): row for row in rows}
    shown = [
        (promise, plan.indicators[promise.indicator])
        for promise in sorted(plan.commitments.values(), key=lambda one: not one.numeral)
        if _has_a_way([known.get((promise.indicator, unit, one)) for one in periods])
    ]
    page.heading(say("workbook.sheet.trends"), say("workbook.note.trends"))
    columns = [
        *(BookColumn(say(f"workbook.column.{name}"), width) for name, width in TRENDS),
        *(BookColumn(quarter(one), 13, "word") for one in periods),
        BookColumn(say("workbook.column.target"), 13, "word"),
    ]
    page.widths(columns)
    lines: list[list[Cell]] = []
    for promise, indicator in shown:
        mine, city = (known.get((indicator.code, who, period)) for who in (unit, None))
        before = past([known.get((indicator.code, unit, one)) for one in periods])
        lines.append(
            [promise.id, pick(indicator), say(f"measure.{indicator.measure}"), *before, _held_against(book, mine, city)]
        )
    last = page.table(HEAD, columns, lines)
    page.listed(HEAD, last, len(columns), 2)
    page.sheet.repeat_rows(0, 0)
    frame = book.snapshot.rows
    drawn = []
    for at, ((promise, indicator), line) in enumerate(zip(shown, lines, strict=True), start=HEAD + 1):
        title = titles.finding(frame, indicator, promise, plan, period, unit)
        names, own = tuple(map(quarter, periods)), _own(known.get((indicator.code, unit, period)))
        drawn.append(Drawn(title, title, indicator.measure, names, _lines(page, at, indicator, line, own)))
    charts.draw(page, last + 2, drawn, apart=True)


def _held_against(book: Book, mine: Any, city: Any) -> Amount | None:
    """Its own target; else the city's, where it can be compared with it."""
    if _own(mine):
        return told(mine, "target")
    promise = None if mine is None else book.plan.commitments.get(mine.commitment or "")
    if promise is None or promise.value is None or not compared_with_city(book, mine):
        return None
    found = goal(book, city)
    return found if isinstance(found, Amount) else None


def _own(row: Any) -> bool:
    """It has a target of its own."""
    return told(row, "target") is not None


def _lines(page: Page, at: int, indicator: Indicator, line: list[Cell], own: bool) -> tuple[Series, ...]:
    """The row's quarters as columns, its own target or the city's across them."""
    first, (*before, target) = len(TRENDS), line[len(TRENDS) :]
    refs = tuple(page.ref(at, first + n) if cell else "" for n, cell in enumerate(before))
    mine = Series(pick(indicator), refs, tuple(cell.value if isinstance(cell, Amount) else None for cell in before))
    if not isinstance(target, Amount):
        return (mine,)
    across = (page.ref(at, first + len(before)),) * len(before)
    return mine, Series(said("target" if own else "city_target"), across, (target.value,) * len(before), "line")


def _has_a_way(rows: list[Any]) -> bool:
    """Two quarters with a number, and not nothing in all of them."""
    told_of = [row.value for row in rows if row is not None and reading.state(row) == "value"]
    return len(told_of) > 1 and any(told_of)
