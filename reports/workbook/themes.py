"""One sheet per theme: its county table, what the bureau itself reports, and native charts of what is promised."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_col_to_name

from catalogue.model import Indicator
from catalogue.wording import pick, say
from charts import reading, titles
from reports.workbook.book import HEAD, Book, Column, Page
from reports.workbook.cells import Amount, Cell, Lamp, told, value_of, who
from reports.workbook.charts import Charts, Drawn, Series, said
from reports.workbook.data import AT, Places
from reports.workbook.looks import worded_unit

NAMES, WIDTH = 15, 14
AIM = {"ge": "≥", "le": "≤", "eq": "="}
BELOW = ("target", "pace", "change", "coverage", "light")  # rows under the city's


def theme(book: Book, page: Page, code: str, places: Places, charts: Charts) -> None:
    plan = book.plan
    mine = [indicator for indicator in plan.indicators.values() if indicator.theme == code]
    by_unit = [indicator for indicator in mine if reading.is_by_unit(indicator, plan)]
    others = [indicator for indicator in mine if indicator not in by_unit]
    page.heading(pick(plan.themes[code], "title"), say("workbook.note.theme"))
    page.widths([NAMES, *[WIDTH] * max(len(by_unit), len(others))])
    last, drawn = HEAD, []
    if by_unit:
        last = _counties(book, page, by_unit, places)
        page.listed(HEAD, HEAD + len(plan.units), len(by_unit) + 1, 1)
        drawn = [
            one for n, indicator in enumerate(by_unit, start=1) if (one := _chart(book, page, n, indicator, places))
        ]
    if others:
        top = last + 3 if by_unit else HEAD
        if by_unit:
            page.put(top - 1, 0, say("workbook.table.bureau"), "part")
        last = _bureau(book, page, top, others)
    page.sheet.repeat_rows(0, 0)
    charts.draw(page, last + 2, drawn, apart=True)


def _heads(first: str, indicators: list[Indicator]) -> list[Column]:
    measured = (
        say("charts.with_measure", name=pick(one), measure=say(f"measure.{one.measure}"))
        if say(f"measure.{one.measure}")
        else pick(one)
        for one in indicators
    )
    return [Column(first, NAMES), *(Column(head, WIDTH, "word") for head in measured)]


def _counties(book: Book, page: Page, indicators: list[Indicator], places: Places) -> int:
    """Units, the whole city, what it should be; gives the last row."""
    plan, snapshot = book.plan, book.snapshot
    rows: list[list[Cell]] = []
    for code, unit in plan.units.items():
        readings = [_of_unit(snapshot.row(one.code, code), code, one) for one in indicators]
        rows.append([reading.unit_name(unit), *readings])
    cities = [snapshot.row(one.code) for one in indicators]
    city = [
        _of_city(book, n, one, row, places)
        for n, (one, row) in enumerate(zip(indicators, cities, strict=True), start=1)
    ]
    rows.append([who(plan, None), *city])
    rows += _below(book, indicators, cities)
    last = page.table(HEAD, _heads(say("workbook.column.unit"), indicators), rows, sums=1 + len(BELOW))
    page.lights(last, 1, last, len(indicators))
    return last


def _of_unit(row: Any, code: str, indicator: Indicator) -> Cell:
    """Where each must keep the promise, the mark of its light stands before the number."""
    if row is None:
        return say("charts.missing" if code in indicator.units else "charts.not_applicable")
    judged = reading.state(row) == "value" and row.verdict not in ("no_target", "no_subtarget")
    return value_of(row, light=row.light if judged else None)


def _of_city(book: Book, column: int, indicator: Indicator, row: Any, places: Places) -> Cell:
    plan = book.plan
    if row is None:
        return say("charts.missing")
    if reading.counts_units(indicator, plan.commitments.get(row.commitment or ""), None):
        return value_of(row, behind=worded_unit(row.measure))
    if indicator.is_ratio or not set(indicator.units) <= plan.units.keys():
        return value_of(
            row, places.city((row.indicator, row.period, row.commitment), indicator.is_ratio, indicator.scale)
        )
    letter = xl_col_to_name(column)
    return value_of(row, f"SUM({letter}{HEAD + 2}:{letter}{HEAD + 1 + len(plan.units)})")


def _below(book: Book, indicators: list[Indicator], rows: list[Any]) -> list[list[Cell]]:
    """Rows of BELOW."""
    lines = (
        [goal(book, row) for row in rows],
        [told(row, "pace") for row in rows],
        [told(row, "change") for row in rows],
        [reading.coverage(row) for row in rows],
        [None if row is None else Lamp(row.light) for row in rows],
    )
    return [[say(f"workbook.below.{name}"), *line] for name, line in zip(BELOW, lines, strict=True)]


def goal(book: Book, row: Any) -> Cell:
    """What is promised, ≥46%; of a promise each must keep: of each. Words where the plan sets no number."""
    promise = None if row is None else book.plan.commitments.get(row.commitment or "")
    if promise is None:
        return say("workbook.no_promise")
    if promise.value is None:
        return say(f"method.aim.{promise.operator}", value="")
    mine = told(row, "target") if row.subject is not None or promise.scope != "each" else None
    value = mine.value if mine else float(promise.value)
    return Amount(value, promise.measure, mine.number if mine else None, before=AIM[promise.operator])


def _bureau(book: Book, page: Page, top: int, indicators: list[Indicator]) -> int:
    rows = [book.snapshot.row(one.code) for one in indicators]
    lines: list[list[Cell]] = [
        [
            say("workbook.column.department"),
            *(say("workbook.comma").join(who(book.plan, code) for code in one.units) for one in indicators),
        ],
        [say("workbook.column.value"), *(value_of(row) for row in rows)],
        *(line for line in _below(book, indicators, rows) if any(cell not in (None, "") for cell in line[1:])),
    ]
    last = page.table(top, _heads(say("workbook.column.item"), indicators), lines)
    page.lights(last, 1, last, len(indicators))
    return last


def _chart(book: Book, page: Page, column: int, indicator: Indicator, places: Places) -> Drawn | None:
    """Of what is promised and reported by several; the target where the units, or all of them by one ratio, can be held against it."""
    plan, snapshot = book.plan, book.snapshot
    city = snapshot.row(indicator.code)
    promise = None if city is None else plan.commitments.get(city.commitment or "")
    codes = [code for code in plan.units if code in indicator.units]
    rows = {code: snapshot.row(indicator.code, code) for code in codes}
    told_of = [row.value for row in rows.values() if row is not None and reading.state(row) == "value"]
    if promise is None or len(codes) < 2 or not (any(told_of) or (told_of and promise.light != "zero")):
        return None  # nothing, where nothing is what should be, is no picture
    at = {code: HEAD + 1 + n for n, code in enumerate(plan.units)}
    values = tuple(None if row is None or reading.blank(row.value) else float(row.value) for row in rows.values())
    series = [Series(pick(indicator), tuple(page.ref(at[code], column) for code in codes), values)]
    line = _line(page, column, len(plan.units), rows, city, places)
    readings = reading.readings_of({code: row for code, row in rows.items() if row is not None}, indicator, plan)
    title = titles.of_units(readings, city, indicator, promise, snapshot.period)
    source = say("charts.source", document=plan.document, task=promise.task, quote=promise.quote)
    names = tuple(reading.unit_name(plan.units[code]) for code in codes)
    return Drawn(title, f"{title} {source}", indicator.measure, names, (*series, *([line] if line else [])))


def _line(page: Page, column: int, units: int, rows: dict[str, Any], city: Any, places: Places) -> Series | None:
    """Each unit's own target; else the city's, where it is a ratio like theirs. A sum's target is nobody's own."""
    own = [None if row is None or reading.blank(row.target) else float(row.target) for row in rows.values()]
    if any(value is not None for value in own):
        span = places.spans[city.indicator, city.period, city.commitment]
        refs = tuple(
            places.page.ref(span.first + n, AT["target"]) if value is not None else "" for n, value in enumerate(own)
        )
        return Series(said("target"), refs, tuple(own), "line")
    if reading.blank(city.target) or city.measure not in ("percent", "ratio"):
        return None
    ref = page.ref(HEAD + units + 2, column)
    return Series(said("city_target"), tuple(ref for _ in rows), tuple(float(city.target) for _ in rows), "line")
