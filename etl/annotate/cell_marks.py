"""Marks on the cells: a light fill by what was found, and a note that begins with the word for it.

What a cell looked like before is written down in 核查结果, so that the next round can give it back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from catalogue.wording import say
from etl.annotate.grid import Grid, grid_of
from etl.annotate.looks import NO_FILL, CellLooks
from etl.annotate.notes import Notes
from etl.annotate.package import MAIN, PackageParts
from etl.annotate.rows import KINDS, ResultRow
from etl.model import CellRef
from etl.template.looks import LOCKED, TO_FILL

__all__ = ["FILLS", "NO_FILL", "clear_marks", "mark_cells"]

# No colour alone: the note says 退回, 强制, 核实 or 提示. Shades that neither our template nor a palette has.
FILLS: Mapping[str, str] = {"remark": "FFE7D6F3", "blocks": "FFF8C8C4", "explain": "FFFFE1A6", "note": "FFD5E8F8"}
_OURS = {f"rgb:{fill}" for fill in FILLS.values()}


def clear_marks(package: PackageParts, looks: CellLooks, remembered: Mapping[str, str]) -> None:
    """Take off what an earlier round put on. remembered: 学前教育!E8 -> its fill before, as `CellLooks.fill` has it.

    Where that is not known (the sheet was deleted, rows were inserted) a cell gets the template's fill.
    """
    ours: dict[int, bool] = {}  # by style
    for tab in package.tabs():
        if package.tree(tab.part).tag != f"{MAIN}worksheet":
            continue
        Notes(package, tab.part).take_off()
        for at, cell in grid_of(package, tab.part):
            style = int(cell.get("s", 0))
            if style not in ours:
                ours[style] = str(looks.fill(style)).upper().replace("RGB:", "rgb:") in _OURS
            if ours[style]:
                usual = f"rgb:FF{(LOCKED if looks.is_locked(style) else TO_FILL).removeprefix('#')}"
                cell.set("s", str(looks.with_fill(style, remembered.get(f"{tab.name}!{at}", usual))))
                package.changed(tab.part)


def mark_cells(package: PackageParts, looks: CellLooks, rows: Iterable[ResultRow]) -> dict[CellRef, str]:
    """Mark every cell that a linked row names; gives what its fill was, as `CellLooks.fill` has it."""
    found: dict[str, dict[CellRef, list[ResultRow]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.at is not None and row.linked:
            found[row.at.sheet][row.at].append(row)
    parts = {tab.name: tab.part for tab in package.tabs()}
    before: dict[CellRef, str] = {}
    for sheet, cells in found.items():
        grid, notes = grid_of(package, parts[sheet]), Notes(package, parts[sheet])
        for at, about in cells.items():
            shown = grid.shown(at.address)
            before[at] = _filled(grid, shown, about, looks)
            notes.put(
                shown, "\n".join(f"{row.label}{say('marked.colon', 'zh')}{row.problem}{row.advice}" for row in about)
            )
        package.changed(parts[sheet])
    return before


def _filled(grid: Grid, at: str, about: list[ResultRow], looks: CellLooks) -> str:
    """What its fill was; a pattern or a gradient is left as it is."""
    cell = grid.cell(at)
    style = int(cell.get("s", 0))
    before = looks.fill(style)
    about.sort(key=lambda row: KINDS.index(row.shade))
    if before is not None:
        cell.set("s", str(looks.with_fill(style, f"rgb:{FILLS[about[0].shade]}")))
    return before or ""
