"""The scorecard: a row per promise, its light in words, and its way through the quarters as a small line."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from catalogue.display import quarter
from catalogue.model import Commitment, Indicator
from catalogue.naming import aim, responsible
from catalogue.wording import say
from reports.workbook.book import HEAD, Book, BookColumn, Page
from reports.workbook.cells import Cell, Lamp, Link, on_the_year, told, value_of, verdict
from reports.workbook.looks import PAPER
from sentences import reading

COLUMNS = (
    ("promise", 8),
    ("task", 5),
    ("indicator", 20),
    ("aim", 12),
    ("target", 9.5),
    ("pace", 9.5),
    ("value", 9.5),
    ("measure", 9),
    ("counted", 8.5),
    ("expected", 8.5),
    ("change", 13.5),
    ("year_change", 13.5),
    ("light", 8.5),
    ("verdict", 34),
    ("clause", 25),
    ("responsible", 18),
    ("trend", 10),
)
AT = {name: n for n, (name, _) in enumerate(COLUMNS)}
FIRST_QUARTER = len(COLUMNS)
SPARK = {
    "markers": True,
    "weight": 1.5,
    "series_color": PAPER.accent,
    "markers_color": PAPER.accent,
    "last_color": PAPER.ink,
    "show_hidden": True,
}


def scorecard(book: Book, page: Page, periods: list[str], history: dict[tuple[str, str], Any]) -> tuple[int, int]:
    """Gives its first and last row. history: (indicator, quarter) -> the city's row."""
    snapshot = book.snapshot
    promised = sorted(snapshot.promised(), key=lambda one: not one[0].numeral)  # those the plan writes in figures first
    page.heading(
        say("workbook.sheet.scorecard"),
        say(
            "workbook.note.scorecard",
            quarter=quarter(snapshot.period),
            numerals=sum(promise.numeral for promise, _, _ in promised),
        ),
    )
    shape = [
        BookColumn(say(f"workbook.column.{name}"), width, "word" if name == "value" else "text")
        for name, width in COLUMNS
    ]
    shape += [BookColumn(quarter(period), 11) for period in periods]
    page.widths(shape)
    page.hide_unless(AT["year_change"], bool(snapshot.on_the_year()))
    last = page.table(
        HEAD, shape, (_line(book, *one, [history.get((one[1].code, period)) for period in periods]) for one in promised)
    )
    page.listed(HEAD, last, len(shape), AT["indicator"] + 1)
    page.lights(HEAD + 1, AT["light"], last)
    page.sheet.print_area(0, 0, last, AT["trend"])
    page.printed = AT["trend"] + 1
    for row, (_, indicator, _) in enumerate(promised, start=HEAD + 1):
        spark(book, page, (row, AT["trend"]), FIRST_QUARTER, periods, indicator)
    return HEAD + 1, last


def spark(book: Book, page: Page, at: tuple[int, int], first: int, periods: list[str], indicator: Indicator) -> None:
    """A small line over the quarters that stand in the same row from column `first` on.

    What is counted from 1 January has no common line with the year before, so it begins behind the baseline.
    """
    baseline = str(book.plan.baseline_period)
    later = periods[0] == baseline and len(periods) > 1 and reading.grows_through_the_year(indicator, book.plan)
    cells = f"{xl_col_to_name(first + later)}{at[0] + 1}:{xl_col_to_name(first + len(periods) - 1)}{at[0] + 1}"
    page.sheet.add_sparkline(*at, {"range": f"{quote_sheetname(page.name)}!{cells}", **SPARK})


def why(book: Book, row: Any) -> str:
    """The verdict and, in a line, what it rests on and what would turn it green."""
    short = book.snapshot.short_why(row.indicator)
    return "\n".join(filter(None, (verdict(row, book.plan.commitments.get(row.commitment)), short)))


def _line(book: Book, promise: Commitment, indicator: Indicator, row: Any, past: list[Any]) -> tuple[Cell, ...]:
    """Of a promise each must keep the value counts those that do, and is printed as 6/7."""
    task, each = book.plan.tasks[promise.task], reading.counts_units(indicator, promise, None)
    of_all = "" if not each or reading.blank(row.target) else f"/{int(row.target)}"
    return (
        Link(f"theme.{indicator.theme}", promise.id),
        promise.task,
        reading.city_name(indicator, promise),
        say(f"workbook.aim.each_{row.measure}", aim=aim(promise)) if each else say(f"workbook.aim.{promise.operator}"),
        told(row, "target"),
        told(row, "pace"),
        value_of(row, behind=of_all),
        say(f"workbook.meets.{row.measure}") if each else say(f"measure.{row.measure}"),
        reading.stands_on(row),
        int(row.expected),
        told(row, "change"),
        on_the_year(book.snapshot, row),
        Lamp(row.light),
        why(book, row),
        promise.quote,
        responsible(book.plan, task),
        None,
        *(None if one is None or reading.state(one) != "value" else value_of(one) for one in past),
    )
