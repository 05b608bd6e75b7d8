"""May their own workbook be opened here, and what would openpyxl not carry over?"""

from __future__ import annotations

import logging
import re
import warnings
import zipfile
from io import BytesIO

import openpyxl
from openpyxl.workbook import Workbook

from etl.cells.addresses import column_number
from etl.model import Cells

log = logging.getLogger(__name__)

OPENED = ("xlsx", "xlsm")
MOST_CELLS = 60_000  # rows × columns of all sheets; a return has some thousand
MOST_BYTES = 6 * 2**20  # unzipped; openpyxl takes about a second for so much
MOST_COVERED = 200_000  # openpyxl walks through every cell of a merge and of a link
_AREA = re.compile(
    rb"""<(?:\w+:)?(?:mergeCell|hyperlink)\s[^>]*?ref\s*=\s*["']\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)"""
)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp")


def opened(content: bytes, kind: str, cells: Cells) -> Workbook | None:
    """The workbook, its macros kept; None where it is of another kind, too large, or openpyxl cannot read it."""
    if kind not in OPENED or not _small(content, cells):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it drops, `lost_parts` says
            return openpyxl.load_workbook(BytesIO(content), keep_vba=kind == "xlsm")
    except Exception:  # openpyxl raises whatever it stumbles over; the file has been read by other means
        log.warning("openpyxl cannot open this workbook", exc_info=True)
        return None


def lost_parts(content: bytes) -> tuple[str, ...]:
    """What the marked workbook will lack: keys of wording `marked.lost`.

    shapes: text boxes, drawings and pictures of old kinds; threads: comments with answers, kept as plain notes;
    extensions: sparklines and newer conditional formats; controls: buttons and slicers.
    """
    with zipfile.ZipFile(BytesIO(content)) as parts:
        names = parts.namelist()
        drawings = b"".join(parts.read(name) for name in names if re.match(r"xl/drawings/drawing\d+\.xml", name))
        sheets = [parts.read(name) for name in names if name.startswith("xl/worksheets/")]
    found = {
        "shapes": re.search(rb"<xdr:(sp|grpSp|cxnSp)\b", drawings)
        or any(name.startswith("xl/media/") and not name.lower().endswith(_PICTURES) for name in names),
        "threads": any(name.startswith("xl/threadedComments/") for name in names),
        "extensions": any(b"<extLst" in sheet for sheet in sheets),
        "controls": any(name.startswith(("xl/ctrlProps/", "xl/activeX/", "xl/slicers/")) for name in names),
    }
    return tuple(key for key, is_there in found.items() if is_there)


def _small(content: bytes, cells: Cells) -> bool:
    if sum(sheet.last_row * sheet.last_column for sheet in cells.sheets) > MOST_CELLS:
        return False
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_BYTES:
                return False
            return sum(_covered(parts.read(part)) for part in parts.infolist()) <= MOST_COVERED
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return False


def _covered(part: bytes) -> int:
    """Whatever the part is called: a package may name its sheets as it likes."""
    return sum(
        (int(last_row) - int(row) + 1) * (column_number(last.decode()) - column_number(first.decode()) + 1)
        for first, row, last, last_row in _AREA.findall(part)
    )
