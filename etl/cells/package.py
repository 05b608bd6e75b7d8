"""A zipped Excel workbook: which of its parts are what, and a new one of vetted parts only."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from etl.cells.markup import local, parsed
from etl.cells.parts import ArchiveParts
from etl.errors import Unreadable

_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


@dataclass(frozen=True, slots=True)
class Relation:
    """kind: officeDocument, worksheet, chartsheet, sharedStrings, styles …"""

    id: str
    kind: str
    part: str


@dataclass(frozen=True, slots=True)
class VettedSheet:
    """A sheet as the workbook lists it: the id of its relation, and its part; None for a chart sheet."""

    relation: str
    part: bytes | None


class Package:
    """suffix: of the main part and the sheets, xml or bin. Raises Unreadable, TooLarge, Encrypted."""

    def __init__(self, parts: ArchiveParts, suffix: str) -> None:
        self._parts = parts
        self._shared: dict[str, bytes | None] = {}
        self._suffix = suffix
        main = f"xl/workbook.{suffix}"
        if parts.has("_rels/.rels"):
            main = next((r.part for r in _relations(parts, "_rels/.rels", "") if r.kind == "officeDocument"), main)
        folder, name = posixpath.split(main)
        self.main = self.read(main)
        self._relations = {r.id: r for r in _relations(parts, posixpath.join(folder, "_rels", f"{name}.rels"), folder)}

    def sheet(self, relation: str) -> bytes | None:
        """The part of a worksheet, None for other sheets: they hold no cells."""
        found = self._relations.get(relation)
        if found is None:
            raise Unreadable(problem="a sheet without its part")
        return self.read(found.part) if found.kind == "worksheet" else None

    def shared(self, kind: str) -> bytes | None:
        """The part that all sheets share: sharedStrings or styles; None where there is none."""
        if kind not in self._shared:
            found = next((r for r in self._relations.values() if r.kind == kind), None)
            self._shared[kind] = self.read(found.part) if found else None
        return self._shared[kind]

    def read(self, name: str) -> bytes:
        return self._parts.xml(name) if self._suffix == "xml" else self._parts.read(name)

    def repacked(self, sheets: Iterable[VettedSheet]) -> bytes:
        """A workbook of the same main part with `sheets`, shared texts and styles, each where every
        reader looks for it, and nothing else.
        """
        suffix = self._suffix
        related, members = [], {f"xl/workbook.{suffix}": self.main}
        for number, sheet in enumerate(sheets, start=1):
            kind = "chartsheet" if sheet.part is None else "worksheet"
            related.append((sheet.relation, kind, f"{kind}s/sheet{number}.{suffix}"))
            if sheet.part is not None:
                members[f"xl/{related[-1][2]}"] = sheet.part
        for kind in ("sharedStrings", "styles"):
            if (part := self.shared(kind)) is not None:
                related.append((f"shared-{kind}", kind, f"{kind}.{suffix}"))
                members[f"xl/{kind}.{suffix}"] = part
        members[f"xl/_rels/workbook.{suffix}.rels"] = _related(related)
        members["_rels/.rels"] = _related([("r1", "officeDocument", f"xl/workbook.{suffix}")])
        return archive(members)


def archive(members: dict[str, bytes]) -> bytes:
    """A zip of these, not compressed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, data in members.items():
            packed.writestr(zipfile.ZipInfo(name), data)
    return file.getvalue()


def _relations(parts: ArchiveParts, rels: str, folder: str) -> list[Relation]:
    found = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found.append(Relation(attributes.get("Id", ""), posixpath.basename(attributes.get("Type", "")), part))

    parsed(parts.xml(rels), start)
    return found


def _related(relations: Iterable[tuple[str, str, str]]) -> bytes:
    entries = "".join(
        f'<Relationship Id={quoteattr(id)} Type="{_RELATED}{kind}" Target="{target}"/>'
        for id, kind, target in relations
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<?xml version="1.0"?><Relationships xmlns="{namespace}">{entries}</Relationships>'.encode()
