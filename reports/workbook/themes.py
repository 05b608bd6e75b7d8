"""One sheet per theme: its county table, what the bureau itself reports, and native charts of what is promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell as cell

from catalogue.display import number
from catalogue.model import Commitment, Indicator
from catalogue.naming import element_name
from catalogue.wording import pick, say
from reports.workbook.book import HEAD, Book, BookColumn, Page
from reports.workbook.cells import (
    AIM,
    Amount,
    Cell,
    Lamp,
    kept,
    length,
    number_of,
    on_the_year,
    plain,
    quotient,
    told,
    value_of,
    who,
)
from reports.workbook.charts import Charts, Drawn, Series, ends, of_ends, said
from reports.workbook.looks import worded_unit
from reports.workbook.values import AT, ValueRows
from sentences import reading, titles

NAMES, WIDTH, NARROW = 15, 14, 9
BELOW = ("target", "pace", "change", "year_change", "coverage", "light")  # rows under the city's
PARTS = ("numerator", "denominator")
_MEETS = {"ge": ">=", "le": "<=", "eq": "="}


@dataclass(frozen=True, slots=True)
class IndicatorColumns:
    """Columns of one indicator: its value, and before it what is divided, where it is a ratio. column: of the value; parts: by
    their name."""

    indicator: Indicator
    column: int
    parts: dict[str, int]


def theme(book: Book, page: Page, code: str, places: ValueRows, charts: Charts) -> None:
    plan = book.plan
    mine = [indicator for indicator in plan.indicators.values() if indicator.theme == code]
    spots = _spots([indicator for indicator in mine if reading.is_by_unit(indicator, plan)])
    others = [indicator for indicator in mine if not reading.is_by_unit(indicator, plan)]
    heads = _heads(book, spots)
    page.heading(pick(plan.themes[code], "title"), say("workbook.note.theme"))
    page.widths([NAMES, *(one.width for one in heads), *[WIDTH] * (len(others) - len(heads))])
    page.inner = {column for spot in spots if spot.parts for column in (spot.column - 1, spot.column)}
    last, drawn = HEAD, []
    if spots:
        last = _counties(book, page, spots, heads, places)
        page.listed(HEAD, HEAD + len(plan.units), len(heads) + 1, 1)
        drawn = [one for spot in spots if (one := _chart(book, page, spot, places))]
    if others:
        top = last + 3 if spots else HEAD
        if spots:
            page.put(top - 1, 0, say("workbook.table.bureau"), "part")
        last = _bureau(book, page, top, others)
    page.sheet.repeat_rows(0, 0)
    charts.draw(page, last + 2, drawn, apart=True)


def _spots(indicators: Sequence[Indicator]) -> list[IndicatorColumns]:
    found, free = [], 1
    for one in indicators:
        parts = {name: free + n for n, name in enumerate(PARTS)} if one.is_ratio else {}
        found.append(IndicatorColumns(one, free + len(parts), parts))
        free = found[-1].column + 1
    return found


def _named(indicator: Indicator) -> str:
    measure = say(f"measure.{indicator.measure}")
    return say("charts.with_measure", name=pick(indicator), measure=measure) if measure else pick(indicator)


def _heads(book: Book, spots: Sequence[IndicatorColumns]) -> list[BookColumn]:
    """Over the columns of the spots, in their order."""
    heads: list[BookColumn] = []
    for spot in spots:
        heads += [_part_head(book, spot.indicator, name) for name in spot.parts]
        city = book.snapshot.row(spot.indicator.code)
        counts = city is not None and spot.indicator.scope == "each"
        heads.append(BookColumn(_named(spot.indicator), max(WIDTH, 6 + length(_meet(city)) if counts else 0), "word"))
    return heads


def _part_head(book: Book, indicator: Indicator, part: str) -> BookColumn:
    """Of a column wide enough for the city's sum."""
    codes = getattr(indicator, part)
    measure = book.plan.elements[codes[0]].measure
    names = say("workbook.plus").join(element_name(book.plan, code) for code in codes)
    city = book.snapshot.row(indicator.code)
    widest = number(None if city is None else getattr(city, part), measure, 2)
    head = say(f"workbook.head.{part}", name=names, measure=say(f"measure.{measure}"))
    return BookColumn(head, max(NARROW, 3 + len(widest)), "word")


