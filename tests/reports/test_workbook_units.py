"""The workbooks about one unit and about one indicator, and what they share with the summary."""

from __future__ import annotations

import io
from datetime import datetime

import openpyxl
import pytest
from workbook_fixtures import INDICATOR, UNIT, column, opened, said, sheet, table, told

from catalogue.load import current_plan
from catalogue.wording import pick, say
from reports.verify import verify
from reports.workbook import kinds
from reports.workbook.book import HEAD
from warehouse import read, store
from warehouse.reads import county as read_county

QUARTERS = ("2020Q4", "2021Q1", "2021Q2", "2021Q3")


def blank(value) -> bool:
    return value is None or value != value


def alike(printed, value) -> bool:
    return printed is None if blank(value) else printed == pytest.approx(float(value), abs=1e-9)


@pytest.fixture
def judged(books):
    """(indicator, subject, quarter) -> row of the warehouse."""
    with store.open_version(books.snapshot().version) as con:
        return {
            (row.indicator, row.subject, row.period): row
            for row in read.values(con, None, read.ALL).itertuples(index=False)
        }


# One unit


@pytest.mark.parametrize("unit", ["210402", "210421", "210400"])
def test_the_data_of_a_unit_are_its_own_and_the_citys_beside_them(books, judged, unit):
    rows = table(sheet(books.opened(("county_workbook", unit), values=True), "values"))
    assert {told(row, "subject_code") for row in rows} == {None, unit}
    mine = {
        key
        for key in judged
        if key[1] in (None, unit) and unit in current_plan().indicators[key[0]].units and key[2] in QUARTERS
    }
    assert {(told(row, "code"), told(row, "subject_code"), told(row, "period")) for row in rows} == mine
    for row in rows:
        known = judged[told(row, "code"), told(row, "subject_code"), told(row, "period")]
        for name in ("value", "target", "pace", "change"):
            assert alike(told(row, name), getattr(known, name))


def test_where_a_unit_stands_is_what_the_warehouse_says(books, judged):
    rows = table(sheet(books.opened(UNIT, values=True), "standing"))
    codes = {pick(one): code for code, one in current_plan().indicators.items()}
    with store.open_version(books.snapshot().version) as con:
        moved = {
            row.indicator: row.moved
            for row in read_county.places(con, UNIT[1], "filed").itertuples()
            if row.period == "2021Q3"
        }
    assert len(rows) > 30
    for row in rows:
        code = codes[told(row, "indicator")]
        mine, city = judged[code, UNIT[1], "2021Q3"], judged[code, None, "2021Q3"]
        for printed, known in ((told(row, "value"), mine), (told(row, "city"), city)):
            assert (
                alike(printed, known.value)
                if not blank(known.value)
                else printed in ("未报", "不适用", "未到期", "待审核")
            )
        for name, value in (
            ("rank", mine.rank),
            ("ranked_of", mine.ranked_of),
            ("change", mine.change),
            ("moved", moved.get(code)),
        ):
            assert alike(told(row, name), value), (code, name)
        assert told(row, "promise") == mine.commitment
        if told(row, "whose") == say("workbook.whose.own"):
            assert alike(told(row, "target"), mine.target)


def test_where_the_plan_sets_a_unit_no_target_it_has_no_light(books):
    for row in table(sheet(books.opened(UNIT, values=True), "standing")):
        if told(row, "whose") == say("workbook.whose.city") and isinstance(told(row, "target"), int | float):
            assert told(row, "light") is None and told(row, "verdict")


def test_quarters_behind_the_small_line_are_blank_where_there_is_no_number(books, judged):
    page = sheet(books.opened(("county_workbook", "210421"), values=True), "standing")
    codes = {pick(one): code for code, one in current_plan().indicators.items()}
    first, of = page.max_column - 3, column(page, "indicator")
    for row in range(HEAD + 2, HEAD + 2 + len(table(page))):
        for n, period in enumerate(QUARTERS):
            known = judged.get((codes[page.cell(row, of).value], "210421", period))
            assert alike(said(page.cell(row, first + n)), None if known is None else known.value)
    assert all(
        page.cell(row, page.max_column).value is None for row in range(HEAD + 2, HEAD + 10)
    )  # 抚顺县 has not filed the third quarter


def test_a_unit_that_did_not_file_says_so_and_shows_no_nought(books):
    book = books.opened(("county_workbook", "210421"), values=True)
    words = {
        told(row, "value") for row in table(sheet(book, "standing")) if not isinstance(told(row, "value"), int | float)
    }
    assert "未报" in words and words <= {"未报", "不适用", "未到期"}
    [owed] = table(sheet(book, "own_returns"))
    assert (told(owed, "state"), told(owed, "submitted"), told(owed, "times_filed")) == ("未报", None, 0)


def test_cells_named_in_a_row_are_those_of_the_sheet_of_data(books):
    book = books.opened(UNIT, values=True)
    cells = {
        (told(row, "element_code"), told(row, "sheet"), told(row, "cell"))
        for row in table(sheet(book, "data"))
        if told(row, "period") == "2021Q3"
    }
    plan = current_plan()
    parts = {pick(one): (*one.numerator, *one.denominator) for one in plan.indicators.values()}
    for row in table(sheet(book, "standing")):
        page = ""
        for part in filter(None, str(told(row, "cells") or "").split("、")):
            before, _, cell = part.rpartition("!")
            page = before or page
            assert any((element, page, cell) in cells for element in parts[told(row, "indicator")])
    assert {told(row, "subject") for row in table(sheet(book, "data"))} == {"新抚区"}
    assert {told(row, "period") for row in table(sheet(book, "data"))} == set(QUARTERS)


