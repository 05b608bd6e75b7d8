"""What every sheet of one template is drawn with, and how a single cell is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from catalogue.model import Element, Form, Plan, Slot
from etl.reading.formulas import Formula, Part
from etl.reading.identity import Identity
from etl.template.looks import TemplateLooks
from etl.template.page import TemplatePage

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_000  # a cell holds 32,767

At = tuple[int, int]  # row and column of a cell, counted from 0


@dataclass(frozen=True, slots=True)
class Prefill:
    """What is written into the cells beforehand; see `write_template`."""

    previous: Callable[[Slot], Part]
    current: Callable[[Slot], Part]
    reason: Callable[[str, str], str]
    footer: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TemplateDesk:
    """What every sheet of one template is drawn with."""

    plan: Plan
    form: Form
    identity: Identity
    looks: TemplateLooks
    pages: tuple[TemplatePage, ...]
    computed: Mapping[Slot, Formula]
    filling: Prefill


def put(sheet: Worksheet, at: At, answer: Part | date, element: Element, looks: TemplateLooks, role: str) -> None:
    """An answer as a person would have typed it: numbers and dates as such, a choice by its label."""
    if isinstance(answer, str):
        day = _day(answer) if element.kind == "date" else None
        if day is None:
            write_text(sheet, at, dict(element.choices).get(answer, answer), looks, role, element)
            return
        answer = day
    face = looks.answer(role, element)
    if answer is None:
        sheet.write_blank(*at, None, face)
    elif isinstance(answer, date):
        sheet.write_datetime(*at, answer, face)
    else:
        sheet.write_number(*at, float(answer), face)


def write_text(
    sheet: Worksheet, at: At, text: str, looks: TemplateLooks, role: str, element: Element | None = None
) -> None:
    """Never a formula: also when somebody edits the cell later, hence the quote prefix."""
    more = {"quote_prefix": True} if text.startswith(("=", "+", "-", "@")) else {}
    face = looks.answer(role, element, **more) if element else looks.of(role, **more)
    if text:
        sheet.write_string(*at, text, face)
    else:
        sheet.write_blank(*at, None, face)


def writable(text: str) -> str:
    """Without the characters that make a workbook unreadable, and not longer than a cell holds."""
    return _UNWRITABLE.sub("", text)[:_LONGEST]


def merged(sheet: Worksheet, first: At, last: At, text: str, face: Format) -> None:
    """A text over a block of cells; a block of one cell is not merged."""
    if first == last:
        sheet.write_string(*first, text, face)
        return
    sheet.merge_range(*first, *last, "", face)
    if text:
        sheet.write_string(*first, text, face)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
