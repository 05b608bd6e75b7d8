"""A look at xlsx and xlsm: the sheets' XML, once, without building it up."""

from __future__ import annotations

from etl.cells.limits import Limits
from etl.cells.marks import Marks, refuse_many_sheets, refuse_wide_areas
from etl.cells.markup import local, parsed
from etl.cells.package import Package, VettedSheet
from etl.cells.parts import Parts
from etl.cells.sheet_xml import SheetXml


def look(content: bytes, limits: Limits) -> tuple[bytes, list[Marks]]:
    """The vetted workbook, and the marks of its sheets in their order (chart sheets stay empty)."""
    package = Package(Parts(content, limits), "xml")
    listed = _listed(package.main)
    refuse_many_sheets(len(listed), limits)
    found, vetted = [], []
    for name, relation in listed:
        marks = Marks(name)
        part = package.sheet(relation)
        if part is not None:
            part = SheetXml(marks, limits).read(part)
        found.append(marks)
        vetted.append(VettedSheet(relation, part))
    refuse_wide_areas(found, limits)
    return package.repacked(vetted), found


def _listed(main: bytes) -> list[tuple[str, str]]:
    """(name, id of its relation) of each sheet in the order of the tabs."""
    sheets = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "sheet":
            own = {local(key): value for key, value in attributes.items()}
            sheets.append((own.get("name", ""), own.get("id", "")))

    parsed(main, start)
    return sheets
