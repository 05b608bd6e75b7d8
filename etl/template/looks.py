"""How a template looks: the bureau's fonts, calm colours, one place for all of them."""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from catalogue.model import Element

SONG, HEI, KAI = "宋体", "黑体", "楷体"
TO_FILL, TO_FILL_TEXT, LOCKED, NOT_DUE, HEADER, GROUP = "#FFF9DF", "#FFFFFF", "#F3F4F5", "#DDDFE1", "#E6EDF3", "#F0F4F7"
_LINE, _FAINT = "#9AA3AB", "#A6ABB0"

_CELL = {"border": 1, "border_color": _LINE, "text_wrap": True, "valign": "vcenter"}
_ROLES: dict[str, dict[str, Any]] = {
    "identity": {"font_size": 7, "font_color": _FAINT},
    "demo": {"font_size": 10, "font_name": HEI, "font_color": "#B45309", "align": "right"},
    "plan": {"font_size": 12, "font_name": KAI, "align": "center", "valign": "vcenter"},
    "title": {"font_size": 16, "font_name": HEI, "align": "center", "valign": "vcenter"},
    "head": {"valign": "vcenter", "shrink": True},
    "head_right": {"valign": "vcenter", "align": "right", "shrink": True},
    "header": {**_CELL, "font_name": HEI, "font_size": 10, "bg_color": HEADER, "align": "center"},
    "group": {**_CELL, "font_name": HEI, "bg_color": GROUP},
    "code": {**_CELL, "font_size": 10, "align": "center", "bg_color": LOCKED},
    "name": {**_CELL, "bg_color": LOCKED},
    "measure": {**_CELL, "font_size": 10, "align": "center", "bg_color": LOCKED},
    "entry": {**_CELL, "bg_color": TO_FILL, "locked": False},
    "reason": {**_CELL, "bg_color": TO_FILL_TEXT, "locked": False, "num_format": "@", "align": "left"},
    "locked": {**_CELL, "bg_color": LOCKED},
    "computed": {**_CELL, "bg_color": LOCKED, "bold": True},
    "not_due": {**_CELL, "bg_color": NOT_DUE, "font_color": "#5F666C", "font_size": 9},
    "footer_label": {"align": "right", "valign": "vcenter", "shrink": True},
    "footer": {
        "bg_color": TO_FILL,
        "locked": False,
        "bottom": 1,
        "border_color": _LINE,
        "valign": "vcenter",
        "shrink": True,
    },
    "footer_copy": {"bottom": 1, "border_color": _LINE, "valign": "vcenter", "shrink": True},
    "guide_title": {"font_name": HEI, "font_size": 16, "align": "center", "valign": "vcenter"},
    "guide_heading": {"font_name": HEI, "font_size": 12, "valign": "vcenter"},
    "guide_text": {"text_wrap": True, "valign": "top"},
    "guide_cell": {**_CELL, "font_size": 10},
    "guide_code": {**_CELL, "font_size": 10, "align": "center"},
}
_NUMBER_FORMATS = {"integer": "#,##0", "decimal": "#,##0.00##", "date": "yyyy-mm-dd", "text": "@", "choice": "@"}
_ALIGN = {"integer": "right", "decimal": "right", "date": "center", "text": "left", "choice": "center"}


class TemplateLooks:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[Any, ...], Format] = {}

    def of(self, role: str, **more: Any) -> Format:
        key = (role, *sorted(more.items()))
        if key not in self._made:
            face = {"font_name": SONG, "font_size": 10.5, **_ROLES[role], **more}
            self._made[key] = self._workbook.add_format(face)
        return self._made[key]

    def answer(self, role: str, element: Element, **more: Any) -> Format:
        """For a cell that holds an answer to this element: number format and alignment by its kind."""
        return self.of(role, num_format=_NUMBER_FORMATS[element.kind], align=_ALIGN[element.kind], **more)
