"""The bureau's own tables: an .xlsx with placeholders, filled in and otherwise left as it is.

What a placeholder is stands in catalogue/placeholders.py. A cell that holds nothing else becomes a number; among other words
the number is written with its unit. A marked row is repeated, and what stands below moves down (layout_rows); @units and @counties go down into empty rows that whoever draws the table leaves there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from catalogue.checks import bureau_tables
from catalogue.load import plan_folder
from catalogue.model import Plan
from catalogue.placeholders import EACH, OPEN, SLOT, Wrong, downwards, marker, plain, repeated, slots, wrong_in_row
from catalogue.wording import say
from reports.layout_file import LayoutFile, UnreadableLayout
from reports.layout_looks import GENERAL, in_percent
from reports.layout_rows import Unrepeatable, repeat
from reports.layout_sheet import LayoutSheet, Place, at
from reports.layout_words import SlotAnswer, answer
from reports.proof import Number, closed, prove
from reports.snapshot import Snapshot
from reports.workbook.book import CLOSED_AS, PROOF_SHEET, chunks
from reports.workbook.looks import shown
from reports.workbook.proof import texts_of

PROOF_SLOT = "{{proof}}"
_DOWNWARDS = re.compile(r"@(?:units|counties)$")
_MARK = re.compile(r"\{\{\s*(?:each unit|each county)\s*\}\}")


class LayoutBroken(Exception):
    """Not filled; the text names every cell, what is wrong there and what would do."""


@dataclass(slots=True)
class Filling:
    """One file on its way."""

    snapshot: Snapshot
    numbers: list[Number] = field(default_factory=list)
    signed: list[tuple[LayoutSheet, Place]] = field(
        default_factory=list
    )  # cells that show the proof, known when all others are filled
    problems: list[str] = field(default_factory=list)


def layouts() -> list[Path]:
    """The bureau's own layouts: workbooks in the plan's folder under reports, by name; [] for none."""
    return [path for path in files_there() if path.suffix.lower() == ".xlsx"]


def files_there() -> list[Path]:
    """Others too."""
    return bureau_tables.files(plan_folder())


def fill(path: Path, snapshot: Snapshot) -> bytes:
    """With the proof in a hidden sheet. Raises LayoutBroken, and then nothing is made."""
    try:
        file = LayoutFile(path.read_bytes())
    except (OSError, UnreadableLayout) as problem:
        raise LayoutBroken(say("layout.unreadable", name=path.name)) from problem
    sheets = [one for one in file.sheets if one.name != PROOF_SHEET]
    if wrong := [*_out_of_place(file), *(problem for sheet in sheets for problem in _wrong_in(sheet, snapshot.plan))]:
        raise LayoutBroken("\n".join(wrong))
    filling = Filling(snapshot)
    for sheet in sheets:
        own = _repeated(file, sheet, filling)
        for place, text in [(place, text) for place, text in sheet.texts() if OPEN.search(text)]:
            _fill(sheet, place, text, filling, own.get(place[0], ""))
    if filling.problems:
        raise LayoutBroken("\n".join(filling.problems))
    _seal(file, filling)
    return file.content()


def _out_of_place(file: LayoutFile) -> Iterator[str]:
    """Placeholders that nobody would fill."""
    for kind, text in file.elsewhere():
        for slot in SLOT.finditer(text):
            yield say("layout.outside", place=say(f"layout.place.{kind}"), slot=slot[0])
    for sheet in file.sheets:
        for place, formula in sheet.formulas():
            if SLOT.search(formula):
                yield say("layout.cell", where=_where(sheet, place), problem=Wrong("in_formula"))


def _wrong_in(sheet: LayoutSheet, plan: Plan) -> Iterator[str]:
    for row, texts in _rows(sheet).items():
        for column, problem in wrong_in_row(texts, plan):
            where = f"{sheet.name}!{row}" if column is None else _where(sheet, (row, column))
            yield say("layout.cell", where=where, problem=problem)


def _rows(sheet: LayoutSheet) -> dict[int, dict[int, str]]:
    """Row -> column -> text."""
    found: dict[int, dict[int, str]] = {}
    for (row, column), text in sheet.texts():
        found.setdefault(row, {})[column] = text
    return found


def _repeated(file: LayoutFile, sheet: LayoutSheet, filling: Filling) -> dict[int, str]:
    """Row -> the unit it is about, of the rows that a mark has repeated, as they stand then. Raises LayoutBroken."""
    own: dict[int, str] = {}
    for row, texts in sorted(_rows(sheet).items(), reverse=True):  # from below: what stands above has not moved yet
        if mark := marker(texts.values()):
            units = repeated(mark, filling.snapshot.plan)
            try:
                repeat(file, sheet, row, len(units))
            except Unrepeatable as problem:
                why = say(f"layout.repeat.{problem.key}", what=problem.text)
                raise LayoutBroken(say("layout.cell", where=f"{sheet.name}!{row}", problem=why)) from problem
            below = {n + len(units) - 1: code for n, code in own.items()}
            own = below | {row + n: unit.code for n, unit in enumerate(units)}
    return own


def _fill(sheet: LayoutSheet, place: Place, text: str, filling: Filling, own: str) -> None:
    """own: the unit the row is about, in a repeated one."""
    down = downwards(text)
    if not down:
        _write(sheet, place, place, filling, own=own)
        return
    units = repeated("counties" if down == {"counties"} else "units", filling.snapshot.plan)
    row, column = place
    for n in range(1, len(units)):
        if not sheet.free(row + n, column):
            where, first = _where(sheet, (row + n, column)), _where(sheet, place)
            filling.problems.append(
                say("layout.no_room", where=where, count=len(units), rest=len(units) - 1, first=first)
            )
            return
    for n, unit in reversed(list(enumerate(units))):  # the first last: the others are written from it
        _write(sheet, (row + n, column), place, filling, down=unit.code)


def _write(sheet: LayoutSheet, place: Place, of: Place, filling: Filling, *, down: str = "", own: str = "") -> None:
    """The words of cell `of`, filled, at `place`.

    down: the unit in the place of @units. own: the unit of a repeated row.
    """
    text = sheet.text(*of)
    look = sheet.look(*place) or sheet.look(*of)
    found: dict[str, SlotAnswer] = {}  # by the placeholder as it stands there
    for slot in SLOT.finditer(text):
        asked = _DOWNWARDS.sub(f"@{down}", plain(slot[1]))
        found[slot[0]] = SlotAnswer("") if asked in EACH else answer(asked, filling.snapshot, own or None)
    if "proof" in slots(text):
        filling.signed.append((sheet, place))
    alone = SLOT.fullmatch(_MARK.sub("", text).strip())
    value = found[alone[0]].value if alone else None
    if alone and value is not None:
        _put(sheet, place, found[alone[0]], value, look)
    else:
        sheet.rewrite(*place, of, lambda part: SLOT.sub(lambda slot: found[slot[0]].words, part), look)
    numbers = [found[slot[0]].number for slot in SLOT.finditer(text)]
    filling.numbers += [replace(one, place=_where(sheet, place)) for one in numbers if one is not None]


def _put(sheet: LayoutSheet, place: Place, told: SlotAnswer, value: float, look: int) -> None:
    """A number; a format only where the bureau set none. 46% in a cell formatted as percent is 0.46."""
    form = sheet.form_of(look)
    scaled = value / 100 if in_percent(form) and told.measure == "percent" else value
    sheet.write(*place, scaled, look, shown(told.measure, signed=told.signed) if form == GENERAL else "")


def _where(sheet: LayoutSheet, place: Place) -> str:
    return f"{sheet.name}!{at(*place)}"


def _seal(file: LayoutFile, filling: Filling) -> None:
    """In a sheet that Excel does not show, and in the file's properties."""
    proof = prove("layout", filling.snapshot, filling.numbers)
    for sheet, place in filling.signed:
        sheet.rewrite(*place, place, lambda part: part.replace(PROOF_SLOT, proof.line()))
    file.describe(proof.line())
    folder, texts = filling.snapshot.version.folder, texts_of(file.content(), [n.place for n in proof.numbers])
    file.keep(PROOF_SHEET, chunks(closed(proof, CLOSED_AS, texts, folder=folder).as_json()))
