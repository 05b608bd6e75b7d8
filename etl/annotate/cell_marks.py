"""Marks on the cells: a light fill by what was found, and a note that begins with the word for it.

What a cell looked like before is written down in 核查结果, so that the next round can give it back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Color, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from catalogue.wording import say
from etl.annotate.rows import KINDS, ResultRow
from etl.model import CellRef
from etl.template.looks import LOCKED, TO_FILL
from etl.template.page import text_lines

# No colour alone: the note says 退回, 强制, 核实 or 提示. Shades that neither our template nor a palette has.
FILLS: Mapping[str, str] = {"remark": "FFE7D6F3", "blocks": "FFF8C8C4", "explain": "FFFFE1A6", "note": "FFD5E8F8"}
NO_FILL = "none"
_WIDE, _LINE = 44, 17  # half-width characters in a line of a note; pixels a line is high


def clear_marks(book: Workbook, remembered: Mapping[str, str]) -> None:
    """Take off what an earlier round put on. remembered: 学前教育!E8 -> its fill before, as `fill_text` has it.

    Where that is not known (the sheet was deleted, rows were inserted) a cell gets the template's fill.
    """
    for sheet in book.worksheets:
        for cell in _cells(sheet):
            if _rgb(cell) in FILLS.values():
                usual = f"rgb:FF{(LOCKED if cell.protection.locked else TO_FILL).removeprefix('#')}"
                cell.fill = _fill(remembered.get(f"{sheet.title}!{cell.coordinate}", usual))
            if isinstance(cell, Cell) and cell.comment is not None:
                cell.comment = _theirs(cell.comment)


def mark_cells(book: Workbook, rows: Iterable[ResultRow]) -> dict[CellRef, str]:
    """Mark every cell that a linked row names; gives what its fill was, as `fill_text` has it."""
    found: dict[CellRef, list[ResultRow]] = defaultdict(list)
    for row in rows:
        if row.at is not None and row.linked:
            found[row.at].append(row)
    return {at: _mark(book[at.sheet], at.address, about) for at, about in found.items()}


def fill_text(cell: Cell) -> str | None:
    """A cell's fill as text: none, rgb:FFFFF9DF, theme:4:0.4 or indexed:22; None for patterns and gradients."""
    fill = cell.fill
    kind = getattr(fill, "fill_type", None)
    if kind is None:
        return NO_FILL
    colour = getattr(fill, "fgColor", None)
    if kind != "solid" or colour is None:
        return None
    value = {"rgb": colour.rgb, "theme": colour.theme, "indexed": colour.indexed}.get(colour.type)
    return f"{colour.type}:{value}" + (f":{colour.tint}" if colour.tint else "")


def _mark(sheet: Worksheet, address: str, rows: list[ResultRow]) -> str:
    cell = _shown(sheet, address)
    before = fill_text(cell)
    rows = sorted(rows, key=lambda row: KINDS.index(row.shade))
    if before is not None:
        colour = FILLS[rows[0].shade]
        cell.fill = PatternFill("solid", fgColor=colour, bgColor=colour)
    told = "\n".join(f"{row.label}{say('marked.colon', 'zh')}{row.problem}{row.advice}" for row in rows)
    cell.comment = _joined(cell.comment, told)
    return before or ""


def _shown(sheet: Worksheet, address: str) -> Cell:
    """The cell itself, or the one that shows for it where cells are merged."""
    cell = sheet[address]
    if not isinstance(cell, MergedCell):
        return cell
    area = next(area for area in sheet.merged_cells.ranges if address in area)
    return sheet.cell(area.min_row, area.min_col)


def _joined(theirs: Comment | None, told: str) -> Comment:
    """Their own note stays, ours stands below it."""
    if theirs is None:
        return _sized(Comment(told, say("marked.author", "zh")))
    return _sized(Comment(f"{theirs.text.rstrip()}\n{say('marked.separator', 'zh')}\n{told}", theirs.author))


def _sized(comment: Comment) -> Comment:
    comment.width, comment.height = 330, min(_LINE * (text_lines(comment.text, _WIDE) + 1), 600)
    return comment


def _theirs(comment: Comment) -> Comment | None:
    """What is left of a note without our words."""
    if comment.author == say("marked.author", "zh"):
        return None
    text, ours, _ = comment.text.partition(say("marked.separator", "zh"))
    if not ours:
        return comment
    return _sized(Comment(text.rstrip(), comment.author)) if text.strip() else None


def _cells(sheet: Worksheet) -> list[Cell]:
    """The cells that are there; `iter_rows` would make every cell up to the farthest one."""
    return list(sheet._cells.values())


def _rgb(cell: Cell) -> str:
    text = fill_text(cell) or ""
    return text.removeprefix("rgb:").upper() if text.startswith("rgb:") else ""


def _fill(text: str) -> PatternFill:
    kind, _, rest = text.partition(":")
    value, _, tint = rest.partition(":")
    try:
        colour = Color(**{kind: value if kind == "rgb" else int(value)}, tint=float(tint or 0))
    except (TypeError, ValueError):  # none, or a text that somebody changed
        return PatternFill()
    return PatternFill("solid", fgColor=colour)
