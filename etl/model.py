"""What passes from step to step on the route of a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from operator import itemgetter
from typing import Any

from catalogue.model import Layout, Slot
from catalogue.period import Period


@dataclass(frozen=True, slots=True, order=True)
class CellRef:
    """A cell as staff name it: 学前教育!D7."""

    sheet: str
    address: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.address}"


class CellState(StrEnum):
    VALUE = "value"
    BLANK = "blank"
    ERROR = "error"  # shows #DIV/0! or the like; raw holds that text
    UNCACHED = "uncached"  # a formula whose result the file does not hold, or holds one that it does not give
    BROKEN = "broken"  # what it holds is damaged, as the number of a text that is not there; raw is ""
    PICTURE = "picture"  # it shows a picture, whatever a program stores in its place; raw is ""


@dataclass(frozen=True, slots=True)
class ShownAs:
    """How a cell shows what it holds, where that changes what it says.

    struck: what is struck through. Where that is all of it (`void`) raw holds it nevertheless, else it is left out.
    raised: a part of the text is set as superscript or subscript; digits set so are in raw as ² or ₂.
    percent: its number format is a percentage: 0.781 shows as 78.1 %.
    since_1904: the file counts days from 1904-01-01 (or another unusual day): 42810 is another day there.
    """

    struck: str = ""
    void: bool = False
    raised: bool = False
    percent: bool = False
    since_1904: bool = False


AS_HELD = ShownAs()
_place = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as the file holds it. raw: str, int, float, bool, date, datetime, time, timedelta or None.

    formula: its text without '=', where the reader can see it (xlsx, xlsm, ods), else None.
    """

    raw: Any
    state: CellState = CellState.VALUE
    formula: str | None = None
    shown: ShownAs = AS_HELD


@dataclass(frozen=True)
class SheetCells:
    """One sheet; `cells` maps (row, column), both from 1, to cells that hold something, row by row.

    A formula that shows "" holds something: it is there with state BLANK and raw "".
    hidden: its tab is. hidden_rows, hidden_columns: those that hold something. filtered: a filter hides rows of it.
    struck_if: areas (first row, first column, last row, last column) struck out while a condition holds; of xlsx.
    """

    name: str
    cells: Mapping[tuple[int, int], Cell]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filtered: bool = False
    struck_if: tuple[tuple[int, int, int, int], ...] = ()

    @cached_property
    def texts(self) -> tuple[tuple[int, int, str], ...]:
        """(row, column, text) of every cell that holds a text, row by row."""
        return tuple(
            (row, column, cell.raw)
            for (row, column), cell in sorted(self.cells.items(), key=_place)
            if cell.state is CellState.VALUE and isinstance(cell.raw, str)
        )

    @property
    def last_row(self) -> int:
        return max((row for row, _ in self.cells), default=0)

    @property
    def last_column(self) -> int:
        return max((column for _, column in self.cells), default=0)


@dataclass(frozen=True, slots=True)
class IdentitySpot:
    """Where an identity-card number stands outside of the cells.

    source: comment, text_box, sheet_name, content (elsewhere in the file). at: the cell or sheet, as far as it is known.
    """

    source: str
    at: str


@dataclass(frozen=True, slots=True)
class Cells:
    """A workbook read: kind is what the bytes are (xlsx, xlsm, xlsb, xls, ods, csv), not what the name says."""

    kind: str
    sheets: tuple[SheetCells, ...]
    personal: tuple[IdentitySpot, ...] = ()

    def sheet(self, name: str) -> SheetCells | None:
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


class EntryState(StrEnum):
    VALUE = "value"
    BLANK = "blank"
    NA = "na"  # 不适用
    SUPPRESSED = "suppressed"  # 保密: known, and not to be published; where the plan allows it
    BAD = "bad"  # something stands there that is no answer; a finding says what
    ABSENT = "absent"  # the row or column was not found in the workbook; a finding says so


