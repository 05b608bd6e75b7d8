"""A file is opened once on its way; what hangs on the plan, the day, the history or given reasons is asked every time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from command_line import ROOT
from plan_fixtures import plan_2021

from catalogue.period import Period
from etl import opened, submission
from etl.errors import NotOver, ReturnRefused
from etl.model import Cell, Cells, GivenReason, History, SheetCells, entry_text
from etl.opened import Shelf
from etl.submission import check_return, fingerprint, opened_under

PLAN = plan_2021()
Q1 = Period(2021, 1)
RETURN = next((ROOT / "data/demo/2021Q1").glob("*新抚区*.xlsx")).read_bytes()


@pytest.fixture
def read(monkeypatch):
    """The bytes that were opened, on an empty shelf."""
    seen, reading = [], opened.read_cells
    monkeypatch.setattr(submission, "shelf", Shelf())
    monkeypatch.setattr(opened, "read_cells", lambda content: seen.append(content) or reading(content))
    return seen


def checked(content=RETURN, plan=PLAN, values=(), **more):
    before = History({Q1.previous: dict(values)} if values else {})
    return check_return(content, "报表.xlsx", plan=plan, remember=lambda *_: before, **more)


def test_a_file_that_is_checked_again_is_not_opened_again(read):
    first, again = checked(), checked()
    assert read == [RETURN]
    assert first == again
    assert first.findings == checked(cells=opened.read_cells(RETURN)).findings


def test_beside_another_past_it_is_checked_anew(read):
    told = {f.rule for f in checked(values={("kindergarten.children", "210402"): Decimal(999_999)}).findings}
    assert "denominator_moved" in told - {f.rule for f in checked().findings}
    assert read == [RETURN]


def test_reasons_given_meanwhile_count_and_those_taken_back_do_not(read):
    past = {("kindergarten.children", "210402"): Decimal(999_999)}
    [found] = [f for f in checked(values=past).findings if f.rule == "denominator_moved"]
    entry = checked().ret.entries[found.slot]
    given = {(entry.slot.subject, entry.slot.element): GivenReason(entry_text(entry), "两所园合并，生源分流")}
    assert checked(values=past, reasons=lambda *_: given).ret.entries[found.slot].reason == "两所园合并，生源分流"
    assert checked(values=past).ret.entries[found.slot].reason == ""


def test_on_another_day_the_quarter_may_not_be_over(read):
    checked(received_on=date(2021, 4, 1))
    with pytest.raises(NotOver):
        checked(received_on=date(2021, 3, 31))


def test_under_another_plan_nothing_that_was_read_under_the_first_is_taken(read):
    other = replace(PLAN, elements={code: replace(e, kind="text") for code, e in PLAN.elements.items()})
    assert checked().ret.value("kindergarten.children") is not None
    assert checked(plan=other).ret.value("kindergarten.children") is None
    assert checked().ret.value("kindergarten.children") is not None
    assert read == [RETURN]


def test_what_was_refused_is_opened_again(read):
    for _ in range(2):
        with pytest.raises(ReturnRefused):
            checked(b"PK\3\4 no workbook")
    assert len(read) == 2


def test_the_shelf_holds_the_last_files_and_no_large_one(monkeypatch):
    cells = Cells("xlsx", (SheetCells("表", {(row, 1): Cell(row) for row in range(1, 11)}),))
    seen = []
    monkeypatch.setattr(opened, "read_cells", lambda content: seen.append(content) or cells)
    few = Shelf(most_files=2, most_cells=1000)
    for content in (b"a", b"b", b"a", b"c", b"a", b"b"):
        few.cells(content)
    assert seen == [b"a", b"b", b"c", b"b"]
    seen.clear()
    small = Shelf(most_files=9, most_cells=39)
    small.cells(b"a")
    small.cells(b"a")
    assert seen == [b"a", b"a"]


def test_a_bulk_reader_asks_once_whose_return_it_is(monkeypatch):
    asked, recognise = [], opened.recognise
    monkeypatch.setattr(opened, "recognise", lambda *given: asked.append(1) or recognise(*given))
    found = opened_under(opened.read_cells(RETURN), [PLAN])
    assert found.identity.reporter == "210402"
    assert check_return(
        RETURN, "报表.xlsx", plan=PLAN, remember=lambda *_: History(), cells=found
    ).sha256 == fingerprint(RETURN)
    assert len(asked) == 1
