"""Native charts: units as columns, a target as a line. Their numbers stand on one hidden sheet, as formulas over the visible cells.

A unit without a number is #N/A there: a word would be drawn as a column of height zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from catalogue.wording import say
from reports.workbook.book import Book, Page
from reports.workbook.cells import kept
from reports.workbook.looks import FONT, PAPER, PERCENT, shown

_WIDE, _HIGH, _GAP = 540, 300, 14  # px
_ROW = 20  # px of a sheet's row
MOST = 20  # columns of one chart that can still be told apart
_LEVEL = 10  # columns whose names and numbers stand level side by side; with more a chart is two wide
NONE = "#N/A"
_NO_MARKER = {"marker": {"type": "none"}}
LOOKS: dict[str, dict[str, Any]] = {
    "column": {"fill": {"color": PAPER.accent}, "border": {"none": True}, "gap": 70},
    "pale": {"fill": {"color": PAPER.past}, "border": {"none": True}, "gap": 70},
    "line": {"line": {"color": PAPER.target, "width": 2}, **_NO_MARKER},
    "dashed": {"line": {"color": PAPER.pace, "width": 1.25, "dash_type": "dash"}, **_NO_MARKER},
    "marks": {
        "line": {"none": True},
        "marker": {"type": "long_dash", "size": 14, "fill": {"color": PAPER.target}, "border": {"none": True}},
    },
}
COLUMNS = ("column", "pale")


@dataclass(frozen=True, slots=True)
class Series:
    """refs: a cell for every category, "" for none; values: what stands there, None for no number. look: a key of LOOKS."""

    name: str
    refs: tuple[str, ...]
    values: tuple[float | None, ...]
    look: str = "column"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One chart. alt: for those who hear it."""

    title: str
    alt: str
    measure: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]


def ends(values: Mapping[str, float | None]) -> tuple[str, ...]:
    """What a chart has room for: all of a few in their order, of many the highest and the lowest, highest first."""
    if len(values) <= MOST:
        return tuple(values)
    told = sorted((code for code, value in values.items() if value is not None), key=lambda code: -(values[code] or 0))
    return tuple(told) if len(told) <= MOST else (*told[: MOST // 2], *told[-MOST // 2 :])


def of_ends(title: str, shown_of: int, all_of: int) -> str:
    """The title, with what the chart leaves out."""
    return title if shown_of == all_of else say("workbook.chart.ends", title=title, half=MOST // 2, all=all_of)


class Charts:
    """Of one workbook. The hidden sheet is made for the first of them."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._top = 0

    @cached_property
    def page(self) -> Page:
        page = self.book.page("charts", say("workbook.sheet.charts"), say("workbook.about.charts"))
        page.sheet.hide()
        return page

    def draw(
        self, page: Page, row: int, charts: Sequence[Drawn], apart: bool = False, before: Sequence[int] = ()
    ) -> int:
        """Two side by side, or as many as the first printed page of the sheet is wide, from `row` on; of many columns one. Gives the
        first free row.

        apart: they are printed on pages of their own; before: rows above them that begin a page too.
        """
        beside = max(2, round(page.pixels / (_WIDE + _GAP)))
        wide = int(min(_WIDE, (page.pixels - 12) / beside - _GAP)) if page.is_split else _WIDE
        lines_of_page = beside  # as many lines as columns fit
        if any(len(one.categories) > _LEVEL for one in charts):
            beside, wide = 1, 2 * wide + _GAP
        lines = -(-len(charts) // beside)
        rows = -(-(_HIGH + _GAP) // _ROW)
        for n, one in enumerate(charts):
            place = {
                "x_offset": 6 + n % beside * (wide + _GAP),
                "y_offset": 4,
                "object_position": 3,
                "description": one.alt,
            }
            page.sheet.insert_chart(row + n // beside * rows, 0, self._made(one, wide), place)
        if apart and charts:
            least = beside * (wide + _GAP) + 12
            page.break_before([*before, *(row + n * rows for n in range(0, lines, lines_of_page))], least)
        return row + lines * rows

    def _made(self, one: Drawn, wide: int) -> Any:
        first = self._filled(one)
        last = first + len(one.categories) - 1
        columns, lines = self.book.file.add_chart({"type": "column"}), self.book.file.add_chart({"type": "line"})
        for n, series in enumerate(one.series, start=1):
            told = {
                "name": [self.page.name, first - 1, n],
                "categories": [self.page.name, first, 0, last, 0],
                "values": [self.page.name, first, n, last, n],
            }
            if series.look in COLUMNS:
                labels = {
                    "value": True,
                    "num_format": shown(one.measure, percent=PERCENT),
                    "font": _font(8),
                    "fill": {"color": PAPER.ground},
                }
                columns.add_series({**told, **LOOKS[series.look], "data_labels": labels})
            else:
                lines.add_series({**told, **LOOKS[series.look]})
        if any(series.look not in COLUMNS for series in one.series):
            columns.combine(lines)
        title = f" {one.title}" if one.title.startswith("=") else one.title  # or it would be taken for a reference
        columns.set_title({"name": title, "name_font": {**_font(10), "bold": True}, "overlay": False})
        columns.set_legend({"position": "bottom", "font": _font(8)})
        columns.set_x_axis({"num_font": _font(8), "line": {"color": PAPER.muted}, "major_tick_mark": "none"})
        columns.set_y_axis(
            {
                "num_format": shown(one.measure, percent=PERCENT).replace("0.00", "0"),
                "num_font": _font(8),
                "min": 0,
                "line": {"none": True},
                "major_gridlines": {"visible": True, "line": {"color": PAPER.faint}},
            }
        )
        columns.set_chartarea({"border": {"color": PAPER.faint}})
        columns.set_size({"width": wide, "height": _HIGH})
        columns.show_hidden_data()
        columns.show_na_as_empty_cell()
        return columns

    def _filled(self, one: Drawn) -> int:
        """Writes the numbers of one chart below the last one's; gives the row of the first category."""
        sheet, head = self.page.sheet, self._top
        number = self.book.looks.of("number", shown(one.measure, percent=PERCENT))
        for column, series in enumerate(one.series, start=1):
            self.page.put(head, column, series.name, "plain")
            for row, (ref, value) in enumerate(zip(series.refs, series.values, strict=True), start=head + 1):
                formula = f"=IF(ISNUMBER({ref}),{ref},NA())" if ref else "=NA()"
                sheet.write_formula(row, column, formula, number, NONE if value is None else kept(value, one.measure))
        for row, name in enumerate(one.categories, start=head + 1):
            self.page.put(row, 0, name, "plain")
        self._top = head + len(one.categories) + 2
        return head + 1


def _font(size: int) -> dict[str, Any]:
    return {"name": FONT, "size": size, "color": PAPER.ink}


def said(name: str) -> str:
    """Names of the series of a chart."""
    return say(f"workbook.series.{name}")
