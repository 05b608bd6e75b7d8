"""Pieces of a Word document, as its XML wants them. python-docx keeps the package; long tables are built here, which is quicker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

Element = Any  # of lxml
_UNPRINTABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML has no room for it
WHOLE = 8844  # twentieths of a point between the margins: 156 mm


def w(tag: str, *inside: Element | None, **attributes: Any) -> Element:
    """<w:tag w:attribute="…">; None inside is left out."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(child for child in inside if child is not None)
    return made


def run(text: str, *properties: Element) -> Element:
    """Marks that both scripts have, like quotation marks, take the Chinese font beside Chinese words. A new line breaks it."""
    hint = [] if text.isascii() else [w("rFonts", hint="eastAsia")]
    made = w("r", w("rPr", *hint, *properties))
    for n, line in enumerate(_UNPRINTABLE.sub("", text).split("\n")):
        words = w("t")
        words.text = line
        words.set(qn("xml:space"), "preserve")
        made.extend([w("br"), words] if n else [words])
    return made


def paragraph(style: str, *inside: Element | None) -> Element:
    """style: its id."""
    return w("p", w("pPr", w("pStyle", val=style)), *inside)


def said(style: str, text: str) -> Element:
    return paragraph(style, run(text))


def field(instruction: str, shown: str) -> list[Element]:
    """What the program that opens the file works out itself; `shown` until then."""
    told = w("instrText")
    told.text = f" {instruction} "
    told.set(qn("xml:space"), "preserve")
    return [
        w("r", w("fldChar", fldCharType="begin")),
        w("r", told),
        w("r", w("fldChar", fldCharType="separate")),
        run(shown),
        w("r", w("fldChar", fldCharType="end")),
    ]


class Anchors:
    """Bookmarks of one document; their ids are counted."""

    def __init__(self) -> None:
        self.count = 0

    def marked(self, name: str, to: str, text: str, tip: str, *properties: Element) -> list[Element]:
        """The text inside a bookmark of its own, and leading to another."""
        self.count += 1
        link = w("hyperlink", run(text, *properties), anchor=to, history="1", tooltip=tip)
        return [w("bookmarkStart", id=self.count, name=name), link, w("bookmarkEnd", id=self.count)]


def table(widths: Sequence[int], heads: Sequence[str], rows: Iterable[Sequence[Element]], style: str) -> Element:
    """Bordered, its head repeated on every page, no row cut in two. widths: shares of the whole. rows: a paragraph a cell."""
    whole = sum(widths)
    sizes = [WHOLE * share // whole for share in widths]
    head = _row(sizes, [paragraph(style, run(text, w("b"))) for text in heads], w("cantSplit"), w("tblHeader"))
    edges = (
        w(edge, val="single", sz=4, space=0, color="000000")
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    look = w(
        "tblPr",
        w("tblStyle", val="TableNormal"),
        w("tblW", w=sum(sizes), type="dxa"),
        w("jc", val="center"),
        w("tblBorders", *edges),
        w("tblLayout", type="fixed"),
        w("tblCellMar", w("left", w=60, type="dxa"), w("right", w=60, type="dxa")),
    )
    grid = w("tblGrid", *(w("gridCol", w=size) for size in sizes))
    return w("tbl", look, grid, head, *(_row(sizes, cells, w("cantSplit")) for cells in rows))


def _row(sizes: Sequence[int], cells: Sequence[Element], *properties: Element) -> Element:
    made = (
        w("tc", w("tcPr", w("tcW", w=size, type="dxa"), w("vAlign", val="center")), cell)
        for size, cell in zip(sizes, cells, strict=True)
    )
    return w("tr", w("trPr", *properties), *made)
