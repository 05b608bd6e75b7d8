"""The bureau's own tables: an .xlsx with placeholders, filled in and otherwise left as it is.

A placeholder is {{what}} or {{indicator.what}}, of one unit {{indicator.what@unit}}, of every unit downwards
{{indicator.what@units}} (counties: @counties). Indicators go by their code or the promise's number, units by code, name or
short name. A cell that holds nothing else becomes a number; among other words the number is written with its unit.
No row is moved: whoever draws the table leaves as many empty rows as there are units.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from catalogue.load import plan_folder
from catalogue.wording import say
from reports.layout_file import LayoutFile, Unreadable
from reports.layout_looks import GENERAL, in_percent
from reports.layout_sheet import Place, Sheet, at
from reports.layout_words import Answer, answer
from reports.proof import Number, prove
from reports.snapshot import Snapshot
from reports.workbook.book import PROOF_SHEET, chunks
from reports.workbook.looks import shown

PROOF_SLOT = "{{proof}}"
SLOT = re.compile(r"(?<!\{)\{\{\s*([^{}]+?)\s*\}\}(?!\})")
OPEN = re.compile(r"\{\{|\}\}|｛|｝")  # left over where braces do not match, or are full-width ones
DOWN = ("units", "counties")


class LayoutBroken(Exception):
    """Not filled; the text names every cell, what is wrong there and what would do."""


@dataclass(slots=True)
class Filling:
    """One file on its way."""

    snapshot: Snapshot
    numbers: list[Number] = field(default_factory=list)
    signed: list[tuple[Sheet, Place]] = field(
        default_factory=list
    )  # cells that show the proof, known when all others are filled
    problems: list[str] = field(default_factory=list)


def layouts() -> list[Path]:
    """In the plan's folder under reports, by name."""
    return [path for path in files_there() if path.suffix.lower() == ".xlsx"]


def files_there() -> list[Path]:
    """Others too; but not those that an open Excel or a file manager leaves beside them."""
    folder = plan_folder() / "reports"
    return sorted(path for path in folder.glob("*") if path.is_file() and not path.name.startswith(("~$", ".")))


def fill(path: Path, snapshot: Snapshot) -> bytes:
    """With the proof in a hidden sheet. Raises LayoutBroken, and then nothing is made."""
    try:
        file = LayoutFile(path.read_bytes())
    except (OSError, Unreadable) as problem:
        raise LayoutBroken(say("layout.unreadable", name=path.name)) from problem
    filling = Filling(snapshot)
    filling.problems += _out_of_place(file)
    for sheet in file.sheets:
        if sheet.name != PROOF_SHEET:
            for place, text in [(place, text) for place, text in sheet.texts() if OPEN.search(text)]:
                _fill(sheet, place, text, filling)
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
                yield say("layout.in_formula", where=_where(sheet, place))


def _fill(sheet: Sheet, place: Place, text: str, filling: Filling) -> None:
    if OPEN.search(SLOT.sub("", text)):
        filling.problems.append(say("layout.braces", where=_where(sheet, place)))
        return
    down = {slot.rpartition("@")[2] for slot in _slots(text)} & set(DOWN)
    if not down:
        _write(sheet, place, place, filling)
        return
    units = filling.snapshot.plan.counties if down == {"counties"} else tuple(filling.snapshot.plan.units.values())
    row, column = place
    for n in range(1, len(units)):
        if not sheet.free(row + n, column):
            where, first = _where(sheet, (row + n, column)), _where(sheet, place)
            filling.problems.append(
                say("layout.no_room", where=where, count=len(units), rest=len(units) - 1, first=first)
            )
            return
    for n, unit in reversed(list(enumerate(units))):  # the first last: the others are written from it
        if not _write(sheet, (row + n, column), place, filling, unit.code):
            return


def _write(sheet: Sheet, place: Place, of: Place, filling: Filling, unit: str = "") -> bool:
    """The words of cell `of`, filled, at `place`; False where a placeholder is wrong. unit: in the place of @units."""
    text = sheet.text(*of)
    look = sheet.look(*place) or sheet.look(*of)
    found: list[Answer] = []
    try:
        found += (
            answer(re.sub(r"@(?:units|counties)$", f"@{unit}", slot) if unit else slot, filling.snapshot)
            for slot in _slots(text)
        )
    except LookupError as problem:
        filling.problems.append(f"{_where(sheet, of)}：{problem.args[0]}")
        return False
    if "proof" in _slots(text):
        filling.signed.append((sheet, place))
    if SLOT.fullmatch(text.strip()) and found[0].number is not None:
        _put(sheet, place, found[0], look)
    else:
        words = {slot[0]: one.words for slot, one in zip(SLOT.finditer(text), found, strict=True)}
        sheet.rewrite(*place, of, lambda part: SLOT.sub(lambda slot: words[slot[0]], part), look)
    filling.numbers += (replace(one.number, place=_where(sheet, place)) for one in found if one.number is not None)
    return True


def _put(sheet: Sheet, place: Place, told: Answer, look: int) -> None:
    """A number; a format only where the bureau set none. 46% in a cell formatted as percent is 0.46."""
    value, form = told.number.value, sheet.form_of(look)
    scaled = value / 100 if in_percent(form) and told.measure == "percent" else value
    sheet.write(*place, scaled, look, shown(told.measure, signed=told.signed) if form == GENERAL else "")


def _slots(text: str) -> list[str]:
    """What stands between the braces; full-width signs are read as the plain ones."""
    return [unicodedata.normalize("NFKC", slot).strip() for slot in SLOT.findall(text)]


def _where(sheet: Sheet, place: Place) -> str:
    return f"{sheet.name}!{at(*place)}"


def _seal(file: LayoutFile, filling: Filling) -> None:
    """In a sheet that Excel does not show, and in the file's properties."""
    proof = prove("layout", filling.snapshot, filling.numbers)
    for sheet, place in filling.signed:
        sheet.rewrite(*place, place, lambda part: part.replace(PROOF_SLOT, proof.line()))
    file.describe(proof.line())
    file.keep(PROOF_SHEET, chunks(proof))
