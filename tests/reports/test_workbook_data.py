"""The sheet of data: every cell of the returns once, each held against the file it names; and the way from a number to its cells."""

from __future__ import annotations

import re
from datetime import datetime

import openpyxl
import pytest
import python_calamine
from command_line import ROOT
from workbook_fixtures import SUMMARY, column, same, sheet, table, told

from catalogue.load import current_plan
from catalogue.naming import subject_name
from warehouse import store
from warehouse.reads import api as read_api


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


def held(originals: dict, row: dict):
    """What the cell named in a row of the sheet of data holds."""
    letters, number = re.fullmatch(r"([A-Z]+)(\d+)", told(row, "cell")).groups()
    at = openpyxl.utils.column_index_from_string(letters)
    return originals[told(row, "file")][told(row, "sheet")][int(number) - 1][at - 1]


def test_every_row_of_data_names_a_cell_that_holds_it(books, originals):
    rows, numbers = table(sheet(books.opened(SUMMARY, values=True), "data")), 0
    for row in rows:
        entry, found = told(row, "entry"), held(originals, row)
        if entry == "不适用":
            assert found == "/"
        elif isinstance(entry, datetime):
            assert str(found)[:10].replace("/", "-").replace(".", "-") == f"{entry:%Y-%m-%d}", row
        elif isinstance(entry, int | float):
            assert same(float(str(found).replace(",", "")), entry), row
            numbers += 1
        else:
            assert entry == str(found).strip(), row
    assert numbers > 450


def test_every_cell_reported_in_the_quarter_is_there_once(books):
    """Also what is in no indicator, and with what became of its receipt."""
    with store.open_version(books.snapshot().version) as con:
        facts = read_api.facts(con, period="2021Q3")
    known = facts[facts["state"] != "blank"]
    rows = table(sheet(books.opened(SUMMARY, values=True), "data"))
    found = [(told(row, "subject"), told(row, "element_code")) for row in rows]
    assert len(set(found)) == len(found) == len(known) > 850
    named = {code: subject_name(current_plan(), code) for code in known["subject"].unique()}
    assert set(found) == {(named[row.subject], row.element) for row in known.itertuples()}
    assert {told(row, "receipt") for row in rows} == set(known["number"])
    asked = {code for one in current_plan().indicators.values() for code in (*one.numerator, *one.denominator)}
    assert {element for _, element in found} - asked
    assert {told(row, "reviewed") for row in rows} == {"未审核", "已审核"}
    for row in table(sheet(books.opened(SUMMARY, "zh", "2021Q3", "approved", values=True), "data")):
        assert told(row, "reviewed") == "已审核"


def test_the_cells_hold_it_for_another_reader_too(books):
    rows = [
        row
        for row in table(sheet(books.opened(SUMMARY, values=True), "data"))
        if told(row, "file").endswith(".xlsx") and isinstance(told(row, "entry"), int | float)
    ]
    files = sorted({told(row, "file") for row in rows})[::5]
    assert len(files) >= 3
    for name in files:
        [path] = (ROOT / "data/demo/2021Q3").glob(name)
        book = openpyxl.load_workbook(path, data_only=True)
        for row in rows:
            if told(row, "file") == name:
                value = book[told(row, "sheet")][told(row, "cell")].value
                assert same(float(str(value).replace(",", "")), told(row, "entry"))


def test_a_number_leads_to_its_rows_of_data_and_they_add_up_to_it(books):
    book, plan = books.opened(SUMMARY, values=True), current_plan()
    page, checked = sheet(book, "data"), 0
    at = {name: column(page, name) for name in ("entry", "element_code", "subject", "period")}
    for row in table(sheet(book, "values")):
        if not told(row, "sources") or told(row, "value") is None:
            continue
        wanted = map(int, str(told(row, "sources")).split("、"))
        lines = [{name: page.cell(n, where).value for name, where in at.items()} for n in wanted]
        assert {(line["period"], line["subject"]) for line in lines} == {(told(row, "period"), told(row, "subject"))}
        indicator = plan.indicators[told(row, "code")]
        for name in ("numerator", "denominator"):
            parts = [line["entry"] for line in lines if line["element_code"] in getattr(indicator, name)]
            if told(row, name) is not None:
                assert sum(parts) == pytest.approx(told(row, name))
                checked += 1
    assert checked > 300


def test_the_files_are_listed_once_with_the_fingerprint_of_the_original(books, demo_data):
    book = books.opened(SUMMARY, values=True)
    files = table(sheet(book, "files"))
    assert {told(row, "receipt") for row in files} == {told(row, "receipt") for row in table(sheet(book, "data"))}
    assert len({told(row, "receipt") for row in files}) == len(files) == 23
    kept = {path.stem for path in (demo_data / "originals").rglob("*") if path.is_file()}
    assert {told(row, "sha256") for row in files} <= kept