def _counties(
    book: Book, page: Page, spots: Sequence[IndicatorColumns], heads: list[BookColumn], places: ValueRows
) -> int:
    """Units, the whole city, what it should be; gives the last row."""
    plan, snapshot = book.plan, book.snapshot
    rows: list[list[Cell]] = []
    for at, (code, unit) in enumerate(plan.units.items(), start=HEAD + 1):
        rows.append([reading.unit_name(unit)])
        for spot in spots:
            row = snapshot.row(spot.indicator.code, code)
            rows[-1] += [*_parts(book, spot, row), _of_unit(row, code, spot, at)]
    rows.append([who(plan, None)])
    for spot in spots:
        row = snapshot.row(spot.indicator.code)
        rows[-1] += [*_parts(book, spot, row, places), _of_city(book, spot, row, places)]
    below = _below(book, [spot.indicator for spot in spots])
    rows += [_spread(spots, line) for line in below]
    last = page.table(HEAD, [BookColumn(say("workbook.column.unit"), NAMES), *heads], rows, sums=1 + len(below))
    page.lights(last, 1, last, len(heads))
    return last


def _spread(spots: Sequence[IndicatorColumns], line: list[Cell]) -> list[Cell]:
    """What is said of indicators stands under their values."""
    spread, (head, *cells) = [], line
    for spot, one in zip(spots, cells, strict=True):
        spread += [*[None] * len(spot.parts), one]
    return [head, *spread]


def _parts(book: Book, spot: IndicatorColumns, row: Any, places: ValueRows | None = None) -> list[Cell]:
    """Above and below the line. places: it is the city's row, and a sum of the units' where they are all that report."""
    found: list[Cell] = []
    for name, column in spot.parts.items():
        measure = book.plan.elements[getattr(spot.indicator, name)[0]].measure
        summed = _down(book, column) if places and _all_here(book, spot.indicator) else ""
        found.append(None if row is None else plain(getattr(row, name), measure, summed and f"SUM({summed})"))
    return found


def _down(book: Book, column: int) -> str:
    """The units' cells of a column."""
    return f"{cell(HEAD + 1, column)}:{cell(HEAD + len(book.plan.units), column)}"


def _all_here(book: Book, indicator: Indicator) -> bool:
    """Nobody but the units of this table reports it."""
    return set(indicator.units) <= book.plan.units.keys()


def _of_unit(row: Any, code: str, spot: IndicatorColumns, at: int) -> Cell:
    """Where each must keep the promise, the mark of its light stands before the number."""
    if row is None:
        return say("charts.missing" if code in spot.indicator.units else "charts.not_applicable")
    judged = reading.state(row) == "value" and row.verdict not in ("no_target", "no_subtarget")
    above_below = [cell(at, column) for column in spot.parts.values()]
    return value_of(
        row, quotient(spot.indicator, *above_below) if above_below else "", light=row.light if judged else None
    )


def _of_city(book: Book, spot: IndicatorColumns, row: Any, places: ValueRows) -> Cell:
    plan, indicator = book.plan, spot.indicator
    if row is None:
        return say("charts.missing")
    promise = plan.commitments.get(row.commitment or "")
    if promise is not None and reading.counts_units(indicator, promise, None):
        return value_of(row, _meeting(book, spot, promise), behind=_meet(row))
    if not _all_here(book, indicator):
        return value_of(row, places.city((row.indicator, row.period, row.commitment), indicator))
    at = HEAD + 1 + len(plan.units)
    if indicator.is_ratio:
        return value_of(row, quotient(indicator, *(cell(at, column) for column in spot.parts.values())))
    return value_of(row, f"SUM({_down(book, spot.column)})")


def _meet(row: Any) -> str:
    """What stands behind the number of units that keep a promise."""
    return say("workbook.meeting", unit=worded_unit(row.measure))


def _meeting(book: Book, spot: IndicatorColumns, promise: Commitment) -> str:
    """The units that keep the promise, counted over their cells; "" where they are not held against one number alike."""
    rows = (book.snapshot.row(spot.indicator.code, code) for code in spot.indicator.units)
    goals = {row.target for row in rows if row is not None and not reading.blank(row.target)}
    rules = ("threshold", "zero") if promise.operator == "eq" else ("threshold", "zero", "pace", "deadline")
    if promise.light not in rules or promise.value is None or goals != {float(promise.value)}:
        return ""
    goal = kept(float(promise.value), promise.measure)
    return f'COUNTIF({_down(book, spot.column)},"{_MEETS[promise.operator]}{goal:.12g}")'


