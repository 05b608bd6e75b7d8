"""What the summary says of promises and returns: cover, scorecard, returns; the counts that stand on units."""

from __future__ import annotations

from datetime import date

import pytest
from workbook_fixtures import (
    SUMMARY,
    TODAY,
    UNIT,
    Worked,
    column,
    said,
    sheet,
    table,
    told,
)

from catalogue.load import current_plan
from catalogue.naming import responsible
from catalogue.wording import pick, say
from reports.workbook.book import HEAD
from sentences import reading
from warehouse import read, store
from warehouse.reads import chase as read_chase

STATES = ("owed", "filed", "approved", "late", "returned", "missing")


def ask(books, reader, *given):
    with store.open_version(books.snapshot().version) as con:
        return reader(con, *given)


# Cover


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_cover_counts_the_returns_as_numbers(books, language):
    page = books.opened(SUMMARY, language, values=True).worksheets[0]
    words = {row[0]: row[1] for row in page.iter_rows(max_col=2, values_only=True)}
    found = {name: words[say(f"workbook.returns.{name}", language)] for name in STATES}
    assert found == {"owed": 25, "filed": 23, "approved": 16, "late": 1, "returned": 1, "missing": 1}


def test_what_is_owed_is_filed_or_sent_back_or_missing(books):
    """Added up by hand over the returns themselves."""
    rows = list(ask(books, read.status, "2021Q3", date.fromisoformat(TODAY)).itertuples())
    states = [row.state for row in rows]
    filed = [row for row in rows if row.state in ("filed", "approved", "locked")]
    told_of = ask(books, read_chase.counted, "2021Q3", date.fromisoformat(TODAY))
    assert told_of == {
        "owed": len(rows),
        "filed": len(filed),
        "approved": states.count("approved") + states.count("locked"),
        "on_time": sum(row.first_at.date() <= row.due.date() for row in filed),
        "late": sum(row.first_at.date() > row.due.date() for row in filed),
        "returned": states.count("returned"),
        "missing": states.count("missing"),
        "overdue": states.count("missing"),
    }
    assert told_of["owed"] == told_of["filed"] + told_of["returned"] + told_of["missing"]


def test_before_the_due_day_nothing_is_overdue(books):
    told_of = ask(books, read_chase.counted, "2021Q3", date(2021, 10, 11))
    assert (told_of["missing"], told_of["overdue"]) == (1, 0)


# Scorecard


def test_the_promises_written_in_figures_come_first(books):
    plan = current_plan()
    found = [told(row, "promise") for row in table(sheet(books.opened(SUMMARY, values=True), "scorecard"))]
    numerals = [code for code, one in plan.commitments.items() if one.numeral]
    assert len(numerals) == 14 and found == [*numerals, *(code for code in plan.commitments if code not in numerals)]


def test_a_promise_stands_with_its_clause_and_the_units_responsible(books):
    plan = current_plan()
    for row in table(sheet(books.opened(SUMMARY, values=True), "scorecard")):
        promise = plan.commitments[told(row, "promise")]
        assert told(row, "clause") == promise.quote
        assert told(row, "responsible") == responsible(plan, plan.tasks[promise.task])


def test_a_promise_each_must_keep_says_that_units_are_counted(books):
    page = sheet(books.opened(SUMMARY, values=True), "scorecard")
    at = {name: column(page, name) for name in ("promise", "aim", "value", "target", "measure")}
    rows = {page.cell(row, at["promise"]).value: row for row in range(HEAD + 2, HEAD + 2 + len(table(page)))}
    cell = {name: page.cell(rows["K04"], where) for name, where in at.items()}
    assert (cell["value"].value, cell["value"].number_format, cell["target"].value) == (6, '#,##0"/7"', 7)
    assert (cell["aim"].value, cell["measure"].value) == ("每个县区≥1个", "达标县区")
    assert page.cell(rows["K16"], at["aim"]).value == "每个单位100%"


# Themes


def test_the_city_divides_the_columns_beside_it_and_counts_the_units_that_keep_a_promise(books):
    plan, counted = current_plan(), 0
    formulas, kept = books.opened(SUMMARY), books.opened(SUMMARY, values=True)
    worked = Worked(formulas)
    for theme in plan.themes.values():
        page, shown = formulas[pick(theme, "title")], kept[pick(theme, "title")]
        city = HEAD + 2 + len(plan.units)
        for cell in page[city][1:]:
            text = str(cell.value)
            if "COUNTIF(" in text:
                assert worked.of(page.title, cell.coordinate) == shown[cell.coordinate].value
                counted += 1
            elif "/" in text:
                above, below = (page[part].value for part in text.removeprefix("=").split("/"))
                assert above.startswith("=SUM(") and below.startswith("=SUM(")
    assert counted >= 6


def test_beside_a_ratio_stand_the_numbers_it_is_made_of(books):
    plan = current_plan()
    page = books.opened(SUMMARY, values=True)[pick(plan.themes["preschool"], "title")]
    heads = [str(cell.value).replace("\n", "") for cell in page[HEAD + 1]]
    at = next(n for n, head in enumerate(heads, start=1) if head.startswith(plan.indicators["public-share"].name))
    assert heads[at - 3 : at - 1] == ["分子：公办园在园幼儿（人）", "分母：在园幼儿总数（人）"]
    known = {row.subject: row for row in ask(books, read.values, "2021Q3", "*", "public-share").itertuples()}
    for row, unit in enumerate([*plan.units, None], start=HEAD + 2):
        above, below = page.cell(row, at - 2).value, page.cell(row, at - 1).value
        if reading.blank(known[unit].value):
            assert above is None and below is None
        else:
            assert (above, below) == (known[unit].numerator, known[unit].denominator)
            assert said(page.cell(row, at)) == pytest.approx(100 * above / below)


# Returns


def test_returns_say_days_late_what_is_owed_and_why_it_came_back(books):
    rows = table(sheet(books.opened(SUMMARY, values=True), "returns"))
    first, second = rows[:2]
    assert (told(first, "reporter"), told(first, "owes"), told(first, "days_late")) == ("抚顺县", "应补报", 4)
    assert told(second, "owes") == "应改正后重报" and "G12" in told(second, "sent_back")
    late = {told(row, "reporter"): told(row, "days_late") for row in rows if told(row, "days_late")}
    assert late == {"抚顺县": 4, "清原满族自治县": 3}
    for row in rows:
        if told(row, "first_at"):
            days = (told(row, "first_at") - told(row, "due")).days
            assert told(row, "days_late") == (days if days > 0 else None)


# One unit


def test_a_unit_has_a_chart_of_every_promise_that_has_a_way(books):
    page = sheet(books.opened(UNIT, values=True), "trends")
    rows = table(page)
    charts = [name for name in books.parts(UNIT) if name.startswith("xl/charts/chart")]
    assert len(charts) == len(rows) > 12
    numerals = [current_plan().commitments[told(row, "promise")].numeral for row in rows]
    assert numerals == sorted(numerals, reverse=True)
    known = {(row.indicator, row.period): row.value for row in ask(books, read.values, None, UNIT[1]).itertuples()}
    for row in rows:
        code = current_plan().commitments[told(row, "promise")].indicator
        for period, head in (("2021Q2", "2021年第二季度"), ("2021Q3", "2021年第三季度")):
            assert row[head] is None or row[head] == pytest.approx(known[code, period])
