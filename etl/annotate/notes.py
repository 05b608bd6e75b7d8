"""The notes on the cells of one sheet: a part with their texts, and a drawing (VML) with a box for each."""

from __future__ import annotations

import re

from lxml import etree
from openpyxl.utils.cell import coordinate_to_tuple

from catalogue.wording import say
from etl.annotate.package import MAIN, OFFICE, Element, PackageParts
from etl.template.desk import writable
from etl.template.page import text_lines

_WIDE, _LINE = 44, 17  # half-width characters in a line of a note; pixels a line is high
_WIDTH, _MARGIN, _HIGHEST = 330, 1, 600  # pixels, lines, pixels
_THREAD = "tc="  # author of the text that stands for a thread of comments; the program writes it anew from the thread
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_BOXES_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AFTER_BOXES = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
    "AlternateContent",
)  # fmt: skip
_NO_BOXES = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
    "</o:shapelayout></xml>"
)
_KIND_OF_BOX = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BOX = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:59.25pt;margin-top:1.5pt;'
    'width:{width}px;height:{height}px;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_ANY_BOX = re.compile(r"<v:shape\b(?:(?!</v:shape>).)*</v:shape>", re.S)


class Notes:
    """part: the sheet's. Nothing is made before there is a note to write."""

    def __init__(self, package: PackageParts, part: str) -> None:
        self._package, self._sheet = package, part
        related = package.related(part)
        self._name = next((to for _, kind, to in related if kind.endswith("/comments") and package.has(to)), "")
        self._notes: dict[str, Element] = {}
        if self._name:
            self._notes = {one.get("ref", ""): one for one in package.tree(self._name).iter(f"{MAIN}comment")}

    def take_off(self) -> None:
        """Our words of an earlier round; what is theirs stays as it is."""
        for at, note in list(self._notes.items()):
            author, told = self._author(note), _text(note)
            before, ours, _ = told.partition(say("marked.separator", "zh"))
            if author != say("marked.author", "zh") and not ours:
                continue
            if author == say("marked.author", "zh") or not before.strip():
                note.getparent().remove(note)
                del self._notes[at]
                self._drop_box(at)
            else:
                _cut(note, len(before.rstrip()))
                self._box(at, before.rstrip())
            self._package.changed(self._name)

    def put(self, at: str, told: str) -> None:
        """Their own note stays, ours stands below it. A thread of comments takes no note beside it."""
        told = writable(told)
        note = self._notes.get(at)
        if note is None:
            note = self._new(at)
        elif self._author(note).startswith(_THREAD):
            return
        else:
            text = note.find(f"{MAIN}text")
            before = _text(note)
            _cut(note, len(before.rstrip()))
            _make_runs(text)
            told = f"\n{say('marked.separator', 'zh')}\n{told}"
        text = note.find(f"{MAIN}text")
        within = text if not len(text) else etree.SubElement(text, f"{MAIN}r")
        etree.SubElement(within, f"{MAIN}t", {_SPACE: "preserve"}).text = told
        self._box(at, _text(note))
        self._package.changed(self._name)

    def _new(self, at: str) -> Element:
        package, mine = self._package, say("marked.author", "zh")
        if not self._name:
            self._name = package.free_name("xl/comments{}.xml")
            empty = f'<comments xmlns="{MAIN[1:-1]}"><authors/><commentList/></comments>'
            package.put(self._name, empty.encode(), _TYPE)
            package.relate(self._sheet, "comments", self._name)
        root = package.tree(self._name)
        authors = root.find(f"{MAIN}authors")
        names = [one.text or "" for one in authors]
        if mine not in names:
            etree.SubElement(authors, f"{MAIN}author").text = mine
            names.append(mine)
        number = str(names.index(mine))
        note = etree.SubElement(root.find(f"{MAIN}commentList"), f"{MAIN}comment", ref=at, authorId=number, shapeId="0")
        etree.SubElement(note, f"{MAIN}text")
        self._notes[at] = note
        return note

    def _author(self, note: Element) -> str:
        names = [one.text or "" for one in self._package.tree(self._name).iterfind(f"{MAIN}authors/{MAIN}author")]
        number = int(note.get("authorId", 0))
        return names[number] if number < len(names) else ""

    # The boxes. VML is not always XML, so it is edited as the text it is.

    def _boxes(self) -> str:
        """The part they are in, made and named in the sheet where there is none."""
        package, root = self._package, self._package.tree(self._sheet)
        named = root.find(f"{MAIN}legacyDrawing")
        if named is not None:
            wanted = named.get(f"{{{OFFICE}}}id")
            return next(to for id_, _, to in package.related(self._sheet) if id_ == wanted)
        name = package.free_name("xl/drawings/vmlDrawing{}.vml")
        package.put(name, _NO_BOXES.encode(), _BOXES_TYPE)
        made = root.makeelement(
            f"{MAIN}legacyDrawing", {f"{{{OFFICE}}}id": package.relate(self._sheet, "vmlDrawing", name)}
        )
        later = [
            n for n, one in enumerate(root) if isinstance(one.tag, str) and etree.QName(one).localname in _AFTER_BOXES
        ]
        root.insert(later[0] if later else len(root), made)
        package.changed(self._sheet)
        return name

    def _box(self, at: str, told: str) -> None:
        """One that its text fits into; theirs is kept and only sized."""
        height = min(_LINE * (text_lines(told, _WIDE) + _MARGIN), _HIGHEST)
        name = self._boxes()
        drawing = self._package.read(name).decode()
        if found := _box_of(drawing, at):
            sized = re.sub(r"<x:Anchor>.*?</x:Anchor>", "", found[0], count=1, flags=re.S)
            sized = re.sub(r"(?<=[;\"'\s])width:[^;\"']*", f"width:{_WIDTH}px", sized, count=1)
            sized = re.sub(r"(?<=[;\"'\s])height:[^;\"']*", f"height:{height}px", sized, count=1)
            drawing = drawing[: found.start()] + sized + drawing[found.end() :]
        else:
            row, column = coordinate_to_tuple(at)
            numbers = [int(number) for number in re.findall(r"_x0000_s([0-9]{1,9})\b", drawing)]
            box = _BOX.format(
                number=max([1024, *numbers]) + 1, width=_WIDTH, height=height, row=row - 1, column=column - 1
            )
            kind = "" if 'id="_x0000_t202"' in drawing else _KIND_OF_BOX
            end = drawing.rindex("</xml>")
            drawing = drawing[:end] + kind + box + drawing[end:]
        self._package.put(name, drawing.encode())

    def _drop_box(self, at: str) -> None:
        name = self._boxes()
        drawing = self._package.read(name).decode()
        if found := _box_of(drawing, at):
            self._package.put(name, (drawing[: found.start()] + drawing[found.end() :]).encode())


