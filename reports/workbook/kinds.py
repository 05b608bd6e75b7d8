"""Excel workbooks about one quarter: the summary, one county, one indicator.

Grain of every table stands in its own file of its name. Numbers are numbers, 79.6% is 0.796 as Excel has it; sums are formulas
whose kept results are ours; each file carries its proof (see `proof.py`).
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from catalogue.display import quarter
from catalogue.wording import pick, say
from reports.snapshot import Snapshot
from reports.workbook import (
    county,
    cover,
    data,
    definitions,
    indicator,
    returns,
    scorecard,
    tasks,
    themes,
    trends,
    values,
    works,
)
from reports.workbook.book import Book
from reports.workbook.charts import Charts
from sentences import reading

SHEETS = (
    "tasks",
    "reports",
    "milestones",
    "works",
    "returns",
    "definitions",
    "rules",
    "values",
    "data",
    "files",
)


OF_UNIT = (
    "cover",
    "standing",
    "trends",
    "own_returns",
    "receipts",
    "definitions",
    "rules",
    "values",
    "data",
    "files",
)
OF_INDICATOR = ("cover", "series", "meaning", "values", "data", "files")


def summary(snapshot: Snapshot) -> bytes:
    """The whole quarter: cover, scorecard, a sheet per theme, tasks, works, returns, definitions, values, data."""
    book = Book(snapshot)
    for key in ("cover", "scorecard"):
        page(book, key)
    for code, theme in book.plan.themes.items():
        book.page(f"theme.{code}", pick(theme, "title"), say("workbook.about.theme", title=pick(theme, "title")))
    for key in SHEETS:
        page(book, key)
    pages, periods, city = book.pages, quarters(snapshot), snapshot.city
    rows = told(snapshot, city[city["period"] < snapshot.period])
    rows += [row for row in snapshot.now_rows if row.period in periods]
    cells = data.cells_of(book, [snapshot.period])
    places = values.values(book, pages["values"], rows, data.rows_of(cells))
    data.data(book, pages["data"], cells)
    data.files(book, pages["files"], cells)
    history = {(row.indicator, row.period): row for row in rows if row.subject is None}
    scores = scorecard.scorecard(book, pages["scorecard"], periods, history)
    charts = Charts(book)
    for code in book.plan.themes:
        themes.theme(book, pages[f"theme.{code}"], code, places, charts)
    tasks.tasks(book, pages["tasks"])
    tasks.reports(book, pages["reports"])
    tasks.milestones(book, pages["milestones"])
    works.works(book, pages["works"], charts)
    returns.returns(book, pages["returns"])
    definitions.definitions(book, pages["definitions"])
    definitions.lights(book, pages["rules"])
    return finished(
        book, say("workbook.title.summary", quarter=quarter(snapshot.period)), pick(book.plan, "city"), scores
    )


def of_unit(snapshot: Snapshot, unit_code: str) -> bytes:
    """One unit: its indicators beside the city's, their way, its returns, the cells it reported. Raises KeyError for a code that is no unit."""
    book = Book(snapshot)
    unit = book.plan.units[unit_code]
    for key in OF_UNIT:
        page(book, key)
    periods, frame = quarters(snapshot), snapshot.rows
    cells = data.cells_of(book, periods, subject=unit_code)
    mine = [code for code, one in book.plan.indicators.items() if unit_code in one.units]
    rows = told(
        snapshot, frame[(frame["subject"].isna() | (frame["subject"] == unit_code)) & frame["indicator"].isin(mine)]
    )
    values.values(book, book.pages["values"], rows, data.rows_of(cells), summed=False)
    data.data(book, book.pages["data"], cells)
    data.files(book, book.pages["files"], cells)
    county.standing(book, book.pages["standing"], unit_code, periods, rows, reading.listed(cells))
    trends.trends(book, book.pages["trends"], unit_code, periods, rows, Charts(book))
    returns.returns(book, book.pages["own_returns"], unit_code, "own_returns")
    county.receipts(book, book.pages["receipts"], unit_code)
    definitions.definitions(book, book.pages["definitions"])
    definitions.lights(book, book.pages["rules"])
    return finished(book, say("workbook.title.county", unit=pick(unit), quarter=quarter(snapshot.period)), pick(unit))


def of_indicator(snapshot: Snapshot, indicator_code: str) -> bytes:
    """One indicator: every subject in every quarter, what it is divided by, the cells. Raises KeyError for an unknown code."""
    book = Book(snapshot)
    one = book.plan.indicators[indicator_code]
    for key in OF_INDICATOR:
        page(book, key)
    periods = quarters(snapshot)
    rows = told(snapshot, snapshot.rows[snapshot.rows["indicator"] == indicator_code])
    asked = data.cells_of(book, periods, elements={*one.numerator, *one.denominator})
    cells = asked[asked["subject"].isin(one.units)]
    values.values(book, book.pages["values"], rows, data.rows_of(cells))
    data.data(book, book.pages["data"], cells)
    data.files(book, book.pages["files"], cells)
    indicator.series(book, book.pages["series"], one, periods, rows, Charts(book))
    indicator.meaning(book, book.pages["meaning"], one)
    return finished(book, say("workbook.title.indicator", name=pick(one), quarter=quarter(snapshot.period)), pick(one))


def page(book: Book, key: str) -> None:
    book.page(key, say(f"workbook.sheet.{key}"), say(f"workbook.about.{key}"), wide=key != "cover")


def quarters(snapshot: Snapshot) -> list[str]:
    """The baseline, then the plan's up to the one the file is about; the ones ahead have nothing to say."""
    plan = snapshot.plan
    return [str(period) for period in (plan.baseline_period, *plan.periods) if str(period) <= snapshot.period]


def told(snapshot: Snapshot, frame: pd.DataFrame) -> list[Any]:
    """Rows of `judged` of those quarters, oldest first."""
    return reading.listed(frame[frame["period"].isin(quarters(snapshot))])


def finished(book: Book, title: str, subject: str, scores: tuple[int, int] | None = None) -> bytes:
    proof = book.prove()
    cover.cover(book, book.pages["cover"], title, subject, proof, scores)
    return book.close(proof, title)
