"""A look at xlsx and xlsm: the sheets' XML, once, without building it up."""

from __future__ import annotations

from dataclasses import dataclass, field

from etl.cells.limits import Limits
from etl.cells.marks import Marks, refuse_many_sheets, refuse_wide_areas
from etl.cells.markup import is_on, local, parsed
from etl.cells.package import Package, VettedSheet
from etl.cells.parts import ArchiveParts
from etl.cells.pictures import RichValues
from etl.cells.sheet_xml import SheetXml
from etl.cells.styles_xml import SharedTexts, Styles, shared_texts, styles


def look(parts: ArchiveParts, limits: Limits) -> tuple[bytes, list[Marks]]:
    """The vetted workbook, and the marks of its sheets in their order (chart sheets stay empty)."""
    package = Package(parts, "xml")
    book = _book(package.main)
    refuse_many_sheets(len(book.sheets), limits)
    texts, looks = package.shared("sharedStrings"), package.shared("styles")
    shared, styled = shared_texts(texts) if texts else SharedTexts(), styles(looks) if looks else Styles()
    rich = RichValues(package)
    found, vetted = [], []
    for name, relation in book.sheets:
        marks = Marks(
            name,
            since_1904=book.since_1904,
            computed_later=book.computed_later,
            as_displayed=book.as_displayed,
        )
        part = package.sheet(relation)
        if part is not None:
            part = SheetXml(marks, limits, shared, styled, rich).read(part)
        found.append(marks)
        vetted.append(VettedSheet(relation, part))
    refuse_wide_areas(found, limits)
    return package.repacked(vetted), found


@dataclass(slots=True)
class _Book:
    """sheets: (name, id of its relation) in the order of the tabs. The rest: see `Marks`."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    since_1904: bool = False
    computed_later: bool = False
    as_displayed: bool = False


def _book(main: bytes) -> _Book:
    book = _Book()

    def start(tag: str, attributes: dict[str, str]) -> None:
        match local(tag):
            case "workbookPr":
                book.since_1904 = is_on(attributes.get("date1904", "0"))
            case "calcPr":
                book.computed_later = is_on(attributes.get("fullCalcOnLoad", "0"))
                book.as_displayed = not is_on(attributes.get("fullPrecision", "1"))
            case "sheet":
                own = {local(key): value for key, value in attributes.items()}
                book.sheets.append((own.get("name", ""), own.get("id", "")))

    parsed(main, start)
    return book
