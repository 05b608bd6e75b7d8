"""Cells that show a picture where others show a value: DISPIMG of WPS, Excel's picture in a cell, IMAGE()."""

from __future__ import annotations

import re

from etl.cells.markup import local, parsed
from etl.cells.package import Package
from etl.errors import Encrypted, Unreadable
from etl.model import Cell, CellState

# Functions that came later bear a prefix, and an online table wraps those that Excel did not know.
_CALL = r"(?:_xl\w+\.|COM\.MICROSOFT\.)*(?:DISPIMG|IMAGE)\s*\("
_WHOLE = re.compile(rf"\s*(?:IFERROR\(\s*__xludf\.DUMMYFUNCTION\(\s*\"\s*)?{_CALL}", re.I)
_WITHIN = re.compile(rf"(?<![\w.]){_CALL}", re.I)
_AS_TEXT = re.compile(rf"=\s*{_CALL}.*\)", re.I | re.S)
# The name that WPS gives a picture, within a formula's tokens: one byte a letter, or two.
_NAMED = re.compile(rb"ID_[0-9A-Fa-f]{32}|I\0D\0_\0(?:[0-9A-Fa-f]\0){32}")


def shows_picture(cell: Cell) -> bool:
    """By its formula, or by the formula that stands as its text: WPS stores that as the result, a CSV has nothing else."""
    if cell.formula and _WHOLE.match(cell.formula):
        return True
    if isinstance(cell.raw, str) and cell.raw.lstrip().startswith("=") and _AS_TEXT.fullmatch(cell.raw.strip()):
        return True
    failed = cell.state in (CellState.ERROR, CellState.UNCACHED)
    return failed and _WITHIN.search(cell.formula or "") is not None


def names_picture(tokens: bytes) -> bool:
    """Whether the tokens of a formula (xls, xlsb) name a picture of WPS."""
    return _NAMED.search(tokens) is not None


class RichValues:
    """What the values are that a cell refers to by `vm`, and for which it stores #VALUE! instead: pictures, errors …

    One that cannot be looked up counts as a picture: programs that write the reference without its parts mean one.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self._read: _Rich | None = None

    def is_picture(self, number: str) -> bool:
        """number: of the value metadata, from 1, as a cell writes it."""
        kind = self._rich.kind(int(number)) if number.isdecimal() else ""
        return not kind or "image" in kind.casefold()

    @property
    def hold_pictures(self) -> bool:
        """Where the numbers cannot be followed, as in an xlsb."""
        kinds = self._rich.structures
        return not kinds or any("image" in kind.casefold() for kind in kinds)

    @property
    def _rich(self) -> _Rich:
        if self._read is None:
            self._read = _Rich()
            for kind in ("sheetMetadata", "rdRichValue", "rdRichValueStructure"):
                try:
                    if part := self._package.shared(kind):
                        parsed(part, self._read.start)
                except (Unreadable, Encrypted):
                    continue
        return self._read


class _Rich:
    """The tables a `vm` is followed through: value metadata -> rich value -> structure."""

    def __init__(self) -> None:
        self.types: list[str] = []
        self.future: dict[str, list[int]] = {}
        self.values: list[tuple[int, int]] = []
        self.rich: list[int] = []
        self.structures: list[str] = []
        self._within = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        def number(key: str) -> int:
            text = attributes.get(key, "")
            return int(text) if text.isdecimal() else -1

        match local(tag):
            case "metadataType":
                self.types.append(attributes.get("name", ""))
            case "futureMetadata":
                self._within = attributes.get("name", "")
            case "valueMetadata" | "cellMetadata" as table:
                self._within = table
            case "rvb":
                self.future.setdefault(self._within, []).append(number("i"))
            case "rc" if self._within == "valueMetadata":
                self.values.append((number("t"), number("v")))
            case "rv":
                self.rich.append(number("s"))
            case "s" if "t" in attributes:
                self.structures.append(attributes.get("t", ""))

    def kind(self, number: int) -> str:
        """_localImage, _webimage, _error …; empty where the tables do not lead there."""
        try:
            type_, value = self.values[_place(number, 1)]
            rich = self.future[self.types[_place(type_, 1)]][_place(value, 0)]
            return self.structures[_place(self.rich[_place(rich, 0)], 0)]
        except (IndexError, KeyError):
            return ""


def _place(number: int, first: int) -> int:
    """Raises IndexError for a number before the first."""
    if number < first:
        raise IndexError(number)
    return number - first