# How an answer that is no value is written in a form, whatever the language.
ANSWER_MARKS: Mapping[str, str] = {EntryState.NA: "/", EntryState.SUPPRESSED: "保密"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer. value for numbers, text for texts, choices and dates (ISO).

    raw: the cell's content as text, before any repair. reason: 变化原因 of its row, or one given elsewhere for it.
    at: its cell; for ABSENT entries the place where it was looked for.
    """

    slot: Slot
    state: EntryState
    at: CellRef
    value: Decimal | None = None
    text: str | None = None
    raw: str = ""
    reason: str = ""
    reason_at: CellRef | None = None


def entry_text(entry: Entry) -> str:
    """The answer as text, by which a reason given for it holds or lapses: 1000.5, a text, / for 不适用, "" for blank.

    Numbers in plain decimals without idle zeros. What is no answer stands as the cell has it.
    """
    return entry.raw.strip() if entry.state is EntryState.BAD else fact_text(entry.state, entry.value, entry.text)


def fact_text(state: str, value: Decimal | None, text: str | None) -> str:
    """`entry_text` of what was accepted, which is never BAD."""
    if state in ANSWER_MARKS:
        return ANSWER_MARKS[state]
    if state != EntryState.VALUE:
        return ""
    return text or "" if value is None else f"{value.normalize() + 0:f}"  # + 0: no −0


@dataclass(frozen=True, slots=True)
class GivenReason:
    """A reason for one entry as it stood: it holds while `entry_text` of the entry is still `value`."""

    value: str
    reason: str


class Severity(StrEnum):
    BLOCKS = "blocks"  # must be mended
    EXPLAIN = "explain"  # passes when 变化原因 is filled
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """核查问题: what a rule or a reader has to say about one cell (at=None: about the whole workbook).

    The sentence is wording `finding.<rule>` filled with `fields` (and {at}, {element}, {value});
    what to do is `finding_mend.<rule>`. explained: an EXPLAIN finding with a reason filled.
    """

    rule: str
    severity: Severity
    at: CellRef | None = None
    slot: Slot | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    explained: str = ""

    @property
    def is_open(self) -> bool:
        """Stands in the way of acceptance."""
        return self.severity is Severity.BLOCKS or (self.severity is Severity.EXPLAIN and not self.explained)


@dataclass(frozen=True, slots=True)
class Return:
    """报表: one form, filled by one reporter for one period. Variable name `ret`.

    entries: every slot of `layout`, in its order. previous: what the sheet shows as 上期, never counted. footer: 填报人, 审核人 … as written.
    repairs: findings of reading (notes, bad and absent cells).
    """

    layout: Layout
    version: str
    period: Period
    entries: Mapping[Slot, Entry]
    footer: Mapping[str, str]
    repairs: tuple[Finding, ...] = ()
    previous: Mapping[Slot, Entry] = field(default_factory=dict)

    @property
    def form(self) -> str:
        return self.layout.form

    @property
    def reporter(self) -> str:
        return self.layout.reporter

    def entry(self, element: str, subject: str | None = None) -> Entry | None:
        """The entry of `element` about `subject` (default: the reporter); None if the layout has none."""
        return self.entries.get(Slot(element=element, subject=subject or self.reporter))

    def value(self, element: str, subject: str | None = None) -> Decimal | None:
        """None when blank, 不适用, bad or absent."""
        entry = self.entry(element, subject)
        return entry.value if entry else None

    def subjects(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(slot.subject for slot in self.entries))


@dataclass(frozen=True, slots=True)
class History:
    """What the rules may know of earlier quarters: period -> (element, subject) -> accepted value.

    latest_sha256: for each earlier period, the file that stands for this reporter and form.
    """

    values: Mapping[Period, Mapping[tuple[str, str], Decimal]] = field(default_factory=dict)
    latest_sha256: Mapping[Period, str] = field(default_factory=dict)

    def value(self, period: Period, element: str, subject: str) -> Decimal | None:
        return self.values.get(period, {}).get((element, subject))


@dataclass(frozen=True, slots=True)
class Checked:
    """A return read and checked; what `etl.submission.check_return` gives back.

    reasons: (subject, element) -> the reason that this file itself gives, where it explains.
    """

    sha256: str
    file_name: str
    kind: str
    ret: Return
    findings: tuple[Finding, ...]
    reasons: Mapping[tuple[str, str], GivenReason] = field(default_factory=dict)

    @property
    def blocked(self) -> bool:
        """True while a finding stands in the way: a BLOCKS, or an EXPLAIN without a reason."""
        return any(finding.is_open for finding in self.findings)