def test_receipts_of_a_unit_are_all_there_newest_first(books):
    book = books.opened(("county_workbook", "210411"), values=True)
    with store.open_version(books.snapshot().version) as con:
        known = read.submissions(con, reporter="210411")
    rows = table(sheet(book, "receipts"))
    assert [told(row, "receipt") for row in rows] == list(known["number"])
    assert all(isinstance(told(row, "received"), datetime) for row in rows)
    assert [told(row, "late") for row in rows] == ["是" if late else "否" for late in known["late"]]


@pytest.mark.parametrize("make", [kinds.of_unit, kinds.of_indicator])
def test_a_code_of_nothing_makes_no_file(books, make):
    with pytest.raises(KeyError):
        make(books.snapshot(), "nobody")


# One indicator


@pytest.mark.parametrize("code", ["public-share", "aided-pupils", "alarm-coverage", "canteen-investment", "pay-ratio"])
def test_an_indicator_is_shown_with_every_subject_and_quarter(books, judged, code):
    one = current_plan().indicators[code]
    page = sheet(books.opened(("indicator_workbook", code), values=True), "series")
    lines = {
        row[0].value: list(map(said, row[1:5]))
        for row in page.iter_rows(min_row=HEAD + 2, max_row=HEAD + 2 + len(one.units))
    }
    names = {
        current_plan().units[unit].name if unit in current_plan().units else current_plan().departments[unit].name: unit
        for unit in one.units
    }
    assert len(lines) == len(names) + 1
    for name, line in lines.items():
        for period, printed in zip(QUARTERS, line, strict=True):
            known = judged.get((code, names.get(name), period))
            assert (
                printed in ("未报", "不适用", "未到期", "待审核")
                if known is None or blank(known.value)
                else alike(printed, known.value)
            ), (name, period)


def test_numerators_and_denominators_stand_below_and_make_the_ratio(books, judged):
    page = sheet(books.opened(INDICATOR, values=True), "series")
    heads = {str(page.cell(row, 1).value): row for row in range(1, page.max_row + 1)}
    tops = {"numerator": heads["分子（人）"] + 1, "denominator": heads["分母（人）"] + 1}
    units = current_plan().indicators["public-share"].units
    for n, unit in enumerate([*units, None], start=1):
        for at, period in enumerate(QUARTERS, start=2):
            known = judged["public-share", unit, period]
            parts = [page.cell(top + n, at).value for top in tops.values()]
            assert all(alike(part, getattr(known, name)) for part, name in zip(parts, tops, strict=True))
            if unit is None or not blank(known.value):
                assert 100 * parts[0] / parts[1] == pytest.approx(float(known.value))


def test_the_citys_row_of_a_ratio_is_a_ratio_of_sums(books):
    page = sheet(books.opened(INDICATOR), "series")
    city = HEAD + 2 + len(current_plan().indicators["public-share"].units)
    numerator, denominator = page.cell(city, 5).value.removeprefix("=").split("/")
    assert page[numerator].value.startswith("=SUM(") and page[denominator].value.startswith("=SUM(")


def test_what_an_indicator_means_is_the_plans_own_clause(books):
    one = current_plan().indicators["public-share"]
    promise = next(promise for promise in current_plan().commitments.values() if promise.indicator == one.code)
    page = sheet(books.opened(INDICATOR, values=True), "meaning")
    lines = {row[0].value: said(row[1]) for row in page.iter_rows(max_col=2)}
    assert (
        lines["原文"] == promise.quote
        and lines["口径"] == one.definition
        and lines["目标"] == float(promise.value) == 46
    )
    assert lines["未报齐"] and lines["● 绿灯"]


def test_definitions_say_aims_as_numbers_with_sign_and_measure(books):
    page = sheet(books.opened(UNIT, values=True), "definitions")
    cells = {
        page.cell(row, 1).value: page.cell(row, column(page, "aim_value")) for row in range(HEAD + 2, page.max_row + 1)
    }
    assert (cells["K02"].value, cells["K02"].number_format) == (0.46, '"≥"0.00%')
    assert (cells["K05"].value, cells["K05"].number_format) == (45, '"≥"#,##0"所"')
    assert cells["D01"].value == "低于基期"


# Proof


@pytest.mark.parametrize("kind", [UNIT, INDICATOR])
def test_the_proof_holds_and_a_changed_number_is_found(books, demo, monkeypatch, kind):
    monkeypatch.setenv("DASHBOARD_TODAY", "2021-10-15")
    [checked] = verify("file.xlsx", books.content(kind))
    assert checked.holds and len(checked.proof.numbers) > 50
    book = opened(books.content(kind), values=True)
    page = book.worksheets[1]
    cell = next(
        cell for row in page.iter_rows(min_row=HEAD + 2, min_col=2) for cell in row if isinstance(cell.value, float)
    )
    cell.value = 0.995
    out = io.BytesIO()
    book.save(out)
    [changed] = verify("file.xlsx", out.getvalue())
    assert not changed.holds and f"{page.title}!{cell.coordinate}" in [one.place for one in changed.altered]


def test_a_sheet_that_was_taken_out_is_found_too(books, demo, monkeypatch):
    monkeypatch.setenv("DASHBOARD_TODAY", "2021-10-15")
    book = openpyxl.load_workbook(io.BytesIO(books.content(INDICATOR)), data_only=True)
    del book[say("workbook.sheet.values")]
    out = io.BytesIO()
    book.save(out)
    [checked] = verify("file.xlsx", out.getvalue())
    assert not checked.holds and {one.now for one in checked.altered} == {""}
