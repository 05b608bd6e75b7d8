"""One sheet of an xlsx or xlsm."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

from etl.cells.addresses import column_number, moved
from etl.cells.hidden_xml import HiddenXml
from etl.cells.limits import Limits
from etl.cells.marks import KNOWN_ERRORS, Marks, Place
from etl.cells.markup import Edit, edited, is_on, new_parser
from etl.cells.pictures import RichValues
from etl.cells.plain_sheet import plain_table
from etl.cells.runs import is_set_apart
from etl.cells.styles_xml import RunReader, SharedTexts, Styles
from etl.errors import Unreadable
from etl.reading.plain import compact

_DIGITS = "0123456789"
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
# What the value of a cell of a type must look like; calamine refuses the whole file for any other.
_SOUND = {
    "n": _NUMBER,
    "b": re.compile("[01]"),
    "d": re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z?)?"),
}
_PLAIN_TYPES = (None, "e")
Attributes = dict[str, str]


@dataclass(slots=True)
class _Shared:
    """A formula stored once, at the first of its cells."""

    at: Place
    text: list[str]


class SheetXml:
    """One pass. Only start tags are handled, and text only where it is wanted: this pass is most
    of what reading a workbook costs.

    A cell that shows nothing but spaces does not reach out: it is cut where it lies beyond the others.
    """

    def __init__(self, marks: Marks, limits: Limits, texts: SharedTexts, styles: Styles, rich: RichValues) -> None:
        self.marks = marks
        self.limits = limits
        self.shared_texts = texts
        self.styles = styles
        self.rich = rich
        self.hidden = HiddenXml(marks, limits, styles)
        self.row = self.column = self.begun = 0
        self.type: str | None = None  # of the cell we are in
        self.place: Place | None = None
        self.texts: dict[Place, list[str]] = {}
        self.errors: dict[Place, tuple[list[str], int]] = {}
        self.shared: dict[str, _Shared] = {}
        self.followers: list[tuple[Place, str]] = []
        self.inline: RunReader | None = None
        self.blanks: list[tuple[Place, int]] = []
        self.cuts: list[int] = []
        self.started = self.listening = False

    def read(self, data: bytes) -> bytes:
        """Fills the marks; returns the part as calamine can read it: without far blanks and damaged
        cells, and with errors that it does not know made #N/A.
        """
        table, rest = plain_table(data, self.shared_texts, self.styles), data
        if table and table.within(self.limits):
            self.texts, rest = table.tell(self.marks, self.styles, self.hidden), table.rest
        self.parser = parser = new_parser()
        parser.StartElementHandler = self._root
        try:
            parser.Parse(rest, True)
            self._end_inline()
        except expat.ExpatError as problem:
            raise Unreadable(problem=f"XML: {problem}") from problem
        except ValueError as problem:
            raise Unreadable(problem=f"address: {problem}") from problem
        self._tell_formulas()
        return edited(data, [*self._error_edits(data), *self._cut_edits(data)])

    def _root(self, tag: str, attributes: Attributes) -> None:
        """Every tag of the sheet bears the prefix of the first, mostly none."""
        self.prefix = tag.removesuffix("worksheet")
        self.parser.StartElementHandler = self._handler(self.prefix)

    def _handler(self, prefix: str) -> Callable[[str, Attributes], None]:
        cell, value = prefix + "c", prefix + "v"
        others = {
            "row": self._row,
            **self.hidden.handlers(),
            "f": self._formula,
            "is": self._inline,
            "sheetData": self._data,
            "mergeCell": self._merge,
            "sheetCalcPr": self._calculation,
        }
        others = {prefix + name: handler for name, handler in others.items()}
        marks, parser = self.marks, self.parser
        styled = self.styles.fonts or self.styles.percents
        columns: dict[str, int] = {}

        def start(tag: str, attributes: Attributes) -> None:
            if self.listening:
                parser.CharacterDataHandler = None
                self.listening = False
            if tag == cell:
                if self.inline is not None:
                    self._end_inline()
                self.type = attributes.get("t")
                self.begun = parser.CurrentByteIndex
                at = attributes.get("r")
                if at is None:
                    self.column += 1
                    self.place = self.row, self.column
                else:
                    letters = at.rstrip(_DIGITS)
                    if letters not in columns:
                        columns[letters] = column_number(letters)
                    self.column = columns[letters]
                    self.place = int(at[len(letters) :]), self.column
                if self.type == "e" and "vm" in attributes and self.rich.is_picture(attributes["vm"]):
                    marks.pictures.add(self.place)
                if styled:
                    self.styles.tell(attributes.get("s", "0"), self.place, marks)
            elif tag == value:
                place = self.place
                if self.type not in _PLAIN_TYPES:
                    self._listen(self._typed)
                elif place is None or place[0] > marks.last_row or place[1] > marks.last_column:
                    self._reaching()
                elif self.type == "e" or place in marks.resultless:
                    self._value(place)
            elif tag in others:
                others[tag](attributes)
            elif self.inline is not None and self.inline.start(tag.removeprefix(prefix), attributes):
                self._listen(self.inline.text)

        return start

    def _data(self, attributes: Attributes) -> None:
        if self.started:
            raise Unreadable(problem="two tables of cells in one sheet")
        self.started = True

    def _calculation(self, attributes: Attributes) -> None:
        self.marks.computed_later |= is_on(attributes.get("fullCalcOnLoad", "0"))

    def _row(self, attributes: Attributes) -> None:
        self.row = int(attributes.get("r", self.row + 1))
        self.column = 0
        if "hidden" in attributes or "ht" in attributes:
            self.hidden.row(self.row, attributes)

    def _inline(self, attributes: Attributes) -> None:
        self.inline = RunReader()

    def _end_inline(self) -> None:
        """Texts within the cell that has just ended."""
        if self.inline is None:
            return
        runs, self.inline = self.inline.finished(), None
        if any(compact(run.text) for run in runs):
            place = self._filled()
            if is_set_apart(runs):
                self.marks.runs[place] = runs
        elif self.place is not None:
            self.blanks.append((self.place, self.begun))

    def _filled(self) -> Place:
        if self.place is None:
            raise Unreadable(problem="a value outside of any cell")
        self.marks.reach(*self.place, self.limits)
        return self.place

    def _formula(self, attributes: Attributes) -> None:
        place = self._filled()
        text: list[str] = []
        self.texts[place] = text
        self._listen(text.append)
        if self.type != "str":  # the result "" is stored as a text of no letters
            self.marks.resultless.add(place)
        if attributes.get("t") == "shared":
            index = attributes.get("si", "")
            if index in self.shared:
                self.followers.append((place, index))
            else:
                self.shared[index] = _Shared(place, text)

    def _reaching(self) -> None:
        """A number or an error further out than all before it, or, as the text will show, nothing."""
        if self.type == "e":
            self._value(self._filled())
        else:
            self._listen(self._first)

    def _first(self, text: str) -> None:
        if compact(text):
            self._filled()
        elif self.place is not None:
            self.blanks.append((self.place, self.begun))

    def _typed(self, text: str) -> None:
        """The value of a cell that says of which type it is. A damaged one is cut, and the cell named."""
        place, kind, shared = self.place, self.type, self.shared_texts
        if place is None:
            raise Unreadable(problem="a value outside of any cell")
        if kind == "s" and text in shared.usual:
            if place[0] > self.marks.last_row or place[1] > self.marks.last_column:
                self._filled()
            return
        if kind == "s":
            number = text.strip()
            if number in shared.blank:
                self.blanks.append((place, self.begun))
                return
            sound = number in shared.usual or number in shared.runs
            if number in shared.runs:
                self.marks.runs[place] = shared.runs[number]
        elif kind == "str":
            if not compact(text) and place not in self.texts:
                self.blanks.append((place, self.begun))
                return
            sound = True
        else:  # inlineStr has its text in `is`, and no value
            pattern = _SOUND.get(kind or "")
            sound = pattern is not None and pattern.fullmatch(text) is not None
        if sound:
            self._filled()
            self.marks.resultless.discard(place)
        else:
            self.cuts.append(self.begun)
            self.marks.broken.add(place)
            self.texts.pop(place, None)
            self.marks.resultless.discard(place)

    def _value(self, place: Place) -> None:
        """Its text counts: which error it is, or whether the formula has a result at all."""
        if self.type == "e":
            text: list[str] = []
            self.errors[place] = text, self.parser.CurrentByteIndex
            self._listen(text.append)
        else:
            self._listen(self._result)

    def _listen(self, to: Callable[[str], None]) -> None:
        self.parser.CharacterDataHandler = to
        self.listening = True

    def _result(self, text: str) -> None:
        if text.strip() and self.place is not None:
            self.marks.resultless.discard(self.place)

    def _merge(self, attributes: Attributes) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        corners: list[int] = []
        for corner in (first, last or first):
            letters = corner.rstrip(_DIGITS)
            corners += [int(corner[len(letters) :]), column_number(letters)]
        top, left, bottom, right = corners
        self.marks.covered.append((top, left, bottom, right))

    def _tell_formulas(self) -> None:
        marks = self.marks
        for place, text in self.texts.items():
            marks.formulas[place] = "".join(text).strip()
        for place, index in self.followers:
            if not marks.formulas.get(place):
                master = self.shared[index]
                formula = "".join(master.text).strip()
                marks.formulas[place] = moved(formula, place[0] - master.at[0], place[1] - master.at[1])

    def _error_edits(self, data: bytes) -> list[Edit]:
        edits, marks = [], self.marks
        for place, (text, start) in self.errors.items():
            error = "".join(text).strip()
            marks.errors[place] = error or "#N/A"
            marks.resultless.discard(place)
            if error not in KNOWN_ERRORS:
                begin = data.index(b">", start) + 1
                edits.append((begin, data.index(b"<", begin), b"#N/A"))
        return edits

    def _cut_edits(self, data: bytes) -> list[Edit]:
        marks, end = self.marks, re.compile(rb"</%bc\s*>" % self.prefix.encode())
        far = [at for place, at in self.blanks if marks.lies_beyond(*place)]
        edits = []
        for begin in {*far, *self.cuts}:
            found = end.search(data, begin)
            if found is None:
                raise Unreadable(problem="a cell without its end")
            edits.append((begin, found.end(), b""))
        return edits