def _box_of(drawing: str, at: str) -> re.Match[str] | None:
    row, column = coordinate_to_tuple(at)
    marks = (f"<x:Row>{row - 1}</x:Row>", f"<x:Column>{column - 1}</x:Column>", 'ObjectType="Note"')
    return next((box for box in _ANY_BOX.finditer(drawing) if all(mark in box[0] for mark in marks)), None)


def _text(note: Element) -> str:
    """Without phonetic hints."""
    return "".join(one.text or "" for one in _pieces(note))


def _pieces(note: Element) -> list[Element]:
    text = note.find(f"{MAIN}text")
    return [] if text is None else [*text.findall(f"{MAIN}t"), *text.findall(f"{MAIN}r/{MAIN}t")]


def _cut(note: Element, length: int) -> None:
    """Leaves the first `length` characters, in the looks they have."""
    for piece in _pieces(note):
        written = piece.text or ""
        piece.text = written[:length]
        length -= len(piece.text)
        if written and not piece.text:
            parent = piece.getparent()
            parent.getparent().remove(parent) if parent.tag == f"{MAIN}r" else parent.remove(piece)


def _make_runs(text: Element) -> None:
    """A plain text as a run, so that another may follow."""
    for piece in text.findall(f"{MAIN}t"):
        run = etree.Element(f"{MAIN}r")
        text.replace(piece, run)
        run.append(piece)
