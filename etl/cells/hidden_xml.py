"""What a sheet of an xlsx says of rows and columns that it does not show."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from etl.cells.limits import Limits
from etl.cells.marks import Marks
from etl.cells.markup import is_on

Attributes = Mapping[str, str]


class HiddenXml:
    """Handlers of tags, which fill the marks."""

    def __init__(self, marks: Marks, limits: Limits) -> None:
        self.marks, self.limits = marks, limits

    def handlers(self) -> dict[str, Callable[[Attributes], None]]:
        return {"col": self._columns, "sheetPr": self._properties, "filterColumn": self._filter}

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


def _is_hidden(attributes: Attributes, size: str) -> bool:
    """Said so, or of no size."""
    return is_on(attributes.get("hidden", "0")) or attributes.get(size) in ("0", "0.0")
