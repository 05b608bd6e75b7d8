"""The sheet 核查结果 put in front of their sheets, and those of earlier rounds taken off."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from catalogue.wording import say
from etl.annotate.looks import CellLooks
from etl.annotate.package import MAIN, OFFICE, Element, PackageParts, Tab
from etl.annotate.sheet import FILL
from etl.model import Cells
from etl.reading.index import MACHINE

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")
_SELECTED = "tabSelected"


def take_off(package: PackageParts, cells: Cells) -> dict[str, str]:
    """Remove the 核查结果 sheets of earlier rounds; gives what they remember: 学前教育!E8 -> its fill before."""
    remembered: dict[str, str] = {}
    for sheet in cells.sheets:
        written = sheet.texts
        if not any(text.startswith(MACHINE) for _, _, text in written):
            continue
        for _, column, text in written:
            fill, at, place = text.partition("@")
            if at and column == FILL:
                remembered.setdefault(place, fill)
        tabs = package.tabs()
        for number, tab in enumerate(tabs):
            if tab.name == sheet.name:
                _remove(package, tab, number)
    return remembered


def free_title(package: PackageParts) -> str:
    """核查结果, or 核查结果1 … where they have a sheet of that name."""
    title, taken = say("marked.sheet", "zh"), {tab.name.casefold() for tab in package.tabs()}
    names = [title, *(f"{title}{n}" for n in range(1, len(taken) + 1))]
    return next(name for name in names if name.casefold() not in taken)


def put_in_front(package: PackageParts, looks: CellLooks, made: bytes) -> None:
    """made: a workbook of that one sheet. It alone is selected: two selected tabs are edited together."""
    other = PackageParts(made)
    [tab] = other.tabs()
    root = _brought(other, tab.part, looks)
    name = package.free_name("xl/worksheets/sheet{}.xml")
    package.put(name, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True), _SHEET_TYPE)
    _deselect(package)
    main = package.tree(package.main)
    sheets = main.find(f"{MAIN}sheets")
    number = max(int(one.get("sheetId", 0)) for one in sheets) + 1
    id_ = package.relate(package.main, "worksheet", name)
    entry = sheets.makeelement(f"{MAIN}sheet", {"name": tab.name, "sheetId": str(number), f"{{{OFFICE}}}id": id_})
    sheets.insert(0, entry)
    _move_names(package, lambda local: local + 1)
    for one in other.tree(other.main).iter(f"{MAIN}definedName"):
        _names(main).append(one)
    for view in main.iter(f"{MAIN}workbookView"):
        view.attrib.pop("activeTab", None)
        view.attrib.pop("firstSheet", None)
    package.changed(package.main)


def _remove(package: PackageParts, tab: Tab, number: int) -> None:
    """With what Excel remembers of the order to compute in, which may name the sheet; it is made anew on opening."""
    id_ = tab.entry.get(f"{{{OFFICE}}}id")
    tab.entry.getparent().remove(tab.entry)
    package.unrelate(package.main, {id_})
    package.drop(tab.part)
    package.drop_shared("calcChain")
    _move_names(package, lambda local: None if local == number else local - (local > number))
    package.changed(package.main)


def _move_names(package: PackageParts, moved: Callable[[int], int | None]) -> None:
    """Names that hold on one sheet say which by its place; None: the sheet is gone, and its names with it."""
    for one in list(package.tree(package.main).iter(f"{MAIN}definedName")):
        if (local := one.get("localSheetId")) is not None:
            place = moved(int(local))
            if place is None:
                one.getparent().remove(one)
            else:
                one.set("localSheetId", str(place))


def _names(main: Element) -> Element:
    names = main.find(f"{MAIN}definedNames")
    if names is None:
        names = main.makeelement(f"{MAIN}definedNames")
        before = [n for n, one in enumerate(main) if etree.QName(one).localname in _BEFORE_NAMES]
        main.insert(before[-1] + 1, names)
    return names


def _deselect(package: PackageParts) -> None:
    for tab in package.tabs():
        for view in package.tree(tab.part).iter(f"{MAIN}sheetView"):
            if view.attrib.pop(_SELECTED, None) is not None:
                package.changed(tab.part)


def _brought(other: PackageParts, part: str, looks: CellLooks) -> Element:
    """The sheet with its styles taken over and its texts within its cells: nothing in it refers to its own workbook."""
    root, theirs = other.tree(part), CellLooks(other)
    strings = other.shared("sharedStrings")
    shared = other.tree(strings).findall(f"{MAIN}si") if strings else []
    for one in root.iter(f"{MAIN}c", f"{MAIN}col", f"{MAIN}row"):
        key = "style" if one.tag == f"{MAIN}col" else "s"
        if one.get(key) is not None:
            one.set(key, str(looks.take(theirs, int(one.get(key)))))
        value = one.find(f"{MAIN}v") if one.get("t") == "s" else None
        if value is not None:
            text = "".join(shared[int(value.text)].itertext())
            one.remove(value)
            one.set("t", "inlineStr")
            within = etree.SubElement(etree.SubElement(one, f"{MAIN}is"), f"{MAIN}t", {_SPACE: "preserve"})
            within.text = text
    return root
