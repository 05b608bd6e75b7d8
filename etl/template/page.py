"""Where things stand on a template's sheet, before anything is drawn. Rows and columns count from 0."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from catalogue.display import quarter
from catalogue.model import Column, Element, Layout, Line, Plan, Sheet, Slot
from catalogue.period import Period
from catalogue.wording import say

IDENTITY_ROW, PLAN_ROW, TITLE_ROW, HEAD_ROW, HEADER_ROW = range(5)
FOOTER = ("填报人", "审核人", "单位负责人", "联系电话", "填报日期")
_WIDTHS = {"integer": 13.0, "decimal": 13.0, "text": 32.0, "choice": 10.0, "date": 13.0}
_CROWDED = ((12, 9.0), (8, 11.0))  # more number columns than that: narrower ones
_QUARTER = 15.0  # 上期 and 本期 of a list sheet: their quarter stands below them


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed column. header: its texts from the top; equal neighbours below one another are merged."""

    role: Literal["code", "name", "measure", "previous", "entry", "reason"]
    header: tuple[str, ...]
    width: float
    column: Column | None = None


@dataclass(frozen=True, slots=True)
class TemplatePage:
    """One sheet: printed columns, the row of each line, and of each group heading."""

    sheet: Sheet
    columns: tuple[Printed, ...]
    rows: Mapping[str, int]  # line code -> row
    groups: Mapping[int, str]  # row -> heading
    footer_row: int

    @property
    def first_row(self) -> int:
        return HEADER_ROW + len(self.columns[0].header)

    @property
    def last_column(self) -> int:
        return len(self.columns) - 1

    @property
    def is_list(self) -> bool:
        return any(printed.role == "measure" for printed in self.columns)

    @property
    def wide(self) -> bool:
        """Too wide for an upright page."""
        return sum(printed.width for printed in self.columns) > 118

    def measured(self, plan: Plan) -> bool:
        """False where only words and dates are asked for."""
        slots = (slot for line in self.sheet.lines for slot in line.slots.values())
        return any(say(f"measure.{plan.elements[slot.element].measure}", "zh") for slot in slots)

    def column(self, code: str) -> int:
        return next(n for n, printed in enumerate(self.columns) if printed.column and printed.column.code == code)

    def footer_cells(self) -> Iterator[tuple[str, int, int, int]]:
        """label, row, column of the label, last column of the answer beside it."""
        per_row = max(1, min(3, len(self.columns) // 2))
        stride = min(3, len(self.columns) // per_row)
        for n, label in enumerate(FOOTER):
            at = n % per_row * stride
            yield label, self.footer_row + n // per_row, at, at + stride - 1


def pages(plan: Plan, layout: Layout, period: Period) -> tuple[TemplatePage, ...]:
    return tuple(_page(plan, layout, sheet, period) for sheet in layout.sheets)


def reference(pages: tuple[TemplatePage, ...], slot: Slot, seen_from: TemplatePage) -> str:
    """The slot's cell as a formula on `seen_from` names it."""
    for page in pages:
        for line in page.sheet.lines:
            for code, held in line.slots.items():
                if held == slot:
                    cell = xl_rowcol_to_cell(page.rows[line.code], page.column(code))
                    return cell if page is seen_from else f"{quote_sheetname(page.sheet.name)}!{cell}"
    raise KeyError(slot)


def elements_of(plan: Plan, sheet: Sheet, column: Column) -> list[Element]:
    """What the lines answer in this column."""
    return [plan.elements[line.slots[column.code].element] for line in sheet.lines if column.code in line.slots]


def display_width(text: str) -> int:
    """In half-width characters: a Chinese one counts two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def text_lines(text: str, width: float) -> int:
    """How many lines a wrapped text takes in a column of this width."""
    usable = max(width - 1, 1)
    return sum(max(1, math.ceil(display_width(part) / usable)) for part in text.split("\n"))


def _page(plan: Plan, layout: Layout, sheet: Sheet, period: Period) -> TemplatePage:
    columns = _columns(plan, layout, sheet, period)
    rows: dict[str, int] = {}
    groups: dict[int, str] = {}
    at, group = HEADER_ROW + len(columns[0].header), ""
    for line in sheet.lines:
        if line.group and line.group != group:
            groups[at] = line.group
            at += 1
        group = line.group
        rows[line.code] = at
        at += 1
    return TemplatePage(sheet=sheet, columns=columns, rows=rows, groups=groups, footer_row=at + 1)


def _columns(plan: Plan, layout: Layout, sheet: Sheet, period: Period) -> tuple[Printed, ...]:
    entries = [column for column in sheet.columns if column.role == "entry"]
    is_list = len(entries) == 1 and any(line.measure for line in sheet.lines)
    least = 9 if is_list else 12  # 单位负责人 may stand below
    code_width = max(least, *(len(line.code) + 2 for line in sheet.lines))
    found = [
        Printed("code", (say("template.code", "zh"),), code_width),
        Printed(
            "name",
            (say(f"template.name.{_kind_of_name(plan, layout, sheet, is_list)}", "zh"),),
            _name_width(sheet, is_list),
        ),
    ]
    if is_list:
        found.append(Printed("measure", (say("template.measure", "zh"),), 10))
    for column in sheet.columns:
        header = _header(plan, sheet, column, period, is_list)
        found.append(Printed(column.role, header, _width(plan, sheet, column, len(entries)), column))
    depth = max(len(printed.header) for printed in found)
    return tuple(
        Printed(p.role, p.header + (p.header[-1],) * (depth - len(p.header)), p.width, p.column) for p in found
    )


def _header(plan: Plan, sheet: Sheet, column: Column, period: Period, is_list: bool) -> tuple[str, ...]:
    """List sheets: title over quarter. Grids: element code where there is one, title, measure."""
    if column.role == "reason":
        return (column.title,)
    if is_list:
        return column.title, quarter(period.previous if column.role == "previous" else period, "zh")
    of = next((c for c in sheet.columns if c.code == column.of), column)
    elements = elements_of(plan, sheet, of)
    coded = bool(elements) and elements[0].row == column.code
    measures = {say(f"measure.{element.measure}", "zh") for element in elements}
    measure = measures.pop() if len(measures) == 1 else ""
    return (*((column.code,) if coded else ()), column.title, *((measure,) if measure else ()))


def _width(plan: Plan, sheet: Sheet, column: Column, entries: int) -> float:
    if column.role == "reason":
        return 30
    if entries == 1:
        return _QUARTER
    for more_than, width in _CROWDED:
        if entries > more_than:
            return width
    of = next((c for c in sheet.columns if c.code == column.of), column)
    kinds = {element.kind for element in elements_of(plan, sheet, of)}
    return max((_WIDTHS[kind] for kind in kinds), default=13.0)


def _kind_of_name(plan: Plan, layout: Layout, sheet: Sheet, is_list: bool) -> str:
    if any(line.code in plan.units for line in sheet.lines):
        return "unit"
    return "element" if is_list else plan.forms[layout.form].reporter


def _name_width(sheet: Sheet, is_list: bool) -> float:
    longest = max(display_width(line.name) + 2 * line.indent for line in sheet.lines)
    return min(max(longest + 3, 16), 40 if is_list else 32)


def line_height(line: Line, page: TemplatePage, texts: Mapping[int, str]) -> float:
    """Points for a row: its name and `texts` (column -> text) wrapped, a tall row where prose is asked for."""
    name_width = page.columns[1].width - 2 * line.indent
    lines = max([text_lines(line.name, name_width), *(text_lines(t, page.columns[c].width) for c, t in texts.items())])
    return min(max(22, 15 * lines + 7), 400)
