"""May their own workbook be marked, and what must it lose by that?"""

from __future__ import annotations

import logging
from collections.abc import Container

from lxml import etree

from catalogue.zip_damage import DAMAGED
from etl.annotate import inert
from etl.annotate.looks import CellLooks
from etl.annotate.package import MAIN, PackageParts
from etl.model import CellRef, Cells

log = logging.getLogger(__name__)

MARKED = ("xlsx", "xlsm")
MOST_CELLS = 60_000  # rows × columns of all sheets; a return has some thousand
MOST_BYTES = 6 * 2**20  # XML of the workbook and its sheets, unzipped; pictures and embedded files do not count
_SIGNED = "/digital-signature/"


def opened(content: bytes, kind: str, cells: Cells) -> PackageParts | None:
    """The workbook; None where it is of another kind (a strict xlsx too), too large, not what it says, or acts by itself."""
    if kind not in MARKED or sum(sheet.last_row * sheet.last_column for sheet in cells.sheets) > MOST_CELLS:
        return None
    try:
        package = PackageParts(content)
        read = [package.main, *(tab.part for tab in package.tabs()), package.shared("styles")]
        small = sum(len(package.read(part)) for part in read if part) <= MOST_BYTES
        plain = package.tree(package.main).tag == f"{MAIN}workbook" and not inert.acts(package)
        return package if small and plain else None
    except (etree.XMLSyntaxError, KeyError, *DAMAGED):
        log.warning("this workbook cannot be marked itself", exc_info=True)
        return None


def drop_lost(package: PackageParts, looks: CellLooks, words: Container[CellRef]) -> tuple[str, ...]:
    """Takes out what cannot outlive a mark, and what must not be passed on; keys of wording `marked.lost_part`.

    signatures: digital ones, which would be found broken. macros. links: to the outside, and formulas that reach there.
    words: cells that hold no formula at all.
    """
    gone = {
        "signatures": _without_signatures(package),
        "macros": inert.without_macros(package),
        "links": inert.without_links(package, looks, words),
    }
    return tuple(part for part, lost in gone.items() if lost)


def _without_signatures(package: PackageParts) -> bool:
    signed = {(id_, part) for id_, kind, part in package.related("") if _SIGNED in kind}
    if not signed:
        return False
    package.unrelate("", {id_ for id_, _ in signed})
    for _, part in signed:
        package.drop(part)
    return True
