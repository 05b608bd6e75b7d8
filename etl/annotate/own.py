"""May their own workbook be marked, and what must it lose by that?"""

from __future__ import annotations

import logging
import zipfile

from lxml import etree

from etl.annotate.package import MAIN, Package
from etl.model import Cells

log = logging.getLogger(__name__)

MARKED = ("xlsx", "xlsm")
MOST_CELLS = 60_000  # rows × columns of all sheets; a return has some thousand
MOST_BYTES = 6 * 2**20  # XML of the workbook and its sheets, unzipped; pictures and embedded files do not count
_SIGNED = "/digital-signature/"


def opened(content: bytes, kind: str, cells: Cells) -> Package | None:
    """The workbook; None where it is of another kind (a strict xlsx too), too large, or not what it says."""
    if kind not in MARKED or sum(sheet.last_row * sheet.last_column for sheet in cells.sheets) > MOST_CELLS:
        return None
    try:
        package = Package(content)
        read = [package.main, *(tab.part for tab in package.tabs()), package.shared("styles")]
        small = sum(len(package.read(part)) for part in read if part) <= MOST_BYTES
        return package if small and package.tree(package.main).tag == f"{MAIN}workbook" else None
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError, OSError, RuntimeError, NotImplementedError):
        log.warning("this workbook cannot be marked itself", exc_info=True)
        return None


def drop_lost(package: Package) -> tuple[str, ...]:
    """Takes out what cannot outlive a mark; keys of wording `marked.lost_part`.

    signatures: digital ones, which would be found broken.
    """
    signed = {(id_, part) for id_, kind, part in package.related("") if _SIGNED in kind}
    if not signed:
        return ()
    package.unrelate("", {id_ for id_, _ in signed})
    for _, part in signed:
        package.drop(part)
    return ("signatures",)
