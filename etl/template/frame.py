"""What stands around a sheet's rows: titles, headers, signatures, the paper."""

from __future__ import annotations

from itertools import groupby

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from catalogue.display import quarter
from catalogue.wording import say
from etl.template.desk import TemplateDesk, merged
from etl.template.page import (
    HEAD_ROW,
    HEADER_ROW,
    IDENTITY_ROW,
    PLAN_ROW,
    TITLE_ROW,
    TemplatePage,
    text_lines,
)


def preamble(sheet: Worksheet, page: TemplatePage, desk: TemplateDesk) -> None:
    plan, form, looks, last = desk.plan, desk.form, desk.looks, page.last_column
    sheet.set_row(IDENTITY_ROW, 13)
    sheet.write_string(IDENTITY_ROW, 0, str(desk.identity), looks.of("identity"))
    if plan.demo:
        sheet.write_string(IDENTITY_ROW, last, say("app.demo", "zh"), looks.of("demo"))
    sheet.set_row(PLAN_ROW, 19)
    merged(sheet, (PLAN_ROW, 0), (PLAN_ROW, last), f"{plan.title}（{plan.document}）", looks.of("plan"))
    sheet.set_row(TITLE_ROW, 28)
    merged(sheet, (TITLE_ROW, 0), (TITLE_ROW, last), f"{form.title}（{page.sheet.name}）", looks.of("title"))
    sheet.set_row(HEAD_ROW, 21)
    who = say("template.head.unit", "zh", unit=plan.name_of(desk.identity.reporter))
    when = say("template.head.period", "zh", period=quarter(desk.identity.period, "zh"))
    measured = form.measure_note and page.measured(plan)
    measure = say("template.head.measure", "zh", measure=form.measure_note) if measured else ""
    first, second = _thirds(page)
    merged(sheet, (HEAD_ROW, 0), (HEAD_ROW, first), who, looks.of("head"))
    merged(sheet, (HEAD_ROW, first + 1), (HEAD_ROW, second), when, looks.of("head"))
    merged(sheet, (HEAD_ROW, second + 1), (HEAD_ROW, last), measure, looks.of("head_right"))


def _thirds(page: TemplatePage) -> tuple[int, int]:
    """Last columns of the left and of the middle third, by width; each third has a column at least."""
    total, run, ends = sum(printed.width for printed in page.columns), 0.0, []
    for printed in page.columns:
        run += printed.width
        ends.append(run / total)
    first = next(n for n, share in enumerate(ends) if share >= 0.3)
    first = min(max(first, 1), page.last_column - 2)
    second = next(n for n, share in enumerate(ends) if share >= 0.66)
    return first, min(max(second, first + 1), page.last_column - 1)


def header(sheet: Worksheet, page: TemplatePage, desk: TemplateDesk) -> None:
    face = desk.looks.of("header")
    for column, printed in enumerate(page.columns):
        row = HEADER_ROW
        for text, same in groupby(printed.header):
            height = len(list(same))
            merged(sheet, (row, column), (row + height - 1, column), text, face)
            row += height
    for n in range(len(page.columns[0].header)):
        lines = max(
            text_lines(p.header[n], p.width) for p in page.columns if p.header.count(p.header[n]) == 1 or n == 0
        )
        sheet.set_row(HEADER_ROW + n, 15 * lines + 5)


def footer(sheet: Worksheet, page: TemplatePage, desk: TemplateDesk) -> None:
    """Filled on the first sheet; the others repeat it."""
    looks, first = desk.looks, desk.pages[0]
    sheet.set_row(page.footer_row - 1, 8)
    homes = {label: (row, column + 1) for label, row, column, _ in first.footer_cells()}
    for label, row, column, last in page.footer_cells():
        sheet.set_row(row, 22)
        given = desk.filling.footer.get(label, "")
        sheet.write_string(row, column, f"{label}：", looks.of("footer_label"))
        if page is first:
            merged(sheet, (row, column + 1), (row, last), given, looks.of("footer"))
            continue
        home = f"{quote_sheetname(first.sheet.name)}!{xl_rowcol_to_cell(*homes[label])}"
        face = looks.of("footer_copy")
        merged(sheet, (row, column + 1), (row, last), "", face)
        sheet.write_formula(row, column + 1, f'=IF({home}="","",{home})', face, given)


def paper(sheet: Worksheet, page: TemplatePage, desk: TemplateDesk) -> None:
    last_row = max(row for _, row, _, _ in page.footer_cells())
    sheet.set_paper(9)
    if page.wide:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.center_horizontally()
    sheet.repeat_rows(HEADER_ROW, page.first_row - 1)
    sheet.print_area(0, 0, last_row, page.last_column)
    mark = f"&L{say('app.demo', 'zh')}" if desk.plan.demo else ""
    sheet.set_footer(f"{mark}&C{say('template.page_number', 'zh')}")
    sheet.freeze_panes(page.first_row, 2)
    sheet.ignore_errors({"number_stored_as_text": f"A1:A{last_row + 1}"})
    sheet.protect("", {"format_columns": True, "format_rows": True})
