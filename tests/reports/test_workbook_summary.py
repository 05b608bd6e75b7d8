"""The summary of a quarter as an Excel file: its numbers are the warehouse's, its sources hold them, its sums add up."""

from __future__ import annotations

import io
import json
import re
from datetime import datetime

import pytest
from command_line import called_etl
from libreoffice import LO
from workbook_fixtures import (
    ALL,
    SUMMARY,
    TODAY,
    Worked,
    by_libreoffice,
    column,
    formulas,
    opened,
    rewritten,
    same,
    sheet,
    table,
    told,
)

from catalogue.load import current_plan
from catalogue.wording import pick, say
from reports.layout_looks import in_percent
from reports.verify import verify
from warehouse import read, store

FIELDS = ("value", "target", "pace", "change", "numerator", "denominator", "rank")


def key(row: dict) -> tuple[str, str, str | None]:
    return told(row, "period"), told(row, "code"), told(row, "subject_code")


def blank(value) -> bool:
    return value is None or value != value


# Numbers


@pytest.mark.parametrize("basis", ["filed", "approved"])
def test_every_number_of_the_sheet_of_values_is_the_warehouses(books, basis):
    """The city's of every quarter up to its own, the units' of its own."""
    found = {key(row): row for row in table(sheet(books.opened(SUMMARY, "zh", "2021Q3", basis, values=True), "values"))}
    with store.open_version(books.snapshot().version) as con:
        rows = read.values(con, None, read.ALL, basis=basis)
    known = [
        row
        for row in rows.itertuples(index=False)
        if row.period == "2021Q3" or (row.period < "2021Q3" and row.subject is None)
    ]
    assert len(found) == len(known) > 450
    for row in known:
        line = found[row.period, row.indicator, row.subject]
        for name in FIELDS:
            value, printed = getattr(row, name), told(line, name)
            if name == "denominator" and not current_plan().indicators[row.indicator].is_ratio:
                value = None
            assert printed is None if blank(value) else printed == pytest.approx(float(value), abs=1e-9), (row, name)
        assert told(line, "light") == say(f"light.{row.light}")
        assert told(line, "promise") == row.commitment
        assert told(line, "expected") == (None if row.subject else row.expected)


@pytest.mark.parametrize("basis", ["filed", "approved"])
def test_the_command_line_prints_the_same_numbers(books, demo_data, basis):
    printed = json.loads(called_etl(demo_data, "values", "--period", "2021Q3", "--basis", basis, "--json").stdout)
    rows = [
        row
        for row in table(sheet(books.opened(SUMMARY, "zh", "2021Q3", basis, values=True), "values"))
        if told(row, "period") == "2021Q3"
    ]
    assert [(told(row, "code"), told(row, "promise"), told(row, "subject_code")) for row in rows] == [
        (one["indicator"], one["commitment"], one["reporting_unit"]) for one in printed
    ]
    for row, one in zip(rows, printed, strict=True):
        for name in ("value", "target", "pace"):
            assert (None if told(row, name) is None else round(told(row, name), 4)) == one[name]


def test_two_other_programs_read_the_same_numbers(books):
    book, other = books.opened(SUMMARY, values=True), books.calamine(SUMMARY)
    for name in (say("workbook.sheet.data"), say("workbook.sheet.scorecard"), say("workbook.sheet.values")):
        theirs = other.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for row in book[name].iter_rows():
            for cell in row:
                value = theirs[cell.row - 1][cell.column - 1] if cell.row <= len(theirs) else ""
                known = cell.value.date() if isinstance(cell.value, datetime) else cell.value
                assert (value or None) == (known or None), (name, cell.coordinate)


def test_the_scorecard_says_what_the_sheet_of_values_says(books):
    book = books.opened(SUMMARY, values=True)
    known = {
        told(row, "promise"): row
        for row in table(sheet(book, "values"))
        if told(row, "period") == "2021Q3" and told(row, "subject_code") is None
    }
    scores = table(sheet(book, "scorecard"))
    assert len(scores) == len(current_plan().commitments) == 47
    for row in scores:
        for name in ("target", "pace", "change"):
            assert told(row, name) == told(known[told(row, "promise")], name)
        printed, value = told(row, "value"), told(known[told(row, "promise")], "value")
        assert same(printed, value) if value is not None else printed in ("未报", "未到期")
        assert told(row, "light").endswith(told(known[told(row, "promise")], "light"))


