"""Who reports what, on which form, and how the form is laid out.

The printed half of the model; the promised half is `model.py`, which gives these
names on, so that everybody imports from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

ElementKind = Literal["integer", "decimal", "text", "choice", "date"]
ElementNature = Literal["stock", "flow", "annual"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """填报单位: a county by its GB/T 2260 code, or 市直."""

    code: str
    name: str
    name_en: str
    short: str
    kind: Literal["county", "direct"]
    tile: tuple[int, int]  # row, column of the tile map
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """责任单位 of a task; files the department return when `reports`."""

    code: str
    name: str
    name_en: str
    reports: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """数据项: one thing that is reported.

    nature: stock, the state at quarter's end; flow, cumulative since 1 January;
        annual, once a year. `due_from`: first quarter (1–4) in which it is due;
        before that a blank is right. `na`: 不适用 (/) is an answer.
        `units`: who reports it (codes); empty = every reporter of the form.
        `suppressible`: 保密 (known, not to be published) is an answer that enters no sum.
    """

    code: str
    row: str
    name: str
    name_en: str
    form: str
    sheet: str
    measure: str
    definition: str
    kind: ElementKind = "integer"
    nature: ElementNature = "stock"
    due_from: int = 1
    na: bool = False
    suppressible: bool = False
    required: bool = True
    units: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()  # (key, label as printed)
    ratio_of: str = ""  # an indicator's code: this entry is only a cross-check of it, in percent
    indent: int = 0  # 其中 rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """表式. reporter: who files it. sheets: code -> Chinese sheet name, in order.

    totals: element -> its parts (equal, no tolerance). column_totals: element about the
    reporter -> element added up over the other subjects. within: (part, whole) with
    part ≤ whole. means: (numerator, denominator, low, high, factor, measure): factor × n/d lies in
    low…high. caps: (element, plan value, share): element ≤ share × plan value.
    """

    code: str
    version: str
    title: str
    title_en: str
    reporter: Literal["unit", "department", "project", "city"]
    sheets: Mapping[str, str]
    measure_note: str = ""
    replaces: tuple[str, ...] = ()  # earlier versions we recognise, to say that they are old
    totals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    column_totals: Mapping[str, str] = field(default_factory=dict)
    within: tuple[tuple[str, str], ...] = ()
    means: tuple[tuple[str, str, Decimal, Decimal, Decimal, str], ...] = ()
    caps: tuple[tuple[str, Decimal, Decimal], ...] = ()
    reviewers: tuple[str, ...] = ()  # departments that approve or send back; none: taken as it is
    school_year: tuple[str, ...] = ()  # denominators that hold still within a school year


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Where an entry belongs: which element, about whom (unit or department code)."""

    element: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a sheet. role: previous (locked), entry (to fill), reason (变化原因)."""

    code: str
    title: str
    role: Literal["previous", "entry", "reason"]
    of: str = ""  # previous: code of the entry column it belongs to


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of a sheet, found by its code. `slots`: entry column code -> Slot."""

    code: str
    name: str
    measure: str
    slots: Mapping[str, Slot]
    indent: int = 0
    group: str = ""  # heading printed above the first line of a group


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    name: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One form as one reporter sees it: what its template holds and its return must hold."""

    form: str
    reporter: str
    sheets: tuple[Sheet, ...]

    def slots(self) -> Mapping[Slot, tuple[Sheet, Line, Column]]:
        return {
            slot: (sheet, line, column)
            for sheet in self.sheets
            for line in sheet.lines
            for column in sheet.columns
            if (slot := line.slots.get(column.code)) is not None
        }
