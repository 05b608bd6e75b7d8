"""An .xlsx of somebody else's as the parts it is made of: cells are written, everything else stays as it is.

Charts, pictures, text boxes, sparklines, conditional formats, filters and print set-up are never read, so none of them can
be lost on the way; what a library that reads and writes whole workbooks does not know, it leaves out.
"""

from __future__ import annotations

import posixpath
import zipfile
from io import BytesIO

from lxml import etree

from catalogue.zip_damage import DAMAGED
from reports.layout_looks import MAIN, LayoutLooks
from reports.layout_sheet import LayoutSheet

RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
CORE = "{http://purl.org/dc/elements/1.1/}"
OF_SHEET = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
CONTENT, PROPERTIES = "[Content_Types].xml", "docProps/core.xml"
LARGEST = 64 * 2**20  # bytes of all parts unpacked
_CACHES = ("strCache", "numCache", "multiLvlStrCache")
_READER = {"resolve_entities": False, "no_network": True, "huge_tree": False}


class UnreadableLayout(ValueError):
    """Not an .xlsx, damaged, encrypted, too large, or of the strict kind."""


class LayoutFile:
    """sheets: those with cells, in order. Raises Unreadable."""

    def __init__(self, content: bytes) -> None:
        try:
            self._parts = _unpacked(content)
            self._book_path = self._main_part()
            self._book = parsed(self._parts[self._book_path])
            self._links = parsed(self._parts[_links_of(self._book_path)])
            self.looks = LayoutLooks(self._read_styles())
            self._opened: dict[str, etree._Element] = {}  # parts that are written, beside sheets
            self._paths = {
                name: path for name, path in self._sheet_paths() if parsed(self._parts[path]).tag == f"{MAIN}worksheet"
            }
            shared = self._shared()
            self.sheets = [
                LayoutSheet(name, parsed(self._parts[path]), shared, self.looks) for name, path in self._paths.items()
            ]
        except (KeyError, TypeError, etree.XMLSyntaxError, *DAMAGED) as problem:
            raise UnreadableLayout(str(problem)) from problem
        if not self.sheets:
            raise UnreadableLayout("no sheet with cells")

    def _main_part(self) -> str:
        for link in parsed(self._parts["_rels/.rels"]):
            if link.get("Type", "").endswith("/officeDocument"):
                return link.get("Target", "").lstrip("/")
        raise KeyError("no workbook in it")

    def _linked(self, kind: str) -> str | None:
        """Path of the one part of the workbook of that kind."""
        found = (link.get("Target") for link in self._links if link.get("Type", "").endswith(f"/{kind}"))
        return next((self._path(target) for target in found), None)

    def _path(self, target: str) -> str:
        return _joined(posixpath.dirname(self._book_path), target)

    def _sheet_paths(self) -> list[tuple[str, str]]:
        targets = {link.get("Id"): self._path(link.get("Target")) for link in self._links}
        return [(sheet.get("name"), targets[sheet.get(f"{RELATION}id")]) for sheet in self._book.find(f"{MAIN}sheets")]

    def _read_styles(self) -> etree._Element | None:
        path = self._linked("styles")
        return parsed(self._parts[path]) if path else None

    def _shared(self) -> list[etree._Element]:
        path = self._linked("sharedStrings")
        return list(parsed(self._parts[path]).findall(f"{MAIN}si")) if path else []

    def elsewhere(self) -> list[tuple[str, str]]:
        """(kind of place, its text) for the texts that stand in no cell: shapes, chart titles, comments, names of sheets …"""
        found = [("sheet_name", name) for name in self._paths]
        for path, content in self._parts.items():
            kind = next((kind for folder, kind in _PLACES if path.startswith(folder)), "")
            if kind and path.endswith(".xml"):
                found.append((kind, _text(parsed(content))))
        return found + [("sheet", f"{sheet.name}: {text}") for sheet in self.sheets for text in sheet.other_texts()]

    def kinds_of(self, sheet: str) -> set[str]:
        """What hangs on a sheet: drawing, comments, table …"""
        return {kind for kind, _ in self._hung(sheet)}

    def linked(self, sheet: str, kind: str) -> list[tuple[str, etree._Element]]:
        """(path, root) of the parts of that kind that hang on a sheet. What is changed in them is kept."""
        return [(path, self._open(path)) for told, path in self._hung(sheet) if told == kind]

    def _hung(self, sheet: str) -> list[tuple[str, str]]:
        path = self._paths[sheet]
        links = self._parts.get(_links_of(path))
        folder = posixpath.dirname(path)
        return [
            (link.get("Type", "").rpartition("/")[2], _joined(folder, link.get("Target", "")))
            for link in (parsed(links) if links else ())
        ]

    def roots(self, folder: str) -> list[etree._Element]:
        """Of the parts directly in a folder. What is changed in them is kept."""
        return [
            self._open(path)
            for path in self.parts_in(folder)
            if path.endswith(".xml") and "/" not in path[len(folder) :]
        ]

    def parts_in(self, folder: str) -> list[str]:
        return [path for path in self._parts if path.startswith(folder)]

    def names(self) -> list[etree._Element]:
        """Names of ranges, print areas and titles among them."""
        return list(self._book.iter(f"{MAIN}definedName"))

    def forget(self, kind: str) -> None:
        """A part of the workbook that whoever opens it makes anew."""
        path = self._linked(kind)
        if path is None:
            return
        self._parts.pop(path, None)
        for link in [one for one in self._links if one.get("Type", "").endswith(f"/{kind}")]:
            self._links.remove(link)
        types = parsed(self._parts[CONTENT])
        for one in [one for one in types if one.get("PartName") == f"/{path}"]:
            types.remove(one)
        self._parts[CONTENT] = serialised(types)

    def _open(self, path: str) -> etree._Element:
        if path not in self._opened:
            self._opened[path] = parsed(self._parts[path])
        return self._opened[path]

    def keep(self, name: str, lines: list[str]) -> None:
        """Texts under each other in a sheet that Excel does not show; a sheet of that name is written anew."""
        if name not in self._paths:
            self._add(name)
        path = self._paths[name]
        self.sheets = [sheet for sheet in self.sheets if sheet.name != name]
        root = etree.Element(f"{MAIN}worksheet", nsmap={None: MAIN[1:-1]})
        etree.SubElement(root, f"{MAIN}sheetData")
        sheet = LayoutSheet(name, root, [], self.looks)
        for row, line in enumerate(lines, start=1):
            sheet.write(row, 1, line)
        self._parts[path] = serialised(sheet.finished())

    def _add(self, name: str) -> None:
        sheets, links, types = self._book.find(f"{MAIN}sheets"), self._links, parsed(self._parts[CONTENT])
        ids = {link.get("Id") for link in links}
        link = next(f"rId{n}" for n in range(1, len(ids) + 2) if f"rId{n}" not in ids)
        folder = posixpath.dirname(self._book_path)
        path = next(
            p for n in range(1, 10_000) if (p := posixpath.join(folder, f"worksheets/sheet{n}.xml")) not in self._parts
        )
        number = 1 + max(int(sheet.get("sheetId")) for sheet in sheets)
        etree.SubElement(
            sheets, f"{MAIN}sheet", {"name": name, "sheetId": str(number), "state": "veryHidden", f"{RELATION}id": link}
        )
        etree.SubElement(links, f"{PACKAGE}Relationship", {"Id": link, "Type": OF_SHEET, "Target": f"/{path}"})
        etree.SubElement(types, f"{TYPES}Override", {"PartName": f"/{path}", "ContentType": SHEET_TYPE})
        self._parts[CONTENT] = serialised(types)
        self._paths[name] = path

    def describe(self, line: str) -> None:
        """Behind what the file's properties say of it already, where it has any."""
        if PROPERTIES not in self._parts:
            return
        told = parsed(self._parts[PROPERTIES])
        found = told.find(f"{CORE}description")
        if found is None:
            found = etree.SubElement(told, f"{CORE}description")
        found.text = "\n".join(filter(None, (found.text, line)))
        self._parts[PROPERTIES] = serialised(told)

    def content(self) -> bytes:
        """The file. Formulas and charts are computed by whoever opens it: the results kept so far are those of the placeholders."""
        for sheet in self.sheets:
            self._parts[self._paths[sheet.name]] = serialised(sheet.finished())
        if path := self._linked("styles"):
            self._parts[path] = serialised(self.looks.root)
        self._parts |= {path: serialised(root) for path, root in self._opened.items()}
        self._compute_when_opened()
        self._parts |= {self._book_path: serialised(self._book), _links_of(self._book_path): serialised(self._links)}
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, content in self._parts.items():
                archive.writestr(
                    path, _without_caches(content) if "/charts/chart" in path and path.endswith(".xml") else content
                )
        return out.getvalue()

    def _compute_when_opened(self) -> None:
        found = self._book.find(f"{MAIN}calcPr")
        if found is None:
            found = etree.Element(f"{MAIN}calcPr")
            before = [
                self._book.find(f"{MAIN}{name}")
                for name in ("definedNames", "externalReferences", "functionGroups", "sheets")
            ]
            next(place for place in before if place is not None).addnext(found)
        found.set("fullCalcOnLoad", "1")


