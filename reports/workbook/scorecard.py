"""The scorecard: a row per promise, its light in words, and its way through the quarters as a small line."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from catalogue.display import quarter
from catalogue.model import Commitment, Indicator
from catalogue.wording import pick, say
from charts import reading
from reports.workbook.book import HEAD, Book, Column, Page
from reports.workbook.cells import Cell, Lamp, Link, told, value_of, verdict
from reports.workbook.looks import PAPER

COLUMNS = (
    ("promise", 8),
    ("task", 7),
    ("indicator", 28),
    ("aim", 10),
    ("target", 11),
    ("pace", 11),
    ("value", 11),
    ("measure", 13),
    ("counted", 10),
    ("expected", 10),
    ("change", 15),
    ("light", 10),
    ("verdict", 42),
    ("trend", 16),
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
    page.heading(say("workbook.sheet.scorecard"), say("workbook.note.scorecard", quarter=quarter(snapshot.period)))
    shape = [
        Column(say(f"workbook.column.{name}"), width, "word" if name == "value" else "text") for name, width in COLUMNS
    ]
    shape += [Column(quarter(period), 11) for period in periods]
    page.widths(shape)
    promised = snapshot.promised()
    last = page.table(
        HEAD, shape, (_line(*one, [history.get((one[1].code, period)) for period in periods]) for one in promised)
    )
    page.listed(HEAD, last, len(shape), AT["indicator"] + 1)
    page.lights(HEAD + 1, AT["light"], last)
    page.sheet.print_area(0, 0, last, AT["trend"])
    for row, (_, indicator, _) in enumerate(promised, start=HEAD + 1):
        spark(book, page, row, AT["trend"], FIRST_QUARTER, periods, indicator)
    return HEAD + 1, last


def spark(book: Book, page: Page, row: int, column: int, first: int, periods: list[str], indicator: Indicator) -> None:
    """A small line over the quarters that stand in the same row from column `first` on.

    What is counted from 1 January has no common line with the year before, so it begins behind the baseline.
    """
    baseline = str(book.plan.baseline_period)
    later = periods[0] == baseline and len(periods) > 1 and reading.grows_through_the_year(indicator, book.plan)
    cells = f"{xl_col_to_name(first + later)}{row + 1}:{xl_col_to_name(first + len(periods) - 1)}{row + 1}"
    page.sheet.add_sparkline(row, column, {"range": f"{quote_sheetname(page.name)}!{cells}", **SPARK})


def _line(promise: Commitment, indicator: Indicator, row: Any, past: list[Any]) -> tuple[Cell, ...]:
    return (
        Link(f"theme.{indicator.theme}", promise.id),
        promise.task,
        pick(indicator),
        say(f"workbook.aim.{promise.operator}"),
        told(row, "target"),
        told(row, "pace"),
        value_of(row),
        say(f"measure.{row.measure}"),
        reading.stands_on(row),
        int(row.expected),
        told(row, "change"),
        Lamp(row.light),
        verdict(row),
        None,
        *(None if one is None or reading.state(one) != "value" else value_of(one) for one in past),
    )
