"""Where cells are after a row was repeated: references, ranges and formulas, rewritten.

The rows below move down. A range that ends in the repeated row, or spans it, grows over the repetitions, so that a total
under the row adds them all up; a single cell of the row stays the first of them. What formulas say in texts (INDIRECT)
and as names is left as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

_END = r"(\$?)([A-Za-z]{1,3})?(\$?)(\d+)?"
_REFERENCE = re.compile(rf"(:?){_END}(?::{_END})?(#?)")
_OF_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([^'!:\[\]]+))!(.+)", re.DOTALL)


class Unmovable(ValueError):
    """A reference of which it cannot be told where it would lead."""


@dataclass(frozen=True, slots=True)
class Shift:
    """`more` rows are inserted under `row` of the sheet, numbers from 1."""

    sheet: str
    row: int
    more: int

    def place(self, row: int) -> int:
        return row + self.more if row > self.row else row

    def last(self, row: int) -> int:
        """Of a range's last row, which grows over the repetitions."""
        return row + self.more if row >= self.row else row

    def areas(self, text: str, grow: bool = True) -> str:
        """A2:C9 F3, as attributes of a sheet have them. grow: a single cell of the row becomes the column of all."""
        return " ".join(self._area(one, grow) for one in text.split())

    def _area(self, text: str, grow: bool) -> str:
        found = _REFERENCE.fullmatch(text)
        if found is None:
            raise Unmovable(text)
        return _written(found, *self._rows(found, grow, own=None, rooted=False)) if found[5] or found[9] else text

    def formula(self, text: str, here: str, *, own: int | None = None, grow: bool = False, rooted: bool = False) -> str:
        """here: the sheet it stands in. own: for a formula of the row, which repetition it is for (0: the row itself):
        its relative references to the row are to its own. grow: as `areas`. rooted: of a rule whose relative
        references are counted from its first cell, so that only $ rows grow. Raises Unmovable.
        """
        try:
            tokens = Tokenizer(f"={text}")
        except TokenizerError as problem:
            raise Unmovable(text) from problem
        for token in tokens.items:
            if token.type == Token.OPERAND and token.subtype == Token.RANGE:
                token.value = self._operand(token.value, here, own, grow, rooted)
        return "".join(token.value for token in tokens.items)

    def _operand(self, text: str, here: str, own: int | None, grow: bool, rooted: bool) -> str:
        sheet, reference = here, text
        prefix = ""
        if "!" in text:
            found = _OF_SHEET.fullmatch(text)
            if found is None:
                if "[" in text:
                    return text  # of another workbook
                raise Unmovable(text)  # across several sheets
            sheet, reference = (found[1] or found[2]).replace("''", "'"), found[3]
            prefix = text[: len(text) - len(reference)]
        found = _REFERENCE.fullmatch(reference)
        if sheet.casefold() != self.sheet.casefold() or found is None or not (found[5] or found[9]):
            return text  # elsewhere, a name, whole columns
        if (found[3] is None) != (found[5] is None) and not _whole_rows(found):
            return text  # a name that looks like one: X, ABC
        return prefix + _written(found, *self._rows(found, grow, own, rooted))

    def _rows(self, found: re.Match[str], grow: bool, own: int | None, rooted: bool) -> tuple[int | None, int | None]:
        first = int(found[5]) if found[5] else None
        last = int(found[9]) if found[9] else None
        if own is not None:
            bottom = self.last(last) if last is not None and found[8] else self._own(last, own)
            return first if found[4] and first == self.row else self._own(first, own), bottom
        if last is None:
            assert first is not None, "a reference has a row or two"
            return self.place(first), self.last(first) if grow and first == self.row else None
        held = rooted and not found[8] and last == self.row
        return None if first is None else self.place(first), last if held else self.last(last)

    def _own(self, row: int | None, own: int) -> int | None:
        if row is None:
            return None
        return row + own if row == self.row else self.place(row)


def _whole_rows(found: re.Match[str]) -> bool:
    """3:7."""
    return found[3] is None and found[5] is not None and found[7] is None and found[9] is not None


def _written(found: re.Match[str], first: int | None, last: int | None) -> str:
    joint, *parts, spill = (text or "" for text in found.groups())
    top, bottom = parts[:3], parts[4:7]
    if last is not None and found[9] is None:
        bottom = top  # one cell that became a column of them
    told = joint + "".join(top) + ("" if first is None else str(first))
    if last is not None:
        told += ":" + "".join(bottom) + str(last)
    return told + spill
