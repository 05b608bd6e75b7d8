"""The sheet 核查结果 of a marked workbook: what to do above, a line per finding below, reasons typed at the right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from catalogue.display import day
from catalogue.wording import say
from etl.annotate.cell_marks import FILLS
from etl.annotate.rows import COLUMNS, REMARK, ResultRow
from etl.model import CellRef, Return
from etl.reading.identity import Identity
from etl.reading.marked import machine_heading, machine_text
from etl.template.desk import writable
from etl.template.looks import HEADER, HEI, SONG, TO_FILL
from etl.template.page import text_lines

HEADER_ROW = 6
_CODES = ("number", "severity", "value", "last")  # columns that are centred
_THIN = Side(style="thin", color="FF9AA3AB")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_LAST = len(COLUMNS)
_MACHINE, FILL = _LAST + 1, _LAST + 2  # hidden
_FORMULA_LIKE = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Headlines:
    """What stands above the lines. about: how the workbook was made, where it is not simply theirs."""

    file_name: str
    at: datetime
    about: Sequence[str] = ()


def drawn(
    title: str, rows: Sequence[ResultRow], fills: Mapping[CellRef, str], headlines: Headlines, ret: Return
) -> bytes:
    """A workbook of this one sheet. fills: what `mark_cells` gave."""
    book = Workbook()
    sheet = book.active
    sheet.title, sheet.sheet_view.tabSelected = title, True
    _preamble(sheet, rows, headlines)
    identity = Identity(ret.form, ret.version, ret.reporter, ret.period)
    for column, heading in enumerate(_headings(), start=1):
        _put(
            sheet,
            (HEADER_ROW, column),
            heading,
            Font(name=HEI, size=10),
            fill=f"FF{HEADER.removeprefix('#')}",
            centred=True,
        )
    sheet.cell(HEADER_ROW, _MACHINE, machine_heading(identity))
    for number, row in enumerate(rows, start=1):
        _line(sheet, HEADER_ROW + number, number, row, ret, fills)
    _finish(sheet, HEADER_ROW + max(len(rows), 1))
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def _headings() -> Iterable[str]:
    return (say(f"marked.column.{column}", "zh") for column in COLUMNS)


def counted(rows: Iterable[ResultRow]) -> dict[str, int]:
    """remark, blocks, explain, explained (of those), note -> how many."""
    rows = list(rows)
    kinds = {kind: sum(row.kind == kind for row in rows) for kind in FILLS}
    return {**kinds, "explained": sum(row.explained for row in rows)}


def _preamble(sheet: Worksheet, rows: Sequence[ResultRow], headlines: Headlines) -> None:
    counts = counted(rows)
    when = say("marked.when", "zh", day=day(headlines.at.date(), "zh"), time=f"{headlines.at:%H:%M}")
    lines = (
        say("marked.title", "zh"),
        say("marked.file", "zh", file=headlines.file_name, when=when),
        say("marked.counts_remarks" if counts[REMARK] else "marked.counts", "zh", **counts),
        say("marked.what_to_do" if rows else "marked.nothing_to_do", "zh"),
        "".join(headlines.about),
    )
    width = sum(COLUMNS.values())
    for row, text in enumerate(lines, start=1):
        font = Font(name=HEI, size=16) if row == 1 else Font(name=SONG, size=10.5)
        _words(sheet, (row, 1), text, font)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=_LAST)
        sheet.row_dimensions[row].height = 28 if row == 1 else 15.5 * text_lines(text, width) + 4


def _line(sheet: Worksheet, at: int, number: int, row: ResultRow, ret: Return, fills: Mapping[CellRef, str]) -> None:
    texts: dict[str, Any] = {
        "number": number,
        "severity": row.label,
        "place": row.place,
        "item": row.item,
        "value": row.value,
        "last": row.last,
        "finding": row.problem,
        "mend": row.advice,
        "reason": row.reason if row.takes_reason else "",
    }
    for column, (key, text) in enumerate(texts.items(), start=1):
        is_answer = key == "reason" and row.takes_reason
        fill = FILLS[row.shade] if key == "severity" else f"FF{TO_FILL.removeprefix('#')}" if is_answer else ""
        cell = _put(sheet, (at, column), text, Font(name=SONG, size=10), fill=fill, centred=key in _CODES)
        if is_answer:
            cell.protection = Protection(locked=False)
    if row.at is not None and row.linked:
        place = sheet.cell(at, list(COLUMNS).index("place") + 1)
        place.hyperlink = Hyperlink(ref=place.coordinate, location=f"{quote_sheetname(row.at.sheet)}!{row.at.address}")
        place.font = Font(name=SONG, size=10, color="FF0B57A4", underline="single")
        if fills.get(row.at):
            _words(sheet, (at, FILL), f"{fills[row.at]}@{row.at}", Font(name=SONG, size=8))
    entry = ret.entries.get(row.slot) if row.slot else None
    if entry is not None:
        _words(sheet, (at, _MACHINE), machine_text(entry), Font(name=SONG, size=8))
    lines = max(text_lines(str(texts[key]), COLUMNS[key]) for key in texts)
    sheet.row_dimensions[at].height = min(max(22, 14.5 * lines + 6), 400)


def _put(
    sheet: Worksheet, at: tuple[int, int], value: Any, font: Font, *, fill: str = "", centred: bool = False
) -> Cell:
    """In a cell of the table."""
    cell = _words(sheet, at, value, font)
    cell.alignment = Alignment(horizontal="center" if centred else "left", vertical="center", wrap_text=True)
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)
    cell.border = _BORDER
    return cell


def _words(sheet: Worksheet, at: tuple[int, int], value: Any, font: Font) -> Cell:
    """A text stays a text, whatever it begins with, also when somebody edits it later."""
    value = writable(value) or None if isinstance(value, str) else value
    cell = sheet.cell(*at, value)
    cell.font = font
    cell.alignment = Alignment(horizontal="left", vertical="center")
    if isinstance(value, str):
        cell.data_type, cell.quotePrefix = "s", value.startswith(_FORMULA_LIKE)
    return cell


def _finish(sheet: Worksheet, last_row: int) -> None:
    for column, width in enumerate(COLUMNS.values(), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for column in (_MACHINE, FILL):
        sheet.column_dimensions[get_column_letter(column)].hidden = True
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(_LAST)}{last_row}"
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.sheet_view.showGridLines = False
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.print_area = f"A1:{get_column_letter(_LAST)}{last_row}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.oddFooter.center.text = say("template.page_number", "zh")
    guard = sheet.protection
    guard.sheet, guard.formatColumns, guard.formatRows, guard.autoFilter, guard.sort = True, False, False, False, False
