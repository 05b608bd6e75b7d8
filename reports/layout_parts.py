"""What hangs on a sheet outside its cells, moved when a row is repeated: pictures and charts, comments, formatted tables."""

from __future__ import annotations

from lxml import etree

from reports.layout_looks import MAIN
from reports.layout_shift import Shift

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
OFFICE = "{urn:schemas-microsoft-com:office:excel}"


def local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def move_anchors(root: etree._Element, shift: Shift) -> None:
    """As Excel does: what lies over the repeated row is stretched, unless it is only to move or to stay."""
    for anchor in root:
        stays = anchor.get("editAs", "twoCell")
        begin, end = anchor.find(f"{DRAWING}from/{DRAWING}row"), anchor.find(f"{DRAWING}to/{DRAWING}row")
        if begin is None or stays == "absolute":
            continue
        moved = _moved(int(begin.text), shift)
        if end is not None:
            end.text = str(
                int(end.text) + moved - int(begin.text) if stays == "oneCell" else _moved(int(end.text), shift)
            )
        begin.text = str(moved)


def move_comments(root: etree._Element, shift: Shift) -> None:
    for one in root.iter():
        if local(one) in ("comment", "threadedComment"):
            one.set("ref", shift.areas(one.get("ref"), grow=False))


def move_comment_boxes(root: etree._Element, shift: Shift) -> None:
    """Where a comment opens: cell, and the rows of its box, which keeps its height."""
    for data in root.iter(f"{OFFICE}ClientData"):
        row, anchor = data.find(f"{OFFICE}Row"), data.find(f"{OFFICE}Anchor")
        if row is None:
            continue
        moved = _moved(int(row.text), shift)
        if anchor is not None and anchor.text:
            numbers = [int(one) for one in anchor.text.split(",")]
            for place in (2, 6):
                numbers[place] += moved - int(row.text)
            anchor.text = ", ".join(map(str, numbers))
        row.text = str(moved)


def move_table(root: etree._Element, shift: Shift) -> None:
    """A formatted table with its filter and sorting; a formula of a column may look elsewhere."""
    for one in root.iter():
        if isinstance(one.tag, str) and one.get("ref"):
            one.set("ref", shift.areas(one.get("ref")))
        if one.tag in (f"{MAIN}calculatedColumnFormula", f"{MAIN}totalsRowFormula") and one.text:
            one.text = shift.formula(one.text, shift.sheet)


def _moved(row: int, shift: Shift) -> int:
    """row: from 0, as drawings count."""
    return shift.place(row + 1) - 1