def _below(book: Book, indicators: Sequence[Indicator]) -> list[list[Cell]]:
    """Rows of BELOW, about the city; on the year only where last year has something."""
    rows = [book.snapshot.row(one.code) for one in indicators]
    lines: tuple[list[Cell], ...] = (
        [goal(book, row) for row in rows],
        [told(row, "pace") for row in rows],
        [told(row, "change") for row in rows],
        [on_the_year(book.snapshot, row) for row in rows],
        [reading.coverage(row) for row in rows],
        [None if row is None else Lamp(row.light) for row in rows],
    )
    return [
        [say(f"workbook.below.{name}"), *line]
        for name, line in zip(BELOW, lines, strict=True)
        if name != "year_change" or any(cell is not None for cell in line)
    ]


def goal(book: Book, row: Any) -> Cell:
    """What is promised, ≥46%; of a promise each must keep: of each. Words where the plan sets no number."""
    promise = None if row is None else book.plan.commitments.get(row.commitment or "")
    if promise is None:
        return say("workbook.no_promise")
    if promise.value is None:
        return say(f"method.aim.{promise.operator}", value="")
    mine = told(row, "target") if row.subject is not None or promise.scope != "each" else None
    value = mine.value if mine else float(promise.value)
    return Amount(value, promise.measure, mine.key if mine else None, before=AIM[promise.operator])


def _bureau(book: Book, page: Page, top: int, indicators: Sequence[Indicator]) -> int:
    rows = [book.snapshot.row(one.code) for one in indicators]
    lines: list[list[Cell]] = [
        [
            say("workbook.column.department"),
            *(say("workbook.comma").join(who(book.plan, code) for code in one.units) for one in indicators),
        ],
        [say("workbook.column.value"), *(value_of(row) for row in rows)],
        *(line for line in _below(book, indicators) if any(cell not in (None, "") for cell in line[1:])),
    ]
    heads = [
        BookColumn(say("workbook.column.item"), NAMES),
        *(BookColumn(_named(one), WIDTH, "word") for one in indicators),
    ]
    last = page.table(top, heads, lines)
    page.lights(last, 1, last, len(indicators))
    return last


def _chart(book: Book, page: Page, spot: IndicatorColumns, places: ValueRows) -> Drawn | None:
    """Of what is promised and reported by several; the target where the units, or all of them by one ratio, can be held against it."""
    plan, snapshot, indicator = book.plan, book.snapshot, spot.indicator
    city = snapshot.row(indicator.code)
    promise = None if city is None else plan.commitments.get(city.commitment or "")
    asked = [code for code in plan.units if code in indicator.units]
    rows = {code: snapshot.row(indicator.code, code) for code in asked}
    values = {code: number_of(row, "value") for code, row in rows.items()}
    told_of = [value for value in values.values() if value is not None]
    if promise is None or len(asked) < 2 or not (any(told_of) or (told_of and promise.light != "zero")):
        return None  # nothing, where nothing is what should be, is no picture
    codes = ends(values)
    at = {code: HEAD + 1 + n for n, code in enumerate(plan.units)}
    series = [
        Series(
            pick(indicator),
            tuple(page.ref(at[code], spot.column) for code in codes),
            tuple(values[code] for code in codes),
        )
    ]
    line = _line(page, spot, len(plan.units), {code: rows[code] for code in codes}, city, places)
    readings = reading.readings_of({code: row for code, row in rows.items() if row is not None}, indicator, plan)
    title = of_ends(titles.of_units(readings, city, indicator, promise, snapshot.period), len(codes), len(asked))
    source = say("charts.source", document=plan.document_of(promise), task=promise.task, quote=promise.quote)
    names = tuple(reading.unit_name(plan.units[code]) for code in codes)
    return Drawn(title, f"{title} {source}", indicator.measure, names, (*series, *([line] if line else [])))


def _line(
    page: Page, spot: IndicatorColumns, units: int, rows: dict[str, Any], city: Any, places: ValueRows
) -> Series | None:
    """Each unit's own target; else the city's, where it is a ratio like theirs. A sum's target is nobody's own."""
    own = tuple(number_of(row, "target") for row in rows.values())
    if any(value is not None for value in own):
        first = places.spans[city.indicator, city.period, city.commitment].first
        asked = (code for code in page.book.plan.units if code in spot.indicator.units)
        at = {code: first + n for n, code in enumerate(asked)}
        refs = tuple(
            places.page.ref(at[code], AT["target"]) if value is not None else ""
            for code, value in zip(rows, own, strict=True)
        )
        return Series(said("target"), refs, own, "line")
    if reading.blank(city.target) or city.measure not in ("percent", "ratio"):
        return None
    ref = page.ref(HEAD + units + 2, spot.column)
    return Series(said("city_target"), tuple(ref for _ in rows), tuple(float(city.target) for _ in rows), "line")
