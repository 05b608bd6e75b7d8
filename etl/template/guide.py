"""The sheet 填报说明: how to fill, what 0, / and blank mean, the checks in words, the definitions."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter.worksheet import Worksheet

from catalogue.display import day, number, quarter
from catalogue.model import Element
from catalogue.wording import say
from etl.template.desk import TemplateDesk, merged
from etl.template.page import text_lines

_WIDTHS = (8, 36, 10, 10, 58)
_LAST = len(_WIDTHS) - 1
_ORDINALS = "一二三四五六七八九"
_COLUMNS = ("code", "name", "measure", "nature", "definition")


def draw_guide(sheet: Worksheet, desk: TemplateDesk) -> None:
    looks = desk.looks
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width, looks.of("head"))
    sheet.write_string(0, 0, str(desk.identity), looks.of("identity"))
    sheet.set_row(1, 30)
    merged(sheet, (1, 0), (1, _LAST), f"{desk.form.title}{_said('title')}", looks.of("guide_title"))
    row = 2
    for n, (heading, paragraphs) in enumerate(_sections(desk)):
        sheet.set_row(row, 24)
        merged(sheet, (row, 0), (row, _LAST), f"{_ORDINALS[n]}、{heading}", looks.of("guide_heading"))
        row += 1
        for text in paragraphs:
            sheet.set_row(row, 15.5 * text_lines(text, sum(_WIDTHS)) + 3)
            merged(sheet, (row, 0), (row, _LAST), text, looks.of("guide_text"))
            row += 1
        if heading == _said("heading.definitions"):
            row = _definitions(sheet, row, desk)
    _paper(sheet, row, desk)


def _sections(desk: TemplateDesk) -> Iterator[tuple[str, list[str]]]:
    elements = _elements(desk)
    yield _said("heading.filing"), list(_filing(desk))
    numbers = [_said(key) for key in ("digits", "cumulative", "not_due")] if elements else []
    yield _said("heading.filling"), _numbered([_said("cells"), _said("rows"), *numbers])
    if elements:
        kept_back = [_said("suppressed")] if any(element.suppressible for element in elements) else []
        yield _said("heading.blank"), [_said("zero"), _said("na"), *kept_back, _said("blank")]
    if checks := list(_checks(desk)):
        yield _said("heading.checks"), _numbered(checks)
    if any(column.role == "reason" for page in desk.pages for column in page.sheet.columns):
        yield _said("heading.reason"), [_said("reason")]
    yield _said("heading.privacy"), [_said("privacy")]
    if elements:
        yield _said("heading.definitions"), []


def _filing(desk: TemplateDesk) -> Iterator[str]:
    identity = desk.identity
    deadline = desk.plan.deadlines.get(identity.period)
    if deadline and desk.form.reporter != "city":
        yield _said("deadline", period=quarter(identity.period, "zh"), deadline=day(deadline, "zh"))
    yield _said("paper")


def _numbered(texts: list[str]) -> list[str]:
    return [f"{n}. {text}" for n, text in enumerate(texts, start=1)]


def _checks(desk: TemplateDesk) -> Iterator[str]:
    """The form's own relations, by printed code; those between elements this reporter has."""
    form, here = (
        desk.form,
        {slot.element for page in desk.pages for line in page.sheet.lines for slot in line.slots.values()},
    )
    named = {code: _named(desk.plan.elements[code]) for code in here}
    for total, parts in form.totals.items():
        if total in here and (present := [named[part] for part in parts if part in here]):
            yield f"{named[total]} ＝ {' ＋ '.join(present)}"
    for total, part in form.column_totals.items():
        yield _said("column_total", total=named[total], part=named[part])
    for part, whole in form.within:
        if part in here and whole in here:
            yield f"{named[part]} ≤ {named[whole]}"
    for above, below, low, high, _, measure in form.means:
        if above in here and below in here:
            unit = say(f"measure.{measure}", "zh")
            yield _said("mean", above=named[above], below=named[below], low=number(low), high=number(high), unit=unit)
    for code, planned, share in form.caps:
        if code in here:
            unit = say(f"measure.{desk.plan.elements[code].measure}", "zh")
            yield _said("cap", element=named[code], planned=number(planned), unit=unit, share=number(share))


def _named(element: Element) -> str:
    return f"{element.row} {element.name.removeprefix('其中：')}"


def _elements(desk: TemplateDesk) -> list[Element]:
    """Numbers only, each once: what a department writes in words needs no definition."""
    found = {
        slot.element: desk.plan.elements[slot.element]
        for page in desk.pages
        for line in page.sheet.lines
        for slot in line.slots.values()
    }
    return [element for element in found.values() if element.kind in ("integer", "decimal")]


def _definitions(sheet: Worksheet, row: int, desk: TemplateDesk) -> int:
    looks = desk.looks
    for column, heading in enumerate(_COLUMNS):
        sheet.write_string(row, column, _said(f"column.{heading}"), looks.of("header"))
    for element in _elements(desk):
        row += 1
        definition = element.definition
        if element.na:
            definition += _said("may_na")
        if element.suppressible:
            definition += _said("may_suppress")
        texts = (
            element.row,
            element.name,
            say(f"measure.{element.measure}", "zh"),
            _said(f"nature.{element.nature}"),
            definition,
        )
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, looks.of("guide_code" if column in (0, 2, 3) else "guide_cell"))
        lines = max(text_lines(text, width) for text, width in zip(texts, _WIDTHS, strict=True))
        sheet.set_row(row, 14.5 * lines + 6)
    return row + 1


def _paper(sheet: Worksheet, end: int, desk: TemplateDesk) -> None:
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.center_horizontally()
    sheet.print_area(0, 0, end - 1, _LAST)
    mark = f"&L{say('app.demo', 'zh')}" if desk.plan.demo else ""
    sheet.set_footer(f"{mark}&C{say('template.page_number', 'zh')}")
    sheet.hide_gridlines(2)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _said(key: str, **fields: str) -> str:
    return say(f"template.guide.{key}", "zh", **fields)
