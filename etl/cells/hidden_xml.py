"""What a sheet of an xlsx says of rows and columns that it does not show, and of cells that it may strike out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from etl.cells.addresses import column_number
from etl.cells.limits import Limits
from etl.cells.marks import Area, Marks
from etl.cells.markup import is_on
from etl.cells.styles_xml import Styles

Attributes = Mapping[str, str]
_AREA = re.compile(r"([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?")
_MOST_AREAS = 1_000  # of a sheet; pasting row by row makes hundreds


class HiddenXml:
    """Handlers of tags, which fill the marks. Whether the condition of a look holds is not worked out."""

    def __init__(self, marks: Marks, limits: Limits, styles: Styles) -> None:
        self.marks, self.limits, self.strikes = marks, limits, styles.strikes
        self.areas = ""

    def handlers(self) -> dict[str, Callable[[Attributes], None]]:
        found: dict[str, Callable[[Attributes], None]] = {
            "col": self._columns,
            "sheetPr": self._properties,
            "filterColumn": self._filter,
        }
        if self.strikes:
            found |= {"conditionalFormatting": self._condition, "cfRule": self._look}
        return found

    def row(self, number: int, attributes: Attributes) -> None:
        if _is_hidden(attributes, "ht"):
            self.marks.hide_rows(number, number, self.limits)

    def _columns(self, attributes: Attributes) -> None:
        if _is_hidden(attributes, "width"):
            self.marks.hide_columns(int(attributes.get("min", 1)), int(attributes.get("max", 0)), self.limits)

    def _properties(self, attributes: Attributes) -> None:
        self.marks.filtered |= is_on(attributes.get("filterMode", "0"))

    def _filter(self, attributes: Attributes) -> None:
        self.marks.filtered = True

    def _condition(self, attributes: Attributes) -> None:
        self.areas = attributes.get("sqref", "")

    def _look(self, attributes: Attributes) -> None:
        room = _MOST_AREAS - len(self.marks.struck_if)
        if attributes.get("dxfId") in self.strikes and room > 0:
            self.marks.struck_if += areas(self.areas)[:room]


def areas(text: str) -> list[Area]:
    """B3:C9 D4; what is written otherwise is left out."""
    found = []
    for part in text.split():
        if told := _AREA.fullmatch(part):
            left, top, right, bottom = told.groups()
            found.append((int(top), column_number(left), int(bottom or top), column_number(right or left)))
    return found


def _is_hidden(attributes: Attributes, size: str) -> bool:
    """Said so, or of no size."""
    return is_on(attributes.get("hidden", "0")) or attributes.get(size) in ("0", "0.0")
