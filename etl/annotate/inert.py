"""Their own workbook without anything that acts by itself: macros, links to the outside, formulas that reach out of it.

Formulas that compute from the workbook's own cells stay, or nobody could go on working in it. In cells for words there stay
none at all: what they show is left, as a text that stays one when it is edited (quotePrefix).
"""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from lxml import etree

from etl.annotate.grid import Grid, grid_of
from etl.annotate.looks import CellLooks
from etl.annotate.package import MAIN, OFFICE, Element, PackageParts
from etl.model import CellRef
from etl.reading.live_formulas import begins_formula, is_picture, reaches_out

# Relations of what only a program can take out without damage: such a workbook is not marked itself.
ACTING = (
    "/externalLink",
    "/connections",
    "/xlMacrosheet",
    "/xlIntlMacrosheet",
    "/control",
    "/extensibility",
    "/queryTable",
)
_MACROS = ("/vbaProject", "/vbaProjectSignature", "/wordVbaData")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_HOLDING = ("f", "definedName")  # f, formula, formula1 …: beginnings of the elements that are a formula
_RULES = ("cfRule", "dataValidation", "definedName")  # what is taken out with it, where it is not a cell's


def acts(package: PackageParts) -> bool:
    """Whether it holds parts that act and cannot be taken out cell by cell."""
    owners = ["", package.main, *(tab.part for tab in package.tabs())]
    return any(kind.endswith(ACTING) for owner in owners for _, kind, _ in package.related(owner))


def without_macros(package: PackageParts) -> bool:
    """Take them out and declare an ordinary workbook; whether there were any."""
    found = {(id_, part) for id_, kind, part in package.related(package.main) if kind.endswith(_MACROS)}
    found |= {("", name) for name in package.names() if name.lower().endswith(("vbaproject.bin", "vbadata.xml"))}
    if found:
        package.unrelate(package.main, {id_ for id_, _ in found})
    for part in {part for _, part in found}:
        if package.has(part):
            package.drop(part)
    return package.declare_plain() or bool(found)


def without_links(package: PackageParts, looks: CellLooks, words: Container[CellRef]) -> bool:
    """Take out links and formulas that reach out; whether there were any. words: cells that hold no formula at all."""
    found, strings = False, _strings(package)
    for tab in package.tabs():
        root = package.tree(tab.part)
        if root.tag != f"{MAIN}worksheet":
            continue
        links, rules = _hyperlinks(package, tab.part, root), _rules(root)
        cells, quoted = _cells(grid_of(package, tab.part), tab.name, looks, words, strings)
        if links or rules or cells or quoted:
            package.changed(tab.part)
        if cells:
            package.drop_shared("calcChain")
        found = found or links or rules or cells
    if _rules(package.tree(package.main)):
        package.changed(package.main)
        found = True
    return found


def _cells(
    grid: Grid, sheet: str, looks: CellLooks, words: Container[CellRef], strings: list[str]
) -> tuple[bool, bool]:
    """(whether a formula went, whether a text was made to stay one)."""
    masters = {
        f.get("si"): f.text
        for f in grid.root.iter(f"{MAIN}f")
        if f.get("t") == "shared" and f.text and reaches_out(f.text)
    }
    went = quoted = False
    for at, cell in grid:
        formula = cell.find(f"{MAIN}f")
        if formula is not None:
            text = formula.text or masters.get(formula.get("si")) or ""
            if not reaches_out(text) and (CellRef(sheet, at) not in words or is_picture(text)):
                continue
            _to_value(cell, formula, text)
            went = True
        if begins_formula(_text(cell, strings)):
            style = int(cell.get("s", 0))
            if not looks.is_quoted(style):
                cell.set("s", str(looks.quoted(style)))
                quoted = True
    return went, quoted


def _to_value(cell: Element, formula: Element, text: str) -> None:
    """What the formula shows takes its place; where it shows nothing, the formula itself as a text."""
    value = cell.find(f"{MAIN}v")
    shown = value.text if value is not None else None
    cell.remove(formula)
    if shown and cell.get("t", "n") != "str":
        return
    for one in cell.findall(f"{MAIN}v") + cell.findall(f"{MAIN}is"):
        cell.remove(one)
    cell.set("t", "inlineStr")
    within = etree.SubElement(etree.SubElement(cell, f"{MAIN}is"), f"{MAIN}t", {_SPACE: "preserve"})
    within.text = shown or f"={text}"


def _text(cell: Element, strings: list[str]) -> str:
    value = cell.find(f"{MAIN}v")
    match cell.get("t"):
        case "s" if value is not None and (value.text or "").isdecimal():
            number = int(value.text)
            return strings[number] if number < len(strings) else ""
        case "inlineStr":
            return "".join(one.text or "" for one in cell.iter(f"{MAIN}t"))
        case _:
            return ""


def _strings(package: PackageParts) -> list[str]:
    name = package.shared("sharedStrings")
    if name is None or not package.has(name):
        return []
    return ["".join(t.text or "" for t in si.iter(f"{MAIN}t")) for si in package.tree(name).findall(f"{MAIN}si")]


def _hyperlinks(package: PackageParts, part: str, root: Element) -> bool:
    """Those to the outside; links to cells of the workbook stay."""
    going = [one for one in root.iter(f"{MAIN}hyperlink") if one.get(f"{{{OFFICE}}}id")]
    if going:
        package.unrelate(part, {one.get(f"{{{OFFICE}}}id") for one in going})
    for one in going:
        listed = one.getparent()
        listed.remove(one)
        if not len(listed):
            listed.getparent().remove(listed)
    return bool(going)


def _rules(root: Element) -> bool:
    """Names, drop-down lists and conditional looks whose formula reaches out."""
    going: dict[int, Any] = {}
    for one in root.iter():
        name = etree.QName(one).localname if isinstance(one.tag, str) else ""
        if not name.startswith(_HOLDING) or one.tag == f"{MAIN}f" or not one.text or not reaches_out(one.text):
            continue
        within = [one, *one.iterancestors()]
        rule = next((each for each in within if etree.QName(each).localname in _RULES), None)
        if rule is not None:
            going[id(rule)] = rule
    for rule in going.values():
        rule.getparent().remove(rule)
    return bool(going)
