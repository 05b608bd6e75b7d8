"""A unit's own sheets: its indicators beside the city's, with its place among the units; its receipts."""

from __future__ import annotations

from typing import Any

from catalogue.display import quarter
from catalogue.model import Indicator
from catalogue.wording import pick, say
from reports.workbook.book import HEAD, Book, BookColumn, Page
from reports.workbook.cells import Cell, Lamp, day_of, on_the_year, told, value_of, verdict
from reports.workbook.looks import worded_unit
from reports.workbook.scorecard import spark
from reports.workbook.themes import goal
from sentences import reading
from warehouse import read
from warehouse.reads.county import places

SHAPE = (
    ("promise", 8),
    ("indicator", 30),
    ("theme", 16),
    ("value", 12),
    ("measure", 9),
    ("target", 11),
    ("whose", 9),
    ("light", 11),
    ("verdict", 28),
    ("city", 19),
    ("rank", 7),
    ("ranked_of", 7),
    ("moved", 8),
    ("change", 15),
    ("year_change", 15),
    ("trend", 16),
    ("cells", 22),
)
AT = {name: n for n, (name, _) in enumerate(SHAPE)}
RECEIPTS = (
    ("quarter", 15),
    ("form", 34),
    ("receipt", 32),
    ("received", 15),
    ("state", 10),
    ("late", 9),
    ("sent_back", 40),
    ("correction", 30),
    ("file", 52),
)


def standing(book: Book, page: Page, unit: str, periods: list[str], rows: list[Any], cells: list[Any]) -> None:
    """Every indicator the unit reports. rows: of `judged` about it and the city, of all `periods`; cells: of the sheet of data."""
    snapshot = book.snapshot
    known = {(row.indicator, row.subject, row.period): row for row in rows}
    mine = list(dict.fromkeys(row.indicator for row in rows if row.subject == unit and row.period == snapshot.period))
    now = {cell.element: cell for cell in cells if cell.period == snapshot.period}
    files = say("workbook.comma").join(dict.fromkeys(cell.file_name for cell in now.values())) or say("charts.missing")
    page.heading(say("workbook.sheet.standing"), say("workbook.note.standing", files=files))
    columns = [
        BookColumn(say(f"workbook.column.{name}"), width, "word" if name in ("value", "city") else "text")
        for name, width in SHAPE
    ]
    columns += [BookColumn(quarter(period), 11) for period in periods]
    page.widths(columns)
    page.hide_unless(AT["year_change"], bool(snapshot.on_the_year()))
    ranks = snapshot.ask(lambda con: places(con, unit, snapshot.basis))
    moved = {row.indicator: row for row in ranks.itertuples() if row.period == snapshot.period}
    last = page.table(
        HEAD,
        columns,
        (
            (
                *_line(
                    book, known[code, unit, snapshot.period], known.get((code, None, snapshot.period)), moved.get(code)
                ),
                _from(now, book.plan.indicators[code]),
                *past([known.get((code, unit, period)) for period in periods]),
            )
            for code in mine
        ),
    )
    page.listed(HEAD, last, len(columns), 2)
    page.lights(HEAD + 1, AT["light"], last)
    page.sheet.print_area(0, 0, last, AT["cells"])
    for row, code in enumerate(mine, start=HEAD + 1):
        spark(book, page, (row, AT["trend"]), len(SHAPE), periods, book.plan.indicators[code])


def _line(book: Book, row: Any, city: Any, place: Any) -> tuple[Cell, ...]:
    """Its own target where it has one; else the city's, to compare with."""
    plan, own = book.plan, told(row, "target")
    indicator, promise = plan.indicators[row.indicator], plan.commitments.get(row.commitment or "")
    compared = compared_with_city(book, row)
    counts = city is not None and reading.counts_units(indicator, promise, None)
    judged = reading.state(row) == "value" and row.verdict not in ("no_target", "no_subtarget")
    return (
        row.commitment,
        pick(indicator),
        pick(plan.themes[indicator.theme], "title"),
        value_of(row),
        say(f"measure.{row.measure}"),
        own or (goal(book, city) if compared else None),
        say("workbook.whose.own" if own else "workbook.whose.city") if own or compared else None,
        Lamp(row.light) if judged else None,
        verdict(row, promise),
        None
        if city is None
        else value_of(city, behind=say("workbook.meeting", unit=worded_unit(city.measure)) if counts else ""),
        None if reading.blank(row.rank) else int(row.rank),
        None if reading.blank(row.ranked_of) else int(row.ranked_of),
        None if place is None or reading.blank(place.moved) else int(place.moved),
        told(row, "change"),
        on_the_year(book.snapshot, row),
        None,
    )


def compared_with_city(book: Book, row: Any) -> bool:
    """The city's target says something of one unit too: of a ratio, and not of what is judged unit by unit."""
    promise = book.plan.commitments.get(row.commitment or "")
    comparable = reading.is_comparable(book.plan.indicators[row.indicator])
    return comparable and promise is not None and promise.scope != "each"


def _from(cells: dict[str, Any], indicator: Indicator) -> str:
    """学前教育!E9、E11、E8: numerator first. cells: by element."""
    sheets: dict[str, dict[str, None]] = {}
    for code in (*indicator.numerator, *indicator.denominator):
        if code in cells:
            sheets.setdefault(cells[code].sheet, {})[cells[code].cell] = None
    comma = say("workbook.comma")
    return comma.join(f"{sheet}!{comma.join(found)}" for sheet, found in sheets.items())


def past(rows: list[Any]) -> list[Cell]:
    """Blank where there is no number: a small line would draw a word as 0."""
    return [None if row is None or reading.state(row) != "value" else value_of(row) for row in rows]


def receipts(book: Book, page: Page, unit: str) -> None:
    """Every receipt of the unit, newest first."""
    plan = book.plan
    found = book.snapshot.ask(lambda con: read.submissions(con, reporter=unit))
    page.heading(say("workbook.sheet.receipts"), say("workbook.note.receipts"))
    columns = [BookColumn(say(f"workbook.column.{name}"), width) for name, width in RECEIPTS]
    page.widths(columns)
    last = page.table(
        HEAD,
        columns,
        (
            (
                quarter(row.period),
                pick(plan.forms[row.form], "title") if row.form in plan.forms else row.form,
                row.number,
                day_of(row.received_at),
                say(f"state.{row.state}"),
                say("returns.yes" if row.late else "returns.no"),
                row.reason,
                row.correction,
                row.file_name,
            )
            for row in found.itertuples(index=False)
        ),
    )
    page.listed(HEAD, last, len(columns), 1)