def test_what_is_missing_is_a_word_and_nothing_is_a_nought(books):
    page = books.opened(SUMMARY, values=True)[pick(current_plan().themes["preschool"], "title")]
    lines = {row[0]: row[1:] for row in page.iter_rows(min_row=5, max_row=13, values_only=True)}
    assert set(lines["抚顺县"]) <= {"未报", "不适用", None} and "未报" in lines["抚顺县"]
    assert 0 in lines["市直"]
    missing = [
        row
        for row in table(sheet(books.opened(SUMMARY, values=True), "values"))
        if told(row, "verdict") in ("未报", "不适用")
    ]
    assert len(missing) > 50 and all(told(row, "value") is None for row in missing)


def test_what_waits_for_approval_says_so(books):
    page = books.opened(SUMMARY, "zh", "2021Q3", "approved", values=True)[
        pick(current_plan().themes["preschool"], "title")
    ]
    lines = {row[0]: row[1:] for row in page.iter_rows(min_row=5, max_row=13, values_only=True)}
    assert "待审核" in lines["东洲"] and "未报" in lines["抚顺县"]


# Formulas


@pytest.mark.parametrize("kind", ALL)
def test_formulas_worked_out_again_give_what_is_kept(books, kind):
    found, kept = formulas(books.opened(kind)), books.opened(kind, values=True)
    worked = Worked(books.opened(kind))
    assert len(found) > {"summary": 600, "county_workbook": -1}.get(kind[0], 80)
    for page, cell in found:
        assert same(worked.of(page, cell), kept[page][cell].value), (page, cell, found[page, cell])


def test_sums_and_ratios_of_the_city_are_formulas(books):
    book = books.opened(SUMMARY)
    page = sheet(book, "values")
    rows = {key(row): n for n, row in enumerate(table(page), start=5)}
    for name, wanted in (("numerator", "=SUM("), ("denominator", "=SUM("), ("value", r"=[A-Z]\d+/[A-Z]\d+")):
        formula = str(page.cell(rows["2021Q3", "public-share", None], column(page, name)).value)
        assert re.match(wanted.replace("(", r"\("), formula)
    assert page.cell(rows["2021Q3", "aided-pupils", None], column(page, "numerator")).value.startswith("=SUM(")
    assert (
        page.cell(rows["2021Q3", "alarm-coverage", None], column(page, "value")).data_type == "n"
    )  # units that keep it, counted by the warehouse


@pytest.mark.skipif(LO is None, reason="LibreOffice (soffice) is not installed here")
@pytest.mark.parametrize("kind", ALL)
def test_libreoffice_works_out_what_is_kept(books, kind, tmp_path):
    """Without the kept results it has to work out every one."""

    def without(name: str, part: bytes) -> bytes:
        return re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", part) if name.startswith("xl/worksheets/sheet") else part

    stripped = rewritten(books.content(kind), without)
    emptied = opened(stripped, values=True)
    assert all(emptied[page][cell].value is None for page, cell in formulas(books.opened(kind)))
    theirs = opened(by_libreoffice(stripped, tmp_path, "xlsx"), values=True)
    ours = books.opened(kind, values=True)
    for page, cell in formulas(books.opened(kind)):
        assert same(theirs[page][cell].value, ours[page][cell].value), (page, cell)


# Proof


def test_the_proof_holds_and_names_every_place(books, demo, monkeypatch):
    monkeypatch.setenv("DASHBOARD_TODAY", TODAY)
    [checked] = verify("summary.xlsx", books.content(SUMMARY))
    assert checked.holds and not checked.now
    assert len(checked.proof.numbers) > 1500 and all(number.place for number in checked.proof.numbers)


@pytest.mark.parametrize("name", ["scorecard", "values"])
def test_a_number_changed_by_hand_is_found_where_it_stands(books, demo, monkeypatch, name):
    monkeypatch.setenv("DASHBOARD_TODAY", TODAY)
    book = opened(books.content(SUMMARY), values=True)
    page = sheet(book, name)
    cell = next(
        cell
        for cell in (page.cell(row, column(page, "value")) for row in range(5, 40))
        if isinstance(cell.value, float) and in_percent(cell.number_format)
    )
    cell.value += 0.005
    out = io.BytesIO()
    book.save(out)
    [checked] = verify("changed.xlsx", out.getvalue())
    assert not checked.holds and [one.place for one in checked.altered] == [f"{page.title}!{cell.coordinate}"]
    assert float(checked.altered[0].now) == pytest.approx(checked.altered[0].number.value + 0.5)
