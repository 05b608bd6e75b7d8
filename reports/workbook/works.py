"""Money and works: the projects of the quarter with their sums, money by quarter, aid per pupil."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell as cell

from catalogue.display import NOTHING, quantity, quarter
from catalogue.wording import pick, say
from reports.snapshot import AID
from reports.workbook.book import HEAD, Book, BookColumn, Page
from reports.workbook.cells import Amount, Cell, Lamp, day_of, key_of, number_of, plain, who
from reports.workbook.charts import Charts, Drawn, Series, said
from sentences import reading, works_words

SHAPE = (
    ("project", 34),
    ("planned", 12),
    ("funded", 12),
    ("invested", 12),
    ("invested_share", 10),
    ("pace", 12),
    ("behind", 12),
    ("unspent", 12),
    ("planned_area", 11),
    ("area", 11),
    ("area_share", 10),
    ("stage", 11),
    ("started", 15),
    ("finished", 15),
    ("light", 11),
    ("return_state", 10),
)
AT = {name: n for n, (name, _) in enumerate(SHAPE)}
NUMBERS = [name for name, _ in SHAPE[AT["planned"] : AT["stage"]]]
MONEY = "10k_yuan"


def works(book: Book, page: Page, charts: Charts) -> None:
    snapshot, plan = book.snapshot, book.plan
    frame = snapshot.projects
    now = [
        row for row in frame[frame["period"] == snapshot.period].itertuples(index=False) if row.project in plan.projects
    ]
    page.heading(say("workbook.sheet.works"), say("workbook.note.works"))
    columns = [
        BookColumn(say(f"workbook.column.{name}"), width, "word" if name in NUMBERS else "text")
        for name, width in SHAPE
    ]
    page.widths(columns)
    sums = next((row for row in snapshot.together.itertuples(index=False) if row.period == snapshot.period), None)
    rows = [_project(book, row, n) for n, row in enumerate(now, start=HEAD + 1)]
    if sums is not None and now:
        rows.append(_together(sums, len(now)))
    last = page.table(HEAD, columns, rows, sums=int(len(rows) > len(now)))
    page.listed(HEAD, HEAD + len(now), len(columns), 1)
    page.sheet.repeat_rows(0, 0)  # the tables below have heads of their own
    page.lights(HEAD + 1, AT["light"], last)
    free = charts.draw(
        page, last + 2, [_chart(page, book, now)] if any(not reading.blank(row.invested) for row in now) else []
    )
    last = _quarters(book, page, free + 1, frame) if now else free
    _aid(book, page, last + 3)


def _project(book: Book, row: Any, at: int) -> tuple[Cell, ...]:
    word = say(f"works.why.{works_words.why(row)}") if reading.blank(row.invested) else ""
    money = {"target": row.planned, "value": row.invested, "pace": row.pace}
    area = {"target": row.planned_area, "value": row.area}
    money, area = _judged(book, row.project, "invested", MONEY, money), _judged(book, row.project, "area", "sqm", area)
    return (
        pick(book.plan.projects[row.project]),
        money["target"],
        plain(row.funded, MONEY) or word,
        money["value"] or word,
        plain(row.invested_share, "percent", _share(at, "invested", "planned")),
        money["pace"],
        plain(row.behind, MONEY, _less(at, "pace", "invested")),
        plain(row.unspent, MONEY, _less(at, "funded", "invested")),
        area["target"],
        area["value"],
        plain(row.area_share, "percent", _share(at, "area", "planned_area")),
        works_words.stage_word(book.plan, row.project, row.stage),
        day_of(row.started),
        day_of(row.finished),
        Lamp(row.light) if row.light else None,
        say(f"state.{row.state}"),
    )


def _judged(book: Book, project: str, entry: str, measure: str, found: dict[str, float]) -> dict[str, Amount | None]:
    """The same numbers, known as the values of `judged` they are, where one promise is about this entry alone."""
    indicator = works_words.indicator_of(book.plan, project, entry)
    row = None if indicator is None else book.snapshot.row(indicator.code)

    def amount(what: str, value: float) -> Amount | None:
        if reading.blank(value):
            return None
        return Amount(float(value), measure, key_of(row, what) if number_of(row, what) == value else None)

    return {what: amount(what, value) for what, value in found.items()}


def _together(row: Any, count: int) -> tuple[Cell, ...]:
    """A sum only where every project is in it."""
    at, first, last = HEAD + 1 + count, HEAD + 1, HEAD + count

    def summed(name: str) -> Cell:
        column = AT[name]
        return plain(getattr(row, name), MONEY, f"SUM({cell(first, column)}:{cell(last, column)})") or say(
            "workbook.not_whole"
        )

    return (
        say("works.figure.sum"),
        summed("planned"),
        summed("funded"),
        summed("invested"),
        plain(row.invested_share, "percent", _share(at, "invested", "planned")),
        summed("pace"),
        plain(row.behind, MONEY, _less(at, "pace", "invested")),
        plain(row.unspent, MONEY, _less(at, "funded", "invested")),
        *[None] * (len(SHAPE) - 8),
    )


def _share(row: int, part: str, whole: str) -> str:
    return f"{cell(row, AT[part])}/{cell(row, AT[whole])}"


def _less(row: int, more: str, less: str) -> str:
    return f"{cell(row, AT[more])}-{cell(row, AT[less])}"


def _chart(page: Page, book: Book, rows: list[Any]) -> Drawn:
    """Spent, against plan and pace."""
    title = say("workbook.chart.money")

    def series(name: str, look: str) -> Series:
        refs = tuple(page.ref(HEAD + 1 + n, AT[name]) for n in range(len(rows)))
        values = tuple(None if reading.blank(getattr(row, name)) else float(getattr(row, name)) for row in rows)
        return Series(said(name), refs, values, look)

    names = tuple(works_words.short_name(book.plan, book.plan.projects[row.project]) for row in rows)
    return Drawn(
        title, title, MONEY, names, (series("invested", "column"), series("planned", "pale"), series("pace", "marks"))
    )


def _quarters(book: Book, page: Page, top: int, frame: Any) -> int:
    """Spent since 1 January, a row per quarter up to this one, a column per project."""
    page.put(top - 1, 0, say("workbook.table.by_quarter"), "part")
    known = {(row.period, row.project): row for row in frame.itertuples(index=False)}
    periods = sorted({period for period, _ in known if period <= book.snapshot.period})
    columns = [
        BookColumn(say("workbook.column.quarter"), 0),
        *(BookColumn(pick(project), 0, "word") for project in book.plan.projects.values()),
    ]
    rows = []
    for period in periods:
        found = (known.get((period, code)) for code in book.plan.projects)
        rows.append(
            [
                quarter(period),
                *(
                    None if one is None else plain(one.invested, MONEY) or say(f"works.why.{works_words.why(one)}")
                    for one in found
                ),
            ]
        )
    return page.table(top, columns, rows)


def _aid(book: Book, page: Page, top: int) -> None:
    """元 per pupil by unit; the city is a ratio of sums over the units that gave both, which are the numbers of the two columns.

    A number whose other half was not reported is a text here, so that no sum takes it, and says that it is left out.
    """
    snapshot = book.snapshot
    if not set(AID) <= book.plan.indicators.keys():
        return
    rows = [row for row in snapshot.per_head.itertuples(index=False) if row.period == snapshot.period]
    rows = [row for row in rows if row.subject is not None] + [row for row in rows if row.subject is None]
    page.put(top - 1, 0, say("workbook.table.aid"), "part")
    columns = [
        BookColumn(say(f"workbook.column.{name}"), 0, "word" if n else "text")
        for n, name in enumerate(("unit", "aid_amount", "aided", "per_head"))
    ]
    lines = [_per_head(book, row, n, top + 1, top + len(rows) - 1) for n, row in enumerate(rows, start=top + 1)]
    page.table(top, columns, lines, sums=1)


def _per_head(book: Book, row: Any, at: int, first: int, last: int) -> tuple[Cell, ...]:
    word = {"missing": "charts.missing", "unreviewed": "charts.pending", "na": "charts.not_applicable"}.get(
        row.state, ""
    )
    blank = say(word or f"works.aid.{row.state}") if reading.blank(row.per_head) else ""
    if row.state == "part":
        return (who(book.plan, row.subject), _alone(row.amount, MONEY), _alone(row.heads, "person"), blank)
    summed = {n: f"SUM({cell(first, n)}:{cell(last, n)})" if row.subject is None else "" for n in (1, 2)}
    quotient = f"10000*{cell(at, 1)}/{cell(at, 2)}"
    return (
        who(book.plan, row.subject),
        plain(row.amount, MONEY, summed[1]) or blank,
        plain(row.heads, "person", summed[2]) or blank,
        plain(row.per_head, "yuan", quotient) or blank,
    )


def _alone(value: float, measure: str) -> str:
    if reading.blank(value):
        return NOTHING
    return say("workbook.not_counted", value=quantity(value, measure))
