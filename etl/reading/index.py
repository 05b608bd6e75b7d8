"""A sheet's cells gone through once: by what they would be as a code or a heading, and those that are more than that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from operator import itemgetter

from etl.model import AS_HELD, CellState, SheetCells
from etl.reading.personal import asks_for_a_person, has_id_number, is_id_number
from etl.reading.plain import as_written, code, heading, plain, remembered, unseen

UNIT_LABELS = ("填报单位", "报送单位", "填表单位", "单位名称")
PERIOD_LABELS = ("填报期", "报告期", "填报时期", "报表期", "报送期")
MACHINE = "marked:"  # before the identity in 核查结果, so that nobody takes that cell for the return's own
_INITIALS = tuple({name[0] for name in UNIT_LABELS + PERIOD_LABELS})
_LONGEST_CODE = 24
_SMALLEST_ID = 10**14  # that a number cell may hold; to spare what asks closer
_KEPT = "index"

At = tuple[int, int]  # row, column
Text = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class SheetIndex:
    """Lists go row by row.

    codes, headings: where short texts and numbers, and where texts stand, as codes and as headings compare. labels: texts that
    may say 填报单位 or 填报期. identities: that may be an identity text. machines: headings of machine columns of 核查结果.
    people: headings that ask for somebody's data. numbered: cells with an identity-card number. unseen: texts with characters
    that nobody sees, and which.
    """

    codes: Mapping[str, list[At]]
    headings: Mapping[str, list[At]]
    labels: list[Text] = field(default_factory=list)
    identities: list[Text] = field(default_factory=list)
    machines: list[Text] = field(default_factory=list)
    people: list[Text] = field(default_factory=list)
    numbered: list[At] = field(default_factory=list)
    unseen: list[tuple[At, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a text is wherever it stands. code: None for a long one. usual: nothing but a code or a heading."""

    heading: str
    code: str | None
    usual: bool
    label: bool
    identity: bool
    machine: bool
    person: bool
    number: bool
    unseen: str


def index_of(sheet: SheetCells) -> SheetIndex:
    """Made when it is first asked for, and kept with the sheet."""
    found: SheetIndex | None = sheet.__dict__.get(_KEPT)
    if found is None:
        found = sheet.__dict__[_KEPT] = _indexed(sheet)
    return found


def _indexed(sheet: SheetCells) -> SheetIndex:
    codes: defaultdict[str, list[At]] = defaultdict(list)
    headings: defaultdict[str, list[At]] = defaultdict(list)
    index = SheetIndex(codes, headings)
    for at, cell in sorted(sheet.cells.items(), key=itemgetter(0)):
        raw = cell.raw
        if type(raw) is not str:
            if cell.state is CellState.VALUE and len(as_written(raw)) <= _LONGEST_CODE:
                codes[code(raw)].append(at)
        elif cell.state is CellState.VALUE:
            told = _told(raw)
            headings[told.heading].append(at)
            if told.code is not None:
                codes[told.code].append(at)
            if not told.usual:
                _note(index, at, raw, told)
            if told.number:
                index.numbered.append(at)
                continue
        if (
            (cell.formula is not None and has_id_number(cell.formula))
            or (cell.state is not CellState.VALUE and isinstance(raw, str) and has_id_number(raw))
            or (cell.shown is not AS_HELD and has_id_number(cell.shown.struck))
            or (isinstance(raw, int | float | Decimal) and raw >= _SMALLEST_ID and is_id_number(raw))
        ):
            index.numbered.append(at)
    return index


@remembered
def _told(text: str) -> _Told:
    label, identity = plain(text).startswith(_INITIALS), "/" in text or "／" in text
    machine, person, marks = plain(text).startswith(MACHINE), asks_for_a_person(text), unseen(text)
    short = code(text) if len(text) <= _LONGEST_CODE else None
    usual = not (label or identity or machine or person or marks)
    return _Told(heading(text), short, usual, label, identity, machine, person, has_id_number(text), marks)


def _note(index: SheetIndex, at: At, text: str, told: _Told) -> None:
    found = (*at, text)
    for said, kept in (
        (told.label, index.labels),
        (told.identity, index.identities),
        (told.machine, index.machines),
        (told.person, index.people),
    ):
        if said:
            kept.append(found)
    if told.unseen:
        index.unseen.append((at, told.unseen))
