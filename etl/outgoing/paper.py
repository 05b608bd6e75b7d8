"""A table on A4 paper: head repeated, filter, the mark of the demonstration and page numbers at the foot."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from catalogue.model import Plan
from catalogue.wording import say


def table_paper(
    sheet: Worksheet, header_row: int, last_row: int, last_column: int, plan: Plan, fixed_columns: int = 0
) -> None:
    """Rows and columns count from 0. fixed_columns: how many stay in sight when the others are scrolled."""
    sheet.autofilter(header_row, 0, last_row, last_column)
    sheet.freeze_panes(header_row + 1, fixed_columns)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header_row)
    sheet.print_area(0, 0, last_row, last_column)
    mark = f"&L{say('app.demo')}" if plan.demo else ""
    sheet.set_footer(f"{mark}&C{say('template.page_number')}")
