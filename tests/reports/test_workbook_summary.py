"""The summary of a quarter as an Excel file: its numbers are the warehouse's, its sources hold them, its sums add up."""

# ruff: noqa: F811
from __future__ import annotations

import io
import json
import re

import openpyxl
import pytest
import python_calamine
from command_line import ROOT, run_etl
from workbook_fixtures import (  # noqa: F401  (fixtures)
    ALL,
    LO,
    SUMMARY,
    TODAY,
    Worked,
    books,
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
from reports.verify import verify
from warehouse import read, store

FIELDS = ("value", "target", "pace", "change", "numerator", "denominator", "rank")


def key(row: dict) -> tuple[str, str, str | None]:
    return told(row, "period"), told(row, "code"), told(row, "subject_code")


def blank(value) -> bool:
    return value is None or value != value


# Numbers


@pytest.mark.parametrize("basis", ["filed", "approved"])
def test_every_number_of_the_data_sheet_is_the_warehouses(books, basis):
    found = {key(row): row for row in table(sheet(books.opened(SUMMARY, "zh", "2021Q3", basis, values=True), "data"))}
    with store.open_version(books.snapshot().version) as con:
        rows = read.values(con, None, read.ALL, basis=basis)
    known = [row for row in rows.itertuples(index=False) if row.period <= "2021Q3"]
    assert len(found) == len(known) > 1000
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
    printed = json.loads(run_etl(demo_data, "values", "--period", "2021Q3", "--basis", basis, "--json").stdout)
    rows = [
        row
        for row in table(sheet(books.opened(SUMMARY, "zh", "2021Q3", basis, values=True), "data"))
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
    for name in (say("workbook.sheet.data"), say("workbook.sheet.scorecard"), say("workbook.sheet.source")):
        theirs = other.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for row in book[name].iter_rows():
            for cell in row:
                value = theirs[cell.row - 1][cell.column - 1] if cell.row <= len(theirs) else ""
                assert (value or None) == (cell.value or None), (name, cell.coordinate)


def test_the_scorecard_says_what_the_data_sheet_says(books):
    book = books.opened(SUMMARY, values=True)
    known = {
        told(row, "promise"): row
        for row in table(sheet(book, "data"))
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
    assert set(lines["抚顺县"]) <= {"未报", "不适用"} and "未报" in lines["抚顺县"]
    assert 0 in lines["市直"]
    missing = [
        row
        for row in table(sheet(books.opened(SUMMARY, values=True), "data"))
        if told(row, "verdict") in ("未报", "不适用", "未到期")
    ]
    assert len(missing) > 100 and all(told(row, "value") is None for row in missing)


def test_what_waits_for_approval_says_so(books):
    page = books.opened(SUMMARY, "zh", "2021Q3", "approved", values=True)[
        pick(current_plan().themes["preschool"], "title")
    ]
    lines = {row[0]: row[1:] for row in page.iter_rows(min_row=5, max_row=13, values_only=True)}
    assert "待审核" in lines["东洲"] and "未报" in lines["抚顺县"]


# Sources


@pytest.fixture(scope="module")
def originals():
    """File name -> its sheets, each as rows of values."""
    found = {}
    for path in (ROOT / "data/demo").rglob("*教育*"), (ROOT / "data/demo").rglob("*抚顺*"):
        for one in path:
            if one.is_file():
                book = python_calamine.load_workbook(str(one))
                found[one.name] = {
                    name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names
                }
    return found


def test_every_source_row_names_a_cell_that_holds_its_value(books, originals):
    rows = table(sheet(books.opened(SUMMARY, values=True), "source"))
    assert len(rows) > 1500
    for row in rows:
        letters, number = re.fullmatch(r"([A-Z]+)(\d+)", told(row, "cell")).groups()
        at = openpyxl.utils.column_index_from_string(letters)
        held = originals[told(row, "file")][told(row, "sheet")][int(number) - 1][at - 1]
        entry = told(row, "entry")
        assert held == "/" if entry == "不适用" else float(str(held).replace(",", "")) == entry, row


def test_the_cells_hold_it_for_another_reader_too(books):
    rows = [
        row
        for row in table(sheet(books.opened(SUMMARY, values=True), "source"))
        if told(row, "file").endswith(".xlsx") and told(row, "period") == "2021Q3"
    ]
    files = sorted({told(row, "file") for row in rows})[::5]
    assert len(files) >= 4
    for name in files:
        [path] = (ROOT / "data/demo/2021Q3").glob(name)
        book = openpyxl.load_workbook(path, data_only=True)
        for row in rows:
            if told(row, "file") == name and told(row, "entry") != "不适用":
                assert float(str(book[told(row, "sheet")][told(row, "cell")].value).replace(",", "")) == told(
                    row, "entry"
                )


def test_a_number_leads_to_its_source_rows_and_they_add_up_to_it(books):
    book = books.opened(SUMMARY, values=True)
    page, checked = sheet(book, "source"), 0
    at = {name: column(page, name) for name in ("part", "entry", "entered", "subject", "period")}
    for row in table(sheet(book, "data")):
        if not told(row, "sources") or told(row, "value") is None:
            continue
        first, last = map(int, told(row, "sources").split("–"))
        lines = [{name: page.cell(n, where).value for name, where in at.items()} for n in range(first, last + 1)]
        assert {(line["period"], line["subject"]) for line in lines} == {(told(row, "period"), told(row, "subject"))}
        for name in ("numerator", "denominator"):
            parts = [
                line["entry"]
                for line in lines
                if line["part"] == say(f"workbook.part.{name}") and isinstance(line["entry"], int | float)
            ]
            if told(row, name) is not None:
                assert sum(parts) == pytest.approx(told(row, name))
                checked += 1
    assert checked > 1000


def test_the_files_are_listed_once_with_the_fingerprint_of_the_original(books, demo_data):
    book = books.opened(SUMMARY, values=True)
    files = table(sheet(book, "files"))
    assert {told(row, "receipt") for row in files} == {told(row, "receipt") for row in table(sheet(book, "source"))}
    assert len({told(row, "receipt") for row in files}) == len(files) > 60
    kept = {path.stem for path in (demo_data / "originals").rglob("*") if path.is_file()}
    assert {told(row, "sha256") for row in files} <= kept


# Formulas


@pytest.mark.parametrize("kind", ALL)
def test_formulas_worked_out_again_give_what_is_kept(books, kind):
    found, kept = formulas(books.opened(kind)), books.opened(kind, values=True)
    worked = Worked(books.opened(kind))
    assert len(found) > {"summary": 700, "county_workbook": -1}.get(kind[0], 80)
    for page, cell in found:
        assert same(worked.of(page, cell), kept[page][cell].value), (page, cell, found[page, cell])


def test_sums_and_ratios_of_the_city_are_formulas(books):
    book = books.opened(SUMMARY)
    page = sheet(book, "data")
    rows = {key(row): n for n, row in enumerate(table(page), start=5)}
    for name, wanted in (("numerator", "=SUM("), ("denominator", "=SUM("), ("value", "=100*")):
        assert str(page.cell(rows["2021Q3", "public-share", None], column(page, name)).value).startswith(wanted)
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


def test_the_proof_holds_and_names_thousands_of_places(books, demo, monkeypatch):
    monkeypatch.setenv("DASHBOARD_TODAY", TODAY)
    [checked] = verify("summary.xlsx", books.content(SUMMARY))
    assert checked.holds and not checked.now
    assert len(checked.proof.numbers) > 3000 and all(number.place for number in checked.proof.numbers)


@pytest.mark.parametrize("name", ["scorecard", "data"])
def test_a_number_changed_by_hand_is_found_where_it_stands(books, demo, monkeypatch, name):
    monkeypatch.setenv("DASHBOARD_TODAY", TODAY)
    book = opened(books.content(SUMMARY), values=True)
    page = sheet(book, name)
    cell = next(
        cell
        for cell in (page.cell(row, column(page, "value")) for row in range(5, 40))
        if isinstance(cell.value, float)
    )
    cell.value += 0.5
    out = io.BytesIO()
    book.save(out)
    [checked] = verify("changed.xlsx", out.getvalue())
    assert not checked.holds and [one.place for one in checked.altered] == [f"{page.title}!{cell.coordinate}"]
    assert float(checked.altered[0].now) == pytest.approx(checked.altered[0].number.value + 0.5)
