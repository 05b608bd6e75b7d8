"""A row of the bureau's own table repeated under itself, and everything that refers to cells moved along.

What is not known here, it refuses: a table that comes out half right is worse than one that has to be drawn otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy

from lxml import etree
from openpyxl.formula.translate import Translator
from openpyxl.utils.cell import range_boundaries

from reports.layout_file import LayoutFile
from reports.layout_looks import MAIN
from reports.layout_parts import local, move_anchors, move_comment_boxes, move_comments, move_table
from reports.layout_sheet import LayoutSheet, at
from reports.layout_shift import Shift, Unmovable

AREAS = ("ref", "sqref")  # attributes
PLACES = ("topLeftCell", "activeCell")
RULES = ("formula", "formula1", "formula2")
LETTERS, FIGURES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
KNOWN = {"drawing", "vmlDrawing", "comments", "threadedComment", "table", "hyperlink", "printerSettings", "image"}


class Unrepeatable(ValueError):
    """key: wording `layout.repeat.<key>`, why this row cannot be repeated; text: what stands in the way."""

    def __init__(self, key: str, text: str = "") -> None:
        super().__init__(text)
        self.key, self.text = key, text


def repeat(file: LayoutFile, sheet: LayoutSheet, row: int, times: int) -> None:
    """The row stands there `times` times then. Raises Unrepeatable; the file is of no use after that."""
    shift = Shift(sheet.name, row, times - 1)
    _refuse_unknown(file, sheet, row)
    for one in file.sheets:
        _unshare(one)
    try:
        _move_formulas(file, sheet, shift)
        _move_sheet(sheet, shift)
        _copy_row(sheet, shift)
        _move_parts(file, sheet, shift)
    except Unmovable as problem:
        raise Unrepeatable("reference", str(problem)) from problem
    file.forget("calcChain")
    sheet.renumber()


def _refuse_unknown(file: LayoutFile, sheet: LayoutSheet, row: int) -> None:
    if strange := sorted(file.kinds_of(sheet.name) - KNOWN):
        raise Unrepeatable("part", strange[0])
    if file.parts_in("xl/pivotCache/"):
        raise Unrepeatable("part", "pivotTable")
    for merged in sheet.root.iter(f"{MAIN}mergeCell"):
        _, top, _, bottom = range_boundaries(merged.get("ref"))
        if top == row < bottom:
            raise Unrepeatable("merged", merged.get("ref"))
    if next(sheet.root.iter(f"{MAIN}scenario"), None) is not None:
        raise Unrepeatable("part", "scenario")
    for one in file.sheets:
        for cell, formula in one.formula_cells():
            if formula.get("t") == "dataTable" or (one is sheet and _array_over(formula, row)):
                raise Unrepeatable("array", f"{one.name}!{cell.get('r')}")
    for _, root in file.linked(sheet.name, "table"):
        _, top, _, bottom = range_boundaries(root.get("ref"))
        if row == top or (row == bottom and root.get("totalsRowCount", "0") != "0"):
            raise Unrepeatable("table", root.get("displayName", ""))


def _array_over(formula: etree._Element, row: int) -> bool:
    if formula.get("t") != "array":
        return False
    _, top, _, bottom = range_boundaries(formula.get("ref"))
    return top <= row <= bottom and top != bottom


def _unshare(sheet: LayoutSheet) -> None:
    """A formula that others take over is written out in each of them: they will not move alike."""
    begun: dict[str, tuple[str, str]] = {}
    for cell, formula in sheet.formula_cells():
        if formula.get("t") != "shared":
            continue
        number, place = formula.get("si"), cell.get("r")
        if formula.text:
            begun[number] = formula.text, place
        else:
            text, origin = begun[number]
            formula.text = Translator(f"={text}", origin=origin).translate_formula(place)[1:]
        for name in ("t", "si", "ref"):
            formula.attrib.pop(name, None)


def _move_formulas(file: LayoutFile, sheet: LayoutSheet, shift: Shift) -> None:
    """Of every cell but those of the row itself, of names, of charts and of shapes."""
    for one in file.sheets:
        for cell, formula in one.formula_cells():
            is_own = one is sheet and int(cell.getparent().get("r")) == shift.row
            if formula.text and not is_own:
                formula.text = shift.formula(formula.text, one.name)
        for link in one.root.iter(f"{MAIN}hyperlink"):
            if link.get("location"):
                link.set("location", _if_moved(shift, link.get("location"), one.name))
        if one is not sheet:
            _move_rules(one, shift)
    for name in file.names():
        if name.text:
            name.text = shift.formula(name.text, "")
    for root in file.roots("xl/charts/"):
        for formula in _named(root, "f"):
            formula.text = shift.formula(formula.text, "", grow=True)
    for root in file.roots("xl/drawings/"):
        for shape in root.iter():
            if isinstance(shape.tag, str) and shape.get("textlink"):
                shape.set("textlink", shift.formula(shape.get("textlink"), ""))


def _if_moved(shift: Shift, text: str, here: str) -> str:
    """A link may lead anywhere, also to what is no reference."""
    try:
        return shift.formula(text, here)
    except Unmovable:
        return text


def _move_rules(sheet: LayoutSheet, shift: Shift) -> None:
    """Conditional formats, lists to choose from, small lines in cells: what they look at."""
    for one in _around(sheet):
        if not (one.text or "").strip():
            continue
        if local(one) in RULES:
            one.text = shift.formula(one.text, sheet.name, rooted=True)
        elif local(one) == "f":
            one.text = shift.formula(one.text, sheet.name, rooted=local(one.getparent()) != "sparkline")


def _move_sheet(sheet: LayoutSheet, shift: Shift) -> None:
    own = _own_sparklines(sheet, shift)
    _move_rules(sheet, shift)
    for one in list(_around(sheet)):
        if local(one) == "mergeCell":
            _move_merged(one, shift)
        elif local(one) == "brk" and local(one.getparent()) == "rowBreaks":
            one.set("id", str(shift.last(int(one.get("id")))))
        elif local(one) == "sqref" and one.text:
            one.text = shift.areas(one.text, grow=local(one.getparent()) != "sparkline")
        else:
            for name in (*AREAS, *PLACES):
                if one.get(name):
                    one.set(name, shift.areas(one.get(name), grow=name in AREAS and local(one) != "selection"))
    for line, copies in own:
        for again in reversed(copies):
            line.addnext(again)
        line.getparent().remove(line)
    for line in sheet.lines():
        sheet.put(line, shift.place(int(line.get("r"))))
    for _, formula in sheet.formula_cells():
        if formula.get("ref"):
            formula.set("ref", shift.areas(formula.get("ref"), grow=False))


def _copy_row(sheet: LayoutSheet, shift: Shift) -> None:
    [line] = [one for one in sheet.lines() if int(one.get("r")) == shift.row]
    for n in range(shift.more, -1, -1):
        again = deepcopy(line) if n else line
        sheet.put(again, shift.row + n)
        for cell in again.iter(f"{MAIN}c"):
            formula = cell.find(f"{MAIN}f")
            if formula is not None and formula.text:
                formula.text = shift.formula(formula.text, sheet.name, own=n)
                if formula.get("ref"):
                    formula.set("ref", cell.get("r"))
        if n:
            line.addnext(again)


def _move_parts(file: LayoutFile, sheet: LayoutSheet, shift: Shift) -> None:
    for kind, move in MOVED.items():
        for _, root in file.linked(sheet.name, kind):
            move(root, shift)


def _move_merged(merged: etree._Element, shift: Shift) -> None:
    """One across the row is there again in each repetition; one that comes down into it from above grows."""
    left, top, right, bottom = range_boundaries(merged.get("ref"))
    if top == bottom == shift.row:
        for n in range(shift.more, 0, -1):
            merged.addnext(etree.Element(merged.tag, {"ref": f"{at(top + n, left)}:{at(top + n, right)}"}))
    else:
        merged.set("ref", shift.areas(merged.get("ref")))
    merged.getparent().attrib.pop("count", None)


def _own_sparklines(sheet: LayoutSheet, shift: Shift) -> list[tuple[etree._Element, list[etree._Element]]]:
    """Each that stands in the row, with what takes its place: one for each repetition, over its own cells."""
    found = []
    for one in _around(sheet):
        if local(one) == "sparkline" and int(_child(one, "sqref").text.lstrip(LETTERS)) == shift.row:
            copies = [deepcopy(one) for _ in range(shift.more + 1)]
            for n, again in enumerate(copies):
                place, looked = _child(again, "sqref"), _child(again, "f")
                place.text = place.text.rstrip(FIGURES) + str(shift.row + n)
                looked.text = shift.formula(looked.text, sheet.name, own=n)
            found.append((one, copies))
    return found


def _child(element: etree._Element, name: str) -> etree._Element:
    return next(one for one in element if local(one) == name)


def _around(sheet: LayoutSheet) -> Iterator[etree._Element]:
    """All of a sheet but its cells."""
    for part in sheet.root:
        if part.tag != f"{MAIN}sheetData":
            yield from (one for one in part.iter() if isinstance(one.tag, str))


def _named(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (one for one in root.iter() if local(one) == name and one.text)


MOVED: dict[str, Callable[[etree._Element, Shift], None]] = {
    "drawing": move_anchors,
    "comments": move_comments,
    "threadedComment": move_comments,
    "vmlDrawing": move_comment_boxes,
    "table": move_table,
}