def parsed(content: bytes) -> etree._Element:
    root = etree.fromstring(content, etree.XMLParser(**_READER))
    if root.getroottree().docinfo.doctype:
        raise ValueError("a document type is declared")
    return root


def serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST:
            raise ValueError("too large")
        return {part.filename: archive.read(part) for part in archive.infolist() if not part.is_dir()}


def _joined(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _links_of(path: str) -> str:
    folder, name = posixpath.split(path)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _text(root: etree._Element) -> str:
    """Words of a part, paragraphs apart; not what it remembers of cells it refers to."""
    for kept in [
        one for one in root.iter() if isinstance(one.tag, str) and (_local(one) in _CACHES or one.get("textlink"))
    ]:
        for one in kept.iter():
            one.text = None
    said = (
        "\n" if isinstance(one.tag, str) and _local(one) in ("p", "comment", "tableColumn") else one.text or ""
        for one in root.iter()
    )
    named = (one.get("name", "") for one in root.iter() if isinstance(one.tag, str) and _local(one) == "tableColumn")
    return "\n".join(("".join(said), *named))


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _without_caches(content: bytes) -> bytes:
    root = parsed(content)
    for kept in [one for one in root.iter() if isinstance(one.tag, str) and _local(one) in _CACHES]:
        kept.getparent().remove(kept)
    return serialised(root)


_PLACES = (
    ("xl/drawings/drawing", "shape"),
    ("xl/charts/chart", "chart"),
    ("xl/comments", "comment"),
    ("xl/threadedComments", "comment"),
    ("xl/tables/", "table"),
)
