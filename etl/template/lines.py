"""One sheet of a template, line by line."""

from __future__ import annotations

from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from catalogue.model import Line
from catalogue.wording import say
from etl.reading.formulas import evaluate
from etl.template.checks import validation
from etl.template.desk import TemplateDesk, merged, put, write_text
from etl.template.frame import footer, header, paper, preamble
from etl.template.page import Printed, TemplatePage, line_height, reference

_PROSE = (0, 40, 62)  # points a row has at least, by how many of its cells ask for prose


def draw(sheet: Worksheet, page: TemplatePage, desk: TemplateDesk) -> None:
    for column, printed in enumerate(page.columns):
        sheet.set_column(column, column, printed.width, desk.looks.of("head"))
    preamble(sheet, page, desk)
    header(sheet, page, desk)
    for row, heading in page.groups.items():
        merged(sheet, (row, 0), (row, page.last_column), heading, desk.looks.of("group"))
    for line in page.sheet.lines:
        _line(sheet, page, desk, line)
    footer(sheet, page, desk)
    paper(sheet, page, desk)


def _line(sheet: Worksheet, page: TemplatePage, desk: TemplateDesk, line: Line) -> None:
    row, looks = page.rows[line.code], desk.looks
    elements = {code: desk.plan.elements[slot.element] for code, slot in line.slots.items()}
    texts: dict[int, str] = {}
    for column, printed in enumerate(page.columns):
        match printed.role:
            case "code":
                sheet.write_string(row, column, line.code, looks.of("code"))
            case "name":
                sheet.write_string(row, column, line.name, looks.of("name", indent=line.indent))
            case "measure":
                sheet.write_string(row, column, say(f"measure.{line.measure}", "zh"), looks.of("measure"))
            case "previous":
                _previous(sheet, row, column, printed, line, desk)
            case "entry":
                texts[column] = _entry(sheet, (row, column), page, printed, line, desk)
            case "reason":
                texts[column] = _reason(sheet, (row, column), page, line, desk)
    prose = min(sum(e.kind == "text" for e in elements.values()), len(_PROSE) - 1)
    sheet.set_row(row, max(line_height(line, page, texts), _PROSE[prose]))


def _previous(sheet: Worksheet, row: int, column: int, printed: Printed, line: Line, desk: TemplateDesk) -> None:
    slot = line.slots.get(printed.column.of) if printed.column else None
    if slot is None:
        sheet.write_blank(row, column, None, desk.looks.of("locked"))
        return
    element = desk.plan.elements[slot.element]
    put(sheet, (row, column), desk.filling.previous(slot), element, desk.looks, "locked")


def _entry(
    sheet: Worksheet, at: tuple[int, int], page: TemplatePage, printed: Printed, line: Line, desk: TemplateDesk
) -> str:
    """Gives the text that stands in the cell, for the row's height."""
    row, column = at
    slot, looks = line.slots.get(printed.column.code) if printed.column else None, desk.looks
    if slot is None:
        sheet.write_blank(row, column, None, looks.of("locked"))
        return ""
    element, given = desk.plan.elements[slot.element], desk.filling.current(slot)
    cell = xl_rowcol_to_cell(row, column)
    if formula := desk.computed.get(slot):
        text = formula.written(lambda part: reference(desk.pages, part, page))
        result = evaluate(slot, desk.computed, desk.filling.current)
        shown = "" if result is None else float(result) if isinstance(result, Decimal) else result
        sheet.write_formula(row, column, "=" + text, looks.answer("computed", element), shown)
        sheet.data_validation(row, column, row, column, validation(element, cell, takes=False))
        return ""
    if element.due_from > desk.identity.period.quarter:
        put(sheet, (row, column), given, element, looks, "not_due")
        return ""
    put(sheet, (row, column), given, element, looks, "entry")
    sheet.data_validation(row, column, row, column, validation(element, cell))
    return given if isinstance(given, str) else ""


def _reason(sheet: Worksheet, at: tuple[int, int], page: TemplatePage, line: Line, desk: TemplateDesk) -> str:
    """As `_entry`. Where nothing of the line is asked for yet, from which quarter on it is."""
    first = min((desk.plan.elements[slot.element].due_from for slot in line.slots.values()), default=0)
    if first > desk.identity.period.quarter:
        text = say("template.due_from", "zh", quarter=say(f"template.quarter.{first}", "zh"))
        sheet.write_string(*at, text, desk.looks.of("not_due"))
        return text
    reason = desk.filling.reason(page.sheet.name, line.code)
    write_text(sheet, at, reason, desk.looks, "reason")
    return reason
