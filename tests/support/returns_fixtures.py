"""Templates written, filled as staff would fill them, changed in one place, and read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO

import openpyxl
from opened_books import opened_book
from openpyxl.worksheet.worksheet import Worksheet
from plan_fixtures import plan_2021

from catalogue.layout import layout
from catalogue.model import Plan, Slot
from catalogue.period import Period
from etl.cells import read_cells
from etl.model import EntryState, Finding, Return
from etl.reading.forms import recognise
from etl.reading.formulas import evaluate, formulas
from etl.reading.returns import read_return
from etl.template import write_template

FORMS = (("county", "210422"), ("project", "planning"), ("department", "compulsory"), ("backfill", "city"))
PRESCHOOL, SCHOOLS, AID = "学前教育", "义务教育", "学生资助"
A02, A03, A04 = "E8", "E9", "E10"  # on the sheet 学前教育, as the template prints them
CHILDREN, PUBLIC, PRIVATE = "kindergarten.children", "kindergarten.children.public", "kindergarten.children.private"
HEADER_ROW = 5  # the first row below the head of the form

Answers = dict[tuple[str, str], Decimal | str]


def answers(
    form: str = "county", reporter: str = "210402", quarter: str = "2021Q4", plan: Plan | None = None
) -> Answers:
    """A different answer for every cell to fill, and what its formulas then show."""
    plan = plan or plan_2021()
    shape, period = layout(plan, form, reporter), Period.parse(quarter)
    found: dict[Slot, Decimal | str] = {}
    for n, slot in enumerate(shape.slots(), start=1):
        element = plan.elements[slot.element]
        if element.due_from <= period.quarter:
            found[slot] = {
                "integer": Decimal(1000 + n),
                "decimal": Decimal(n) + Decimal("0.0625"),
                "text": f"第{n}项：已印发方案。\n正在推进。",
                "choice": element.choices[n % len(element.choices)][0] if element.choices else "",
                "date": f"2021-03-{n % 28 + 1:02}",
            }[element.kind]
            if element.na and n % 2:
                found[slot] = "/"
    computed = formulas(plan, shape)
    for slot in computed:
        found[slot] = evaluate(slot, computed, found.get)
    return {(slot.element, slot.subject): answer for slot, answer in found.items() if answer is not None}


def template(
    form: str = "county", reporter: str = "210402", quarter: str = "2021Q4", plan: Plan | None = None, **filling
) -> bytes:
    return write_template(plan or plan_2021(), form, reporter, Period.parse(quarter), **filling)


@cache
def filled(form: str = "county", reporter: str = "210402", quarter: str = "2021Q4") -> bytes:
    """The template with `answers` in it."""
    return template(form, reporter, quarter, current=answers(form, reporter, quarter))


def opened(content: bytes, **how) -> openpyxl.Workbook:
    return opened_book(content, **how)


def sheet_of(
    name: str, form: str = "county", reporter: str = "210402", quarter: str = "2021Q3", **filling
) -> Worksheet:
    """One sheet of a template, as openpyxl sees it."""
    return opened(template(form, reporter, quarter, **filling))[name]


def edited(content: bytes, *edits: Callable[[openpyxl.Workbook], object]) -> bytes:
    """As a program saves it that does not compute: formula cells come out without results."""
    book = opened(content)
    for edit in edits:
        edit(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def values_only(content: bytes) -> bytes:
    """Every formula replaced by what it shows, so that edits do not take results away."""
    shown, book = opened(content, data_only=True), opened(content)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.value = shown[sheet.title][cell.coordinate].value
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def county(*edits: Callable[[openpyxl.Workbook], object]) -> bytes:
    """A filled county return, changed by hand; its formulas keep their results."""
    return edited(values_only(filled()), *edits)


def put(sheet: str, cell: str, value: object) -> Callable[[openpyxl.Workbook], None]:
    return lambda book: book[sheet].__setitem__(cell, value)


def fill(book: openpyxl.Workbook, given: Mapping[tuple[str, str], Decimal | str], form: str, reporter: str) -> None:
    """Type answers in by what is printed: the code in column A, the code or title above the column."""
    plan = plan_2021()
    for slot, (sheet, line, column) in layout(plan, form, reporter).slots().items():
        page, answer = book[sheet.name], given.get((slot.element, slot.subject))
        cell = page.cell(_row(page, line.code), _column(page, column.code, column.title))
        if answer is None or cell.data_type == "f":
            continue
        element = plan.elements[slot.element]
        if element.kind == "date":
            answer = date.fromisoformat(answer)
        cell.value = dict(element.choices).get(answer, answer)


def _row(page: Worksheet, code: str) -> int:
    [row] = [cell.row for cell in page["A"] if cell.value == code]
    return row


def _column(page: Worksheet, code: str, title: str) -> int:
    header = [cell for row in page.iter_rows(min_row=HEADER_ROW, max_row=HEADER_ROW + 2) for cell in row]
    coded = [cell.column for cell in header if cell.value == code]
    return (coded or [cell.column for cell in header if cell.value == title])[0]


def read(content: bytes, plan: Plan | None = None) -> Return:
    cells = read_cells(content)
    plan = plan or plan_2021()
    return read_return(cells, recognise(cells, plan), plan)


def told(ret: Return) -> Answers:
    """(element, subject) -> answer, the blank ones left out."""
    return {
        (slot.element, slot.subject): "/"
        if entry.state is EntryState.NA
        else entry.text
        if entry.value is None
        else entry.value
        for slot, entry in ret.entries.items()
        if entry.state in (EntryState.VALUE, EntryState.NA)
    }


def findings(ret: Return, *rules: str) -> list[Finding]:
    return [finding for finding in ret.repairs if not rules or finding.rule in rules]


def spoken(ret: Return) -> list[tuple[str, str, str]]:
    """(rule, severity, cell) of everything reading had to say."""
    return [(finding.rule, str(finding.severity), str(finding.at) if finding.at else "") for finding in ret.repairs]
