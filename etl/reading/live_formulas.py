"""Formulas where words belong, and formulas that reach out of the workbook: neither may come to a reviewer's desk alive.

A text that begins with =, +, - or @ becomes a formula as soon as somebody edits its cell; =WEBSERVICE and =HYPERLINK carry
figures away, =cmd|… (DDE) starts a program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from openpyxl.utils.cell import coordinate_to_tuple

from catalogue.model import Plan
from etl.model import Cell, CellRef, Cells, CellState, Finding, Return, Severity, SheetCells
from etl.reading.answer import brief
from etl.reading.plain import as_written
from etl.reading.sheets import ref

# Functions that fetch, send, start or register something; what comes before the name are prefixes of file formats.
REACHING = (
    "WEBSERVICE|FILTERXML|HYPERLINK|IMAGE|RTD|DDE|DDEAUTO|CALL|REGISTER|REGISTER\\.ID|EXEC|EXECUTE|EVALUATE|INITIATE|POKE|"
    "SQL\\.REQUEST|STOCKHISTORY|PY|CUBE[A-Z]+|IMPORT(?:XML|DATA|HTML|FEED|RANGE)|FOPEN|FWRITE|FWRITELN|URLMON"
)
_CALL = re.compile(rf"(?<![A-Za-z0-9])(?:_xl[a-z]+\.|COM\.MICROSOFT\.|ORG\.[A-Z.]+\.)*(?:{REACHING})\s*\(", re.I)
_STRING = re.compile(r'"(?:[^"]|"")*"')
_SHEET = re.compile(r"'(?:[^']|'')*'")
_OTHER_BOOK = re.compile(r"'[^']*\[[^\]]+\][^']*'!|(?<![\w\]])\[\d+\][^\[\]!]*!|'(?:file|https?):", re.I)
_PICTURE = re.compile(r"\s*(?:_xlfn\.)?DISPIMG\s*\([^()|!]*\)\s*", re.I)
_place = lru_cache(4096)(coordinate_to_tuple)
_EQUALS = re.compile(r"\s*[=＝@＠]")
# After + or - only what calls or starts something: “-5所” and “+3，新建” are words.
_SIGNED = re.compile(r"\s*[+\-＋－][^\u3400-\u9fff]*?(?:[A-Za-z_][A-Za-z0-9_.]*\s*\(|\||!)")


def begins_formula(text: str) -> bool:
    """Whether a spreadsheet would take the text for a formula when it is typed into a cell."""
    return bool(_EQUALS.match(text) or _SIGNED.match(text))


def reaches_out(formula: str) -> bool:
    """Whether a formula, written without its =, asks for anything outside its workbook or starts a program."""
    outside = _STRING.sub('""', formula)
    return bool(_CALL.search(outside) or _OTHER_BOOK.search(outside) or "|" in _SHEET.sub("''", outside))


def starts_something(formula: str) -> bool:
    """As `reaches_out`, but a figure taken from another workbook of one's own is no harm to those who read its value."""
    outside = _STRING.sub('""', formula)
    return bool(_CALL.search(outside) or "|" in _SHEET.sub("''", outside))


def is_picture(formula: str) -> bool:
    """A picture within the file, as WPS writes it."""
    return bool(_PICTURE.fullmatch(formula))


def words_at(ret: Return, plan: Plan) -> frozenset[CellRef]:
    """The cells that words belong in: answers that are texts, and 变化原因."""
    texts = {entry.at for slot, entry in ret.entries.items() if plan.elements[slot.element].kind == "text"}
    return frozenset(texts | {entry.reason_at for entry in ret.entries.values() if entry.reason_at})


def live_formulas(
    cells: Cells, marked: SheetCells | None, reasons: int | None, ret: Return, plan: Plan
) -> list[Finding]:
    """Blocks: one for each such cell. marked, reasons: the sheet 核查结果 and its column of reasons, where there is one."""
    return [*_in_answers(cells, ret, plan), *(_in_marked(marked, reasons) if marked and reasons else ())]


def _in_answers(cells: Cells, ret: Return, plan: Plan) -> Iterator[Finding]:
    words, seen = words_at(ret, plan), set[CellRef]()
    sheets = {sheet.name: sheet.cells for sheet in reversed(cells.sheets)}  # of two of one name the first
    for slot, entry in ret.entries.items():
        for at in (entry.at, entry.reason_at):
            if at is None or at in seen:
                continue
            seen.add(at)
            cell = sheets.get(at.sheet, {}).get(_place(at.address))
            if cell is None:
                continue
            if at in words and (told := _formula(cell)):
                yield Finding("formula_in_text", Severity.BLOCKS, at=at, slot=slot, fields={"shown": brief(told)})
            elif cell.formula and starts_something(cell.formula):
                fields = {"shown": brief(f"={cell.formula}")}
                yield Finding("formula_reaches_out", Severity.BLOCKS, at=at, slot=slot, fields=fields)


def _in_marked(sheet: SheetCells, column: int) -> Iterator[Finding]:
    for row, place in sorted(sheet.cells):
        if place == column and (told := _formula(sheet.cells[row, place])):
            yield Finding("formula_in_text", Severity.BLOCKS, at=ref(sheet, row, place), fields={"shown": brief(told)})


def _formula(cell: Cell) -> str:
    """What makes the cell a formula, or would; "" for plain words and for a picture that a program keeps as a formula."""
    if cell.formula and (cell.state is not CellState.PICTURE or starts_something(cell.formula)):
        return f"={cell.formula}"
    text = as_written(cell.raw) if cell.state is CellState.VALUE and isinstance(cell.raw, str) else ""
    return text if begins_formula(text) else ""
