"""Any table of a screen as a file: .xlsx with real numbers, .csv that Excel opens in Chinese. Texts are never formulas.

What stands on the returns that count carries the proof. Drafts, queues and logs are no published data: such a table says so,
and when it was on which screen.
"""

from __future__ import annotations

import csv as csv_file
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from catalogue.wording import say
from reports.proof import Proof
from reports.snapshot import Snapshot
from reports.table_cells import Table, Value, day_and_time, figure, harmless, moment
from reports.table_proof import prove_tables
from reports.workbook.book import hide
from reports.workbook.cells import writable
from reports.workbook.names import free_name

HEAD = 3  # row of the heads, under the title and what the table stands on; rows from 0
_LONG = 60  # signs a column is wide at most
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}
_HEAD_LOOK = {
    "bold": True,
    "bg_color": "#e8ecf1",
    "border": 1,
    "border_color": "#b9c6d6",
    "text_wrap": True,
    "valign": "vcenter",
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where and when tables were on show. snapshot: what counted tables stand on; None where none of them is counted."""

    screen: str
    at: datetime
    version: int | None = None  # on show; None where nothing is published
    demo: bool = False
    snapshot: Snapshot | None = None

    def line(self) -> str:
        """页面表格，不是发布的数据，没有校验码 · 审核 · 2021-10-15 09:30 · 数据第2版."""
        parts = [say("tables.of_screen"), self.screen, f"{self.at:%Y-%m-%d %H:%M}"]
        parts += [say("tables.version", version=self.version)] if self.version else []
        parts += [say("app.demo")] if self.demo else []
        return " · ".join(parts)


def xlsx(tables: Sequence[Table], origin: Origin) -> bytes:
    """A sheet a table: frozen head, filter, A4; under each title what it stands on, in a hidden sheet the proof if there is one."""
    out, proof = io.BytesIO(), _proof(tables, origin)
    with Workbook(out, _OPTIONS) as book:
        bold, small = (
            book.add_format({"bold": True, "font_size": 13}),
            book.add_format({"font_size": 9, "font_color": "#5d6b7a"}),
        )
        head = book.add_format(_HEAD_LOOK)
        faces: dict[str, Format] = {}
        taken: set[str] = set()
        for table in tables:
            name = free_name(table.title, taken)
            taken.add(name.casefold())
            sheet = book.add_worksheet(name)
            sheet.write_string(0, 0, writable(table.title), bold)
            sheet.write_string(1, 0, proof.line() if proof and table.counted else origin.line(), small)
            for column, words in enumerate(table.heads):
                sheet.write_string(HEAD, column, writable(words), head)
                sheet.set_column(column, column, _width(table, column))
            for row, cells in enumerate(table.rows, start=HEAD + 1):
                for column, value in enumerate(cells):
                    _write(book, sheet, row, column, value, faces)
            _set_up(sheet, table)
        if proof:
            hide(book, proof.as_json())
        book.set_properties({"comments": proof.line() if proof else origin.line(), "created": origin.at})
    return out.getvalue()


def csv(table: Table, origin: Origin) -> bytes:
    """UTF-8 with BOM. A text that a spreadsheet would compute gets an apostrophe before it; numbers stay as they are shown.

    The last row says what the table stands on, and carries the proof if there is one.
    """
    out, proof = io.StringIO(), _proof([table], origin)
    writer = csv_file.writer(out)
    writer.writerow([harmless(writable(words)) for words in table.heads])
    writer.writerows(
        [harmless(writable(value) if isinstance(value, str) else value) for value in row] for row in table.rows
    )
    writer.writerow([proof.line(), proof.as_json()] if proof else [origin.line()])
    return out.getvalue().encode("utf-8-sig", "replace")


def _proof(tables: Sequence[Table], origin: Origin) -> Proof | None:
    if origin.snapshot is None or not any(table.counted for table in tables):
        return None
    return prove_tables(tables, origin.snapshot)


def _set_up(sheet: Worksheet, table: Table) -> None:
    sheet.freeze_panes(HEAD + 1, 1)
    if table.rows:
        sheet.autofilter(HEAD, 0, HEAD + len(table.rows), len(table.heads) - 1)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)
    if len(table.heads) > 6:
        sheet.set_landscape()


def _write(book: Workbook, sheet: Worksheet, row: int, column: int, value: Value, faces: dict[str, Format]) -> None:
    when = moment(value) if isinstance(value, str) else value
    if isinstance(when, date):
        form = "yyyy-mm-dd hh:mm" if ":" in day_and_time(when) else "yyyy-mm-dd"
        sheet.write_datetime(row, column, when, _face(book, form, faces))
        return
    told = (
        figure(value)
        if isinstance(value, str)
        else None
        if value is None or isinstance(value, date)
        else (float(value), "General")
    )
    if told is not None:
        sheet.write_number(row, column, told[0], _face(book, told[1], faces))
    elif value:
        sheet.write_string(row, column, writable(str(value)))


def _face(book: Workbook, form: str, faces: dict[str, Format]) -> Format:
    if form not in faces:
        faces[form] = book.add_format({"num_format": form})
    return faces[form]


def _width(table: Table, column: int) -> float:
    """By the longest, a Chinese sign as two."""
    texts = [table.heads[column], *(str(row[column] or "") for row in table.rows)]
    return min(_LONG, 2 + max(sum(2 if ord(sign) > 0x2E7F else 1 for sign in text) for text in texts))
