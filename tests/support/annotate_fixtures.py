"""A wrong county return, marked; and what staff then do to the marked workbook."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from datetime import datetime
from functools import cache
from io import BytesIO

import openpyxl
from cells_fixtures import ods
from demo_fixtures import FOLDER
from opened_books import opened_book
from openpyxl.worksheet.worksheet import Worksheet
from plan_fixtures import plan_2021
from returns_fixtures import edited, put, values_only

from catalogue.period import Period
from etl.annotate import Annotated, annotate
from etl.model import Checked, History
from etl.submission import check_return

PLAN = plan_2021()
AT = datetime(2021, 10, 9, 15, 20)
SHEET, HEADER = "核查结果", 6
PRESCHOOL, SCHOOLS = "学前教育", "义务教育"
SITES, TRAINED, DROPOUTS = f"{PRESCHOOL}!E7", f"{PRESCHOOL}!E17", f"{SCHOOLS}!E14"
SITES_KEY, TRAINED_KEY = ("210402", "kindergarten.sites"), ("210402", "kindergarten.teachers.trained")
RED, AMBER, BLUE, VIOLET, YELLOW = "FFF8C8C4", "FFFFE1A6", "FFD5E8F8", "FFE7D6F3", "FFFFF9DF"
BECAUSE = "新建小区配套幼儿园8所，9月开园"
CORRECTED = "更正：上季度把在职培训重复计入"

Edit = Callable[[openpyxl.Workbook], object]


@cache
def filed(quarter: str, whose: str = "新抚区") -> bytes:
    """A sample return as it was filed."""
    return next((FOLDER / quarter).glob(f"*_{whose}_*.xlsx")).read_bytes()


@cache
def past() -> History:
    """What the sample return of the second quarter says."""
    before = check_return(filed("2021Q2"), "二季度.xlsx", plan=PLAN, remember=lambda *_: History()).ret
    values = {
        (slot.element, slot.subject): entry.value for slot, entry in before.entries.items() if entry.value is not None
    }
    return History(values={Period(2021, 2): values})


@cache
def good() -> bytes:
    return values_only(filed("2021Q3"))


def wrong(*more: Edit) -> bytes:
    """33 kindergartens become 41, 22 trained teachers 20, and one cell is empty."""
    return edited(good(), put(PRESCHOOL, "E7", 41), put(PRESCHOOL, "E17", 20), put(SCHOOLS, "E14", None), *more)


def checked(content: bytes, name: str = "报表.xlsx", reasons=(), **more) -> Checked:
    """reasons: (subject, element) -> what was said earlier."""
    said = dict(reasons)
    return check_return(content, name, plan=PLAN, reasons=lambda *_: said, **{"remember": lambda *_: past(), **more})


def marked(content: bytes, name: str = "报表.xlsx", mark=annotate, **more) -> Annotated:
    return mark(content, checked(content, name), PLAN, **{"history": past(), "at": AT, **more})


def opened(content: bytes) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says what it leaves out
        return opened_book(content)


def lines(content: bytes) -> list[dict[str, object]]:
    """The lines of 核查结果, by heading; the hidden columns under `key` and `fill`."""
    sheet = opened(content)[SHEET]
    headings = [*[cell.value for cell in sheet[HEADER]][:9], "key", "fill"]
    return [dict(zip(headings, row, strict=True)) for row in sheet.iter_rows(min_row=HEADER + 1, values_only=True)]


def line_of(sheet: Worksheet, place: str) -> int:
    """The row whose 位置 is `place`."""
    [row] = [cell.row for cell in sheet["C"] if cell.value == place]
    return row


def type_reason(place: str, reason: str) -> Edit:
    def typed(book: openpyxl.Workbook) -> None:
        sheet = book[SHEET]
        sheet.cell(line_of(sheet, place), 9).value = reason

    return typed


def state_of(found: Checked, place: str) -> list[str]:
    """`rule severity`, with ! where it still stands in the way, for every finding at that cell."""
    return [f"{f.rule} {f.severity}{'!' if f.is_open else ''}" for f in found.findings if str(f.at) == place]


def fill_of(content: bytes, place: str) -> str:
    sheet, address = place.split("!")
    return opened(content)[sheet][address].fill.fgColor.rgb


def note_of(content: bytes, place: str) -> str:
    sheet, address = place.split("!")
    comment = opened(content)[sheet][address].comment
    return comment.text if comment else ""


def as_ods(content: bytes) -> bytes:
    """Its values on sheets of other names, as an ods stores them."""
    tables = []
    for sheet in openpyxl.load_workbook(BytesIO(content), data_only=True):
        rows = "".join(
            f"<table:table-row>{''.join(_ods_cell(cell) for cell in row)}</table:table-row>"
            for row in sheet.iter_rows(values_only=True)
        )
        tables.append(rows)
    return ods(*tables)


def _ods_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    text = str(value).replace("&", "&amp;").replace("<", "&lt;")
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
