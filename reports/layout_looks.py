"""The cell formats of somebody else's workbook: what a number there is shown as, and the same look with another number format."""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
GENERAL = "General"
_OWN = 164  # numbers below are Excel's
_SAID = re.compile(r'"[^"]*"|\\.|_.|\*.')  # what a number format prints as it stands


def in_percent(form: str) -> bool:
    """Whether the format itself multiplies by a hundred, and does not only print the sign."""
    return "%" in _SAID.sub("", form)


class LayoutLooks:
    """root: the part of styles, None in a workbook that has none; every cell is General there, and stays so."""

    def __init__(self, root: etree._Element | None) -> None:
        self.root = root
        self._looks = None if root is None else root.find(f"{MAIN}cellXfs")
        self._made: dict[tuple[int, str, bool], int] = {}
        listed = [] if root is None else root.iter(f"{MAIN}numFmt")
        self._forms = {int(one.get("numFmtId")): one.get("formatCode", GENERAL) for one in listed}

    def form(self, look: int) -> str:
        """The number format of a look."""
        if self._looks is None or look >= len(self._looks):
            return GENERAL
        number = int(self._looks[look].get("numFmtId", 0))
        return self._forms.get(number) or BUILTIN_FORMATS.get(number, GENERAL)

    def like(self, look: int, form: str = "", quoted: bool = False) -> int:
        """The same look with another number format; quoted: a text that begins like a formula stays one when it is edited."""
        if self._looks is None or not (form or quoted):
            return look
        found = self._made.get((look, form, quoted))
        if found is None:
            made = deepcopy(self._looks[look]) if look < len(self._looks) else etree.Element(f"{MAIN}xf")
            if form:
                made.set("numFmtId", str(self._number(form)))
                made.set("applyNumberFormat", "1")
            if quoted:
                made.set("quotePrefix", "1")
            self._looks.append(made)
            self._looks.set("count", str(len(self._looks)))
            found = self._made[look, form, quoted] = len(self._looks) - 1
        return found

    def _number(self, form: str) -> int:
        known = next((number for number, told in self._forms.items() if told == form), None)
        if known is not None:
            return known
        number = max((_OWN - 1, *self._forms)) + 1
        assert self.root is not None, "asked of a workbook with looks only"
        listed = self.root.find(f"{MAIN}numFmts")
        if listed is None:
            listed = etree.Element(f"{MAIN}numFmts")
            self.root.insert(0, listed)  # the first there is
        etree.SubElement(listed, f"{MAIN}numFmt", {"numFmtId": str(number), "formatCode": form})
        listed.set("count", str(len(listed)))
        self._forms[number] = form
        return number
