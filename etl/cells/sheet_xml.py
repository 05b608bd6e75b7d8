"""One sheet of an xlsx or xlsm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

from etl.cells.addresses import column_number, moved
from etl.cells.limits import Limits
from etl.cells.marks import KNOWN_ERRORS, Marks, Place
from etl.errors import Unreadable

_DIGITS = "0123456789"
Attributes = dict[str, str]


@dataclass(slots=True)
class _Shared:
    """A formula stored once, at the first of its cells."""

    at: Place
    text: list[str]


class SheetXml:
    """One pass. Only start tags are handled, and text only where it is wanted: this pass is most
    of what reading a workbook costs.
    """

    def __init__(self, marks: Marks, limits: Limits) -> None:
        self.marks = marks
        self.limits = limits
        self.row = self.column = 0
        self.type: str | None = None  # of the cell we are in
        self.place: Place | None = None
        self.texts: dict[Place, list[str]] = {}
        self.errors: dict[Place, tuple[list[str], int]] = {}
        self.shared: dict[str, _Shared] = {}
        self.followers: list[tuple[Place, str]] = []
        self.started = self.listening = False

    def read(self, data: bytes) -> bytes:
        """Fills the marks; returns the part, with errors that calamine does not know made #N/A."""
        self.parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._root
        try:
            parser.Parse(data, True)
        except expat.ExpatError as problem:
            raise Unreadable(problem=f"XML: {problem}") from problem
        except ValueError as problem:
            raise Unreadable(problem=f"address: {problem}") from problem
        return self._finish(data)

    def _root(self, tag: str, attributes: Attributes) -> None:
        """Every tag of the sheet bears the prefix of the first, mostly none."""
        prefix = tag.removesuffix("worksheet")
        self.parser.StartElementHandler = self._handler(prefix)

    def _handler(self, prefix: str) -> Callable[[str, Attributes], None]:
        cell, value = prefix + "c", prefix + "v"
        others = {
            "row": self._row,
            "f": self._formula,
            "is": self._inline,
            "sheetData": self._data,
            "mergeCell": self._merge,
        }
        others = {prefix + name: handler for name, handler in others.items()}
        marks, parser = self.marks, self.parser
        columns: dict[str, int] = {}

        def start(tag: str, attributes: Attributes) -> None:
            if self.listening:
                parser.CharacterDataHandler = None
                self.listening = False
            if tag == cell:
                self.type = attributes.get("t")
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
            elif tag == value:
                place = self.place
                if place is None or place[0] > marks.last_row or place[1] > marks.last_column:
                    place = self._filled()
                if self.type == "e" or place in marks.resultless:
                    self._value(place)
            elif tag in others:
                others[tag](attributes)

        return start

    def _data(self, attributes: Attributes) -> None:
        if self.started:
            raise Unreadable(problem="two tables of cells in one sheet")
        self.started = True

    def _row(self, attributes: Attributes) -> None:
        self.row = int(attributes.get("r", self.row + 1))
        self.column = 0

    def _inline(self, attributes: Attributes) -> None:
        self._filled()

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
        if text.strip():
            self.marks.resultless.discard(self.place)

    def _merge(self, attributes: Attributes) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        corners: list[int] = []
        for corner in (first, last or first):
            letters = corner.rstrip(_DIGITS)
            corners += [int(corner[len(letters) :]), column_number(letters)]
        top, left, bottom, right = corners
        self.marks.covered.append((top, left, bottom, right))

    def _finish(self, data: bytes) -> bytes:
        marks = self.marks
        for place, text in self.texts.items():
            marks.formulas[place] = "".join(text).strip()
        for place, index in self.followers:
            if not marks.formulas[place]:
                master = self.shared[index]
                formula = "".join(master.text).strip()
                marks.formulas[place] = moved(formula, place[0] - master.at[0], place[1] - master.at[1])
        # From the end on, so that places further up stay where they are.
        for place, (text, start) in sorted(self.errors.items(), key=lambda error: -error[1][1]):
            error = "".join(text).strip()
            marks.errors[place] = error or "#N/A"
            marks.resultless.discard(place)
            if error not in KNOWN_ERRORS:
                begin = data.index(b">", start) + 1
                data = data[:begin] + b"#N/A" + data[data.index(b"<", begin) :]
        return data
