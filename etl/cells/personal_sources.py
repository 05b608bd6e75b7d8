"""Where identity-card numbers stand outside of the cells that are read: comments, text boxes, tabs, and whatever else a
file holds. Only the places go on, never the texts."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from etl.cells.kinds import open_ole
from etl.cells.markup import local, parsed
from etl.cells.parts import ArchiveParts
from etl.errors import Encrypted, Unreadable
from etl.model import IdentitySpot
from etl.reading.personal import has_id_number

COMMENT, TEXT_BOX, TAB, CONTENT = "comment", "text_box", "sheet_name", "content"
_BOOK = "xl/workbook.xml"
_CELLS = ("worksheets/sheet", "sharedstrings")
_MOST = 20  # places; one is enough to refuse
# Elements within one text; any other ends it.
_WITHIN = {
    "r",
    "t",
    "rPr",
    "span",
    "s",
    "tab",
    "br",
    "a",
    "b",
    "i",
    "u",
    "font",
    "fld",
    "line-break",
    "rPh",
    "endParaRPr",
}
_BOXES = {"txBody", "txbxContent", "textbox", "text-box", "custom-shape", "rect", "cNvPr"}
_NO_TEXT = ("theme/", "styles.xml", "[content_types].xml", "calcchain.xml", "printersettings")
# A run of digits and separators as it stands in binary parts: one byte a sign, or two.
_NARROW = re.compile(rb"(?<![0-9])[0-9](?:[-_. /]?[0-9]){13,16}[-_. /]?[0-9Xx](?![0-9])")
_RUN = re.compile(rb"[0-9][-_. /0-9Xx]{13,}")  # within which one may stand
_WIDE = re.compile(rb"(?<![0-9]\0)[0-9]\0(?:(?:[-_. /]\0)?[0-9]\0){13,16}(?:[-_. /]\0)?[0-9Xx]\0(?![0-9]\0)")

# Before that is looked for: the fewest digits in a row that it takes, every digit as 0, what may stand between them left out.
_BETWEEN, _FEWEST = b"-_. /\0", b"0" * 14
_DIGITS = bytes.maketrans(b"123456789", b"0" * 9)


def spots(content: bytes, parts: ArchiveParts | None) -> list[IdentitySpot]:
    """Each place once, at most a handful. parts: of a zipped workbook; None for an xls. What cannot be opened here is passed over: nobody else reads it either.

    Raises Unreadable and TooLarge for the file as a whole.
    """
    found = _of_ole(content) if parts is None else _of_zip(parts)
    return list(dict.fromkeys(islice(found, _MOST)))


def _of_ole(content: bytes) -> Iterator[IdentitySpot]:
    with open_ole(content) as ole:
        for name in ole.listdir():
            try:
                data = ole.openstream(name).read()
            except (OSError, ValueError, IndexError):
                continue
            if _in_bytes(data):
                yield IdentitySpot(CONTENT, "")


def _of_zip(parts: ArchiveParts) -> Iterator[IdentitySpot]:
    tabs = _tabs(parts)
    for name in sorted(parts.names):
        if any(mark in name for mark in _NO_TEXT):
            continue
        try:
            data = parts.read(name)
        except (Unreadable, Encrypted):
            continue
        sheet = tabs.get(name, "")
        if name.endswith((".xml", ".vml", ".rels")):
            yield from _of_xml(name, data, sheet)
        elif name.endswith(".bin") and _in_bytes(data):
            yield IdentitySpot(COMMENT if "comments" in name else CONTENT, sheet)


def _in_bytes(data: bytes) -> bool:
    if _FEWEST not in data.translate(_DIGITS, _BETWEEN):
        return False
    texts = [found[0].decode("ascii") for run in _RUN.findall(data) for found in _NARROW.finditer(run)]
    if b"\0" in data:
        texts += [found[0].decode("utf-16-le") for found in _WIDE.finditer(data)]
    return any(map(has_id_number, texts))


def _of_xml(name: str, data: bytes, sheet: str) -> list[IdentitySpot]:
    """The cells are looked at when they are read; of a large sheet only what may be such a number is looked at closer."""
    if any(mark in name for mark in _CELLS) and not _in_bytes(data):
        return []
    reader = _Texts(name, sheet)
    try:
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise Unreadable(problem=f"{name} holds a DTD")
        parsed(data, reader.start, reader.end, reader.text)
    except Unreadable:  # VML is not always XML
        return [IdentitySpot(CONTENT, sheet)] if _in_bytes(data) else []
    return reader.spots


@dataclass(slots=True)
class _Texts:
    """The texts of one part, each in one piece however many runs it has; attributes too (names, alternative texts)."""

    name: str
    sheet: str
    spots: list[IdentitySpot] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    cell: str = ""
    notes: int = 0
    boxes: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        mine = local(tag)
        if mine not in _WITHIN:
            self._ended()
        self.notes += mine == "annotation"
        self.boxes += mine in _BOXES
        if mine == "table":
            self.sheet = attributes.get("table:name", self.sheet)
        if "comments" in self.name.lower():
            self.cell = attributes.get("ref", self.cell)
        for value in attributes.values():
            if has_id_number(value):
                is_tab = mine in ("sheet", "table", "definedName")
                self._say(TAB if is_tab else self._source(), "" if is_tab else self._place())

    def end(self, tag: str) -> None:
        mine = local(tag)
        if mine not in _WITHIN:
            self._ended()
        self.notes -= mine == "annotation"
        self.boxes -= mine in _BOXES

    def text(self, text: str) -> None:
        self.pieces.append(text)

    def _ended(self) -> None:
        whole = "".join(self.pieces)
        self.pieces.clear()
        if has_id_number(whole):
            self._say(self._source(), self._place())

    def _source(self) -> str:
        if self.notes or "comments" in self.name.lower():
            return COMMENT
        return TEXT_BOX if self.boxes or "drawing" in self.name.lower() else CONTENT

    def _place(self) -> str:
        return f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.sheet or self.cell

    def _say(self, source: str, at: str) -> None:
        if len(self.spots) < _MOST:
            self.spots.append(IdentitySpot(source, at))


def _tabs(parts: ArchiveParts) -> dict[str, str]:
    """Part -> the sheet it belongs to, by the relations of a package, as far as they can be read."""
    of_part: dict[str, str] = {}

    def follow(part: str, sheet: str, depth: int) -> None:
        if depth and part not in of_part:
            of_part[part] = sheet
            for _, further in _relations(parts, part):
                follow(further, sheet, depth - 1)

    try:
        names = dict(_sheet_names(parts)) if parts.has(_BOOK) else {}
        for relation, part in _relations(parts, _BOOK):
            if relation in names:
                follow(part, names[relation], depth=2)
    except (Unreadable, Encrypted):
        pass
    return of_part


def _sheet_names(parts: ArchiveParts) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "sheet":
            own = {local(key): value for key, value in attributes.items()}
            found.append((own.get("id", ""), own.get("name", "")))

    parsed(parts.xml(_BOOK), start)
    return found


def _relations(parts: ArchiveParts, part: str) -> list[tuple[str, str]]:
    """(id, part in lower case) that a part refers to."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    found: list[tuple[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
            found.append((attributes.get("Id", ""), target.lstrip("/").lower()))

    if parts.has(rels):
        parsed(parts.xml(rels), start)
    return found
