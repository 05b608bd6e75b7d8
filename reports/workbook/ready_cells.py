"""A cell with its look, as a row takes it, where it does not matter in which sheet it stands."""

from __future__ import annotations

from datetime import date

from reports.workbook.cells import FORMULA_SIGNS, Lamp, Link, PlainCell, writable
from reports.workbook.looks import BookLooks
from reports.workbook.ready_rows import Ready, ReadyNumber, ReadyText

_DAY_0 = date(1899, 12, 30).toordinal()  # a day is kept as the number of days since


def ready(looks: BookLooks, cell: PlainCell, face: str, number_face: str) -> ReadyText | ReadyNumber:
    """Of all but amounts. A text that begins like a formula is a text, and stays one when somebody edits the cell."""
    if cell is None or isinstance(cell, str):
        text = writable(cell or "")
        return looks.number(face, quoted=text.startswith(FORMULA_SIGNS)), text
    if isinstance(cell, Lamp):
        return looks.number("lamp"), cell.words
    if isinstance(cell, Link):
        return looks.number("link" if face == "link" else "jump"), writable(cell.words)
    if isinstance(cell, date):
        return looks.number(number_face, looks.day), cell.toordinal() - _DAY_0, "", False
    return looks.number(number_face, "0"), cell, "", False


class BareCells(dict[PlainCell, Ready]):
    """What stands in the long lists, each worked out once: a text alone, nothing for a blank one."""

    def __init__(self, looks: BookLooks) -> None:
        self._looks = looks

    def __missing__(self, cell: PlainCell) -> Ready:
        found: Ready = ready(self._looks, cell, "bare", "bare_number")
        if isinstance(found, tuple) and len(found) == 2 and found[0] == self._looks.number("bare"):
            found = found[1] or None
        self[cell] = found
        return found
