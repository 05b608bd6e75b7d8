"""A workbook as the parts it is made of: what is not written here goes back as it came, byte for byte.

Rich text, pictures in cells, embedded files, drop-down lists, sparklines, shapes are never read, so none of them can be
lost on the way. What acts by itself is taken out (`inert`).
"""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree

Element = Any  # of lxml
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_CONTENT_TYPES = "[Content_Types].xml"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_NO_RELATIONS = f'<Relationships xmlns="{_RELATION[1:-1]}"/>'.encode()
_READER = {"resolve_entities": False, "no_network": True, "huge_tree": False}


@dataclass(frozen=True, slots=True)
class Tab:
    """One sheet of the workbook. part: where its cells are."""

    name: str
    part: str
    entry: Element


class PackageParts:
    """Parts by name, whatever case or slash the archive writes. Raises zipfile.BadZipFile, KeyError, etree.XMLSyntaxError."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            self._data = {_plain(member.filename): archive.read(member) for member in members}
            self._stored = {_plain(m.filename) for m in members if m.compress_type == zipfile.ZIP_STORED}
        self._names = {name.lower(): name for name in self._data}
        self._trees: dict[str, Element] = {}
        self._changed: set[str] = set()
        self.grids: dict[str, Any] = {}  # by part, as `grid.grid_of` finds them
        kind = "/officeDocument"
        self.main = next((to for _, type_, to in self.related("") if type_.endswith(kind)), "xl/workbook.xml")

    def declare_plain(self) -> bool:
        """As a workbook without macros: an office program refuses one that says it has some. Whether it said so."""
        said = False
        for one in self.tree(_CONTENT_TYPES):
            if one.get("PartName", "").lower() == f"/{self.main}".lower() and "macro" in one.get("ContentType").lower():
                one.set("ContentType", _WORKBOOK)
                self.changed(_CONTENT_TYPES)
                said = True
        return said

    def has(self, name: str) -> bool:
        return name.lower() in self._names

    def names(self) -> list[str]:
        return list(self._data)

    def read(self, name: str) -> bytes:
        return self._data[self._names[name.lower()]]

    def tree(self, name: str) -> Element:
        """To look at; `changed` it, and it is written back."""
        name = self._names[name.lower()]
        if name not in self._trees:
            self._trees[name] = etree.fromstring(self._data[name], etree.XMLParser(**_READER))
        return self._trees[name]

    def changed(self, name: str) -> None:
        self._changed.add(self._names[name.lower()])

    def put(self, name: str, data: bytes, content_type: str = "") -> None:
        """content_type: for a new part; by its name, or for VML by its ending."""
        name = self._names.setdefault(name.lower(), name)
        self._data[name] = data
        self._trees.pop(name, None)
        if not content_type:
            return
        types, ending = self.tree(_CONTENT_TYPES), name.rpartition(".")[2]
        if ending == "xml":
            etree.SubElement(types, f"{_TYPES}Override", PartName=f"/{name}", ContentType=content_type)
        elif not any(one.get("Extension", "").lower() == ending for one in types):
            types.insert(0, types.makeelement(f"{_TYPES}Default", Extension=ending, ContentType=content_type))
        self.changed(_CONTENT_TYPES)

    def drop(self, name: str) -> None:
        """The part, its relations, and those parts that belong to nobody else."""
        owned = [to for _, _, to in self.related(name)]
        for gone in (name, _rels(name)):
            if self.has(gone):
                actual = self._names.pop(gone.lower())
                del self._data[actual]
                self._trees.pop(actual, None)
                self._changed.discard(actual)
        types = self.tree(_CONTENT_TYPES)
        for one in [one for one in types if one.get("PartName", "").lower() == f"/{name}".lower()]:
            types.remove(one)
        self.changed(_CONTENT_TYPES)
        wanted = {to.lower() for other in ["", *self._data] for _, _, to in self.related(other)}
        for part in owned:
            if self.has(part) and part.lower() not in wanted:
                self.drop(part)

    def related(self, part: str) -> list[tuple[str, str, str]]:
        """(id, type, part) of what a part refers to within the package; of the package itself for ""."""
        if not self.has(_rels(part)):
            return []
        folder = posixpath.dirname(part)
        return [
            (one.get("Id"), one.get("Type", ""), _target(folder, one.get("Target", "")))
            for one in self.tree(_rels(part)).iter(f"{_RELATION}Relationship")
            if one.get("TargetMode") != "External"
        ]

    def relate(self, part: str, kind: str, to: str) -> str:
        """A new relation; its id."""
        rels = _rels(part)
        if not self.has(rels):
            self.put(rels, _NO_RELATIONS)
        tree = self.tree(rels)
        taken = {one.get("Id") for one in tree}
        new = next(name for n in range(1, len(taken) + 2) if (name := f"rIdMark{n}") not in taken)
        target = posixpath.relpath(f"/{to}", posixpath.join("/", posixpath.dirname(part)))
        etree.SubElement(tree, f"{_RELATION}Relationship", Id=new, Type=f"{OFFICE}/{kind}", Target=target)
        self.changed(rels)
        return new

    def unrelate(self, part: str, ids: set[str]) -> None:
        tree = self.tree(_rels(part))
        for one in [one for one in tree if one.get("Id") in ids]:
            tree.remove(one)
        self.changed(_rels(part))

    def free_name(self, pattern: str) -> str:
        """xl/comments{}.xml with the first number that no part has."""
        return next(name for n in range(1, len(self._data) + 2) if not self.has(name := pattern.format(n)))

    def tabs(self) -> list[Tab]:
        """Chart sheets too, in their order."""
        parts = {id_: part for id_, _, part in self.related(self.main)}
        listed = self.tree(self.main).iterfind(f"{MAIN}sheets/{MAIN}sheet")
        return [Tab(one.get("name"), parts[one.get(f"{{{OFFICE}}}id")], one) for one in listed]

    def shared(self, kind: str) -> str | None:
        """Name of the part that all sheets share: styles, calcChain."""
        return next((part for _, type_, part in self.related(self.main) if type_.endswith(f"/{kind}")), None)

    def drop_shared(self, kind: str) -> None:
        """The part that all sheets share, and the workbook's relation to it; calcChain is made anew on opening."""
        if part := self.shared(kind):
            self.unrelate(self.main, {one for one, _, to in self.related(self.main) if to == part})
            if self.has(part):
                self.drop(part)

    def saved(self) -> bytes:
        result = BytesIO()
        with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self._data.items():
                if name in self._changed and name in self._trees:
                    data = etree.tostring(self._trees[name], xml_declaration=True, encoding="UTF-8", standalone=True)
                archive.writestr(name, data, zipfile.ZIP_STORED if name in self._stored else zipfile.ZIP_DEFLATED)
        return result.getvalue()


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")


def _rels(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _target(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")
