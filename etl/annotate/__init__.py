"""A checked return goes back to those who filed it: their own workbook, marked cell by cell.

rows        the lines of 核查结果, in words
package     the workbook as its parts: what is not written stays as it came
own         may their workbook be marked, and what must be lost
inert       macros, links and formulas that reach out, taken off
cell_marks  fills and notes on the cells; those of an earlier round taken off first
looks, notes, grid   styles, notes and cells as those parts have them
sheet       the sheet 核查结果
tabs        that sheet put in front of theirs
refilled    our template with their answers, where theirs cannot be marked
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from openpyxl.utils.cell import coordinate_to_tuple

from catalogue.model import Plan
from catalogue.wording import say
from etl.annotate.cell_marks import clear_marks, mark_cells
from etl.annotate.looks import CellLooks
from etl.annotate.own import drop_lost, opened
from etl.annotate.package import PackageParts
from etl.annotate.refilled import refilled
from etl.annotate.rows import Remark, ResultRow, result_rows
from etl.annotate.sheet import Headlines, drawn
from etl.annotate.tabs import free_title, put_in_front, take_off
from etl.model import Cells, CellState, Checked, Entry, History
from etl.opened import shelf
from etl.reading.answers import read_reason
from etl.reading.live_formulas import words_at
from etl.reading.sheets import NOTHING

__all__ = ["Annotated", "Remark", "annotate", "annotate_anew", "marked_name"]

log = logging.getLogger(__name__)

_LONGEST_STEM = 120
_ENDING = re.compile(r"\.(xlsx|xlsm|xlsb|xls|ods|et|csv)$", re.I)
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class Annotated:
    """The marked workbook. refilled: it is our template with their answers, not their own file.

    lost: what their file had and this one has not (see `own.drop_lost`).
    """

    file_name: str
    content: bytes
    refilled: bool = False
    lost: tuple[str, ...] = ()


def annotate(
    content: bytes,
    checked: Checked,
    plan: Plan,
    *,
    remarks: Sequence[Remark] = (),
    history: History | None = None,
    at: datetime,
) -> Annotated:
    """Mark the workbook that `checked` was read from; its cells keep their answers.

    remarks: what a reviewer wrote about single cells; they stand first. history: for last quarter's values.
    at: the time printed on it. A workbook that cannot be marked (xls, xlsb, ods, csv, too large to open here, or acting
    by itself) is replaced by our template with its answers.
    """
    history, cells = history or History(), shelf.cells(content)
    package = opened(content, checked.kind, cells)
    if package is not None:
        try:
            return _own(package, cells, checked, plan, result_rows(checked, plan, history, remarks), at)
        except Exception:  # whatever some program left in the file must not cost them the answer
            log.exception("could not mark %s itself", checked.file_name)
    about = say("marked.refilled", "zh", kind=checked.kind)
    return _refilled(cells, checked, plan, remarks, history, Headlines(checked.file_name, at, [about]))


def annotate_anew(
    content: bytes,
    checked: Checked,
    plan: Plan,
    *,
    remarks: Sequence[Remark] = (),
    history: History | None = None,
    at: datetime,
) -> Annotated:
    """As `annotate`, and always our template with the answers, never their own file: for whoever is not its sender."""
    headlines = Headlines(checked.file_name, at, [say("marked.remade", "zh")])
    return _refilled(shelf.cells(content), checked, plan, remarks, history or History(), headlines)


def marked_name(file_name: str) -> str:
    """报表.xls becomes 报表（核查结果）.xlsx, and stays that when it is marked again."""
    suffix = say("marked.suffix", "zh")
    stem = _ENDING.sub("", PurePosixPath(file_name.replace("\\", "/")).name.strip())
    stem = re.sub(rf"({re.escape(suffix)}\s*([（(]\d+[)）])?\s*)+$", "", stem)  # a browser numbers its second copy
    return f"{_UNFIT.sub('', stem)[:_LONGEST_STEM].strip()}{suffix}.xlsx"


def _own(
    package: PackageParts,
    cells: Cells,
    checked: Checked,
    plan: Plan,
    found: Sequence[ResultRow],
    at: datetime,
) -> Annotated:
    """found: the lines of the sheet of results."""
    looks = CellLooks(package)
    lost = drop_lost(package, looks, words_at(checked.ret, plan))
    clear_marks(package, looks, take_off(package, cells))
    rows = [replace(row, linked=_is_there(row, package)) for row in found]
    about = (
        [say("marked.lost", "zh", parts="、".join(say(f"marked.lost_part.{part}", "zh") for part in lost))]
        if lost
        else []
    )
    marked = _marked(package, looks, cells, rows, checked, Headlines(checked.file_name, at, about))
    return Annotated(marked_name(checked.file_name), marked, lost=lost)


def _refilled(
    cells: Cells, checked: Checked, plan: Plan, remarks: Sequence[Remark], history: History, headlines: Headlines
) -> Annotated:
    content, moved = refilled(checked, _rows_reasons(checked, cells), plan, history)
    cells = shelf.cells(content)
    package = PackageParts(content)
    rows = [
        replace(row, linked=row.slot in moved.ret.entries and _is_there(row, package))
        for row in result_rows(moved, plan, history, remarks)
    ]
    marked = _marked(package, CellLooks(package), cells, rows, moved, headlines)
    return Annotated(marked_name(checked.file_name), marked, refilled=True)


def _marked(
    package: PackageParts, looks: CellLooks, cells: Cells, rows: list[ResultRow], checked: Checked, headlines: Headlines
) -> bytes:
    """A reason that stands in 变化原因 is not repeated in 核查结果: there it would outlive a change of it."""
    ret = checked.ret
    rows = [
        replace(row, reason="")
        if row.slot is not None and row.slot in ret.entries and row.reason == row_reason(ret.entries[row.slot], cells)
        else row
        for row in rows
    ]
    fills = mark_cells(package, looks, rows)
    put_in_front(package, looks, drawn(free_title(package), rows, fills, headlines, ret))
    return package.saved()


def _is_there(row: ResultRow, package: PackageParts) -> bool:
    return row.at is not None and any(tab.name == row.at.sheet for tab in package.tabs())


def row_reason(entry: Entry, cells: Cells) -> str:
    """What stands in 变化原因 of the entry's row."""
    at = entry.reason_at
    sheet = cells.sheet(at.sheet) if at else None
    if at is None or sheet is None:
        return ""
    cell = sheet.cells.get(coordinate_to_tuple(at.address), NOTHING)
    return read_reason(cell.raw).strip() if cell.state is CellState.VALUE and not cell.shown.void else ""


def _rows_reasons(checked: Checked, cells: Cells) -> Mapping[tuple[str, str], str]:
    """(sheet, line code) -> 变化原因, for the template."""
    entries = checked.ret.entries
    return {
        (sheet.name, line.code): written
        for sheet in checked.ret.layout.sheets
        for line in sheet.lines
        for slot in line.slots.values()
        if (written := row_reason(entries[slot], cells))
    }
