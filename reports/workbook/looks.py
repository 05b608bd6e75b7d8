"""Formats of the workbooks, each made once: how a number of every measure is shown, and the few faces a cell can have."""

from __future__ import annotations

import re
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from catalogue.display import Measure
from catalogue.wording import language, say
from charts.theme import PALETTES

FONT = "微软雅黑"
SIZE = 10
PAPER = PALETTES["light"]
PERCENT = "0.00%"  # of our own cells, which hold 0.796
_SAID = '0.00"%"'  # of a cell that holds 79.6: the sign is only printed behind
_SHOWN = {"point": "0.00", "ratio": "0.000", "10k_yuan": "#,##0.00"}
_COUNTED = "#,##0"
_FRAMED = {"border": 1, "border_color": "#c9d2dc", "valign": "vcenter"}
FACES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": PAPER.ink},
    "part": {"bold": True, "font_size": 12, "font_color": PAPER.ink},
    "note": {"font_size": 9, "font_color": PAPER.muted},
    "plain": {"valign": "vcenter"},
    "link": {"font_color": PAPER.accent, "underline": 1, "valign": "vcenter"},
    "head": {**_FRAMED, "bold": True, "bg_color": PAPER.steps[0], "align": "center", "text_wrap": True},
    "text": {**_FRAMED, "text_wrap": True, "indent": 1},
    "bare": {"indent": 1},
    "bare_number": {},
    "word": {**_FRAMED, "font_color": PAPER.muted, "align": "right", "text_wrap": True},
    "lamp": {**_FRAMED, "bold": True, "align": "center"},
    "jump": {**_FRAMED, "font_color": PAPER.accent, "underline": 1, "text_wrap": True, "indent": 1},
    "number": {**_FRAMED, "align": "right"},
    "sum": {**_FRAMED, "align": "right", "text_wrap": True, "bold": True, "bg_color": PAPER.faint},
    "sum_text": {**_FRAMED, "bold": True, "bg_color": PAPER.faint, "text_wrap": True, "indent": 1},
    "tally": {**_FRAMED, "align": "left", "indent": 1, "bold": True},
}


def shown(measure: str, before: str = "", behind: str = "", signed: bool = False, percent: str = _SAID) -> str:
    """Excel's number format of a measure; signed: a change, percentages in 百分点. percent: PERCENT where the cell holds 0.796."""
    form = percent if measure == "percent" else _SHOWN.get(measure, _COUNTED)
    if signed:
        form = f'0.00"{worded_unit("point")}"' if measure == "percent" else form
    if isinstance(measure, Measure):
        form = _published(form, measure.decimals)
    if signed:
        return f"+{form};-{form};{form}"
    return (f'"{before}"' if before else "") + form + (f'"{behind}"' if behind else "")


def _published(form: str, decimals: int) -> str:
    """The format with as many decimals as the plan publishes of the indicator."""
    return re.sub(r"0(\.0+)?(?=[^0]*$)", "0." + "0" * decimals if decimals else "0", form, count=1)


def worded_unit(measure: str) -> str:
    """As it stands behind a number: 个百分点, or with a space in English."""
    return f"{'' if language() == 'zh' else ' '}{say(f'measure.{measure}')}"


class BookLooks:
    """Of one workbook, each known by its number in `all`."""

    def __init__(self, file: Workbook) -> None:
        self._file = file
        self.all: list[Format] = []
        self._made: dict[tuple[str, str, bool], int] = {}
        self._amounts: dict[tuple[str, str, int | None, str, str, bool], int] = {}
        self.day = say("workbook.format.day")
        self.lights = {
            light: file.add_format({"bg_color": tint, "font_color": PAPER.ink, "bold": True})
            for light, tint in PAPER.tints.items()
        }

    def amount(self, face: str, measure: str, before: str, behind: str, signed: bool) -> int:
        """Kept by what it follows from: a workbook of many units asks tens of thousands of times."""
        decimals = measure.decimals if isinstance(measure, Measure) else None
        key = face, measure, decimals, before, behind, signed
        found = self._amounts.get(key)
        if found is None:
            found = self._amounts[key] = self.number(face, shown(measure, before, behind, signed, PERCENT))
        return found

    def of(self, face: str, form: str = "", quoted: bool = False) -> Format:
        """quoted: a text that begins like a formula stays one when somebody edits the cell."""
        return self.all[self.number(face, form, quoted)]

    def number(self, face: str, form: str = "", quoted: bool = False) -> int:
        """As `of`, its number."""
        found = self._made.get((face, form, quoted))
        if found is None:
            more = ({"num_format": form} if form else {}) | ({"quote_prefix": True} if quoted else {})
            self.all.append(self._file.add_format({**FACES[face], **more}))
            found = self._made[face, form, quoted] = len(self.all) - 1
        return found
