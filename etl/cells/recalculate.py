"""Formulas whose stored result is not theirs: a library that computes nothing stores 0, or what stood there before.

A formula that can be worked out here from the cells has the result it gives, or none. One that cannot has
none where the workbook asks to be computed on opening (a program that had computed it would not ask), and a
stored 0 is none where another formula of the workbook was found to hold 0 instead of its result.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from etl.cells.addresses import LAST_ROW
from etl.cells.evaluate import evaluate
from etl.cells.functions import Fault, Unknown, Value
from etl.cells.marks import Marks, Place

_MOST_STEPS = 400_000  # cells looked at; beyond, formulas count as unknown
_CLOSE = 1e-6

Page = tuple[list[list[Any]], Marks]  # values from A1 on, "" for blank


def distrust(pages: Sequence[Page]) -> None:
    """Adds to each sheet's `resultless` the formulas whose stored result is not theirs."""
    if not any(marks.formulas for _, marks in pages):
        return
    book = _Book(pages)
    unsure: list[tuple[Marks, Place, Any]] = []
    placeholder = False
    for n, (_, marks) in enumerate(pages):
        for place in marks.formulas.keys() - marks.resultless - marks.errors.keys():
            stored = book.stored(n, place)
            if isinstance(stored, date | time | timedelta):
                continue
            result = book.result(n, place)
            if isinstance(result, Unknown) or (isinstance(result, Fault) and stored not in (0, "")):
                unsure.append((marks, place, stored))  # programs differ in what they take for an error
            elif isinstance(result, Fault) or not _same(result, stored):
                marks.resultless.add(place)
                placeholder = placeholder or stored in (0, "")
    for marks, place, stored in unsure:
        is_number = isinstance(stored, int | float) and not isinstance(stored, bool)
        if is_number and (marks.computed_later or (placeholder and stored == 0)):
            marks.resultless.add(place)


def _same(result: Value, stored: Any) -> bool:
    if isinstance(result, bool | str) or isinstance(stored, bool | str) or result is None:
        return type(result) is type(stored) and bool(result == stored)
    return abs(result - float(stored)) <= _CLOSE * max(1.0, abs(result))


class _Book:
    """Results of formulas, each worked out once, from the results of those it refers to."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.pages = pages
        self.names = {marks.name.casefold(): n for n, (_, marks) in enumerate(pages)}
        self.results: dict[tuple[int, Place], Value | Fault | Unknown] = {}
        self.steps = 0

    def stored(self, page: int, place: Place) -> Any:
        rows, (row, column) = self.pages[page][0], place
        return rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else ""

    def result(self, page: int, place: Place) -> Value | Fault | Unknown:
        key = page, place
        if key not in self.results:
            self.results[key] = Unknown()  # for a formula that leads back to itself
            self.results[key] = self._worked_out(page, place)
        return self.results[key]

    def _worked_out(self, page: int, place: Place) -> Value | Fault | Unknown:
        formula = self.pages[page][1].formulas[place]
        if not formula or self.pages[page][1].as_displayed:
            return Unknown()

        def fetch(sheet: str, top: int, left: int, bottom: int, right: int) -> Sequence[Value]:
            there = self.names.get(sheet.casefold(), -1) if sheet else page
            if bottom == LAST_ROW and there >= 0:  # a whole column: as far as it goes
                bottom = max(len(self.pages[there][0]), *(row for row, _ in self.pages[there][1].formulas), 1)
            self.steps += (bottom - top + 1) * (right - left + 1)
            if there < 0 or self.steps > _MOST_STEPS:
                raise Unknown
            return [
                self._value(there, (row, column)) for row in range(top, bottom + 1) for column in range(left, right + 1)
            ]

        try:
            return evaluate(formula, fetch)
        except (Fault, Unknown) as problem:
            return problem
        except (ArithmeticError, ValueError, IndexError, RecursionError):
            return Unknown()

    def _value(self, page: int, place: Place) -> Value:
        marks, stored = self.pages[page][1], self.stored(page, place)
        if place in marks.formulas:
            result = self.result(page, place)
            if isinstance(result, Fault) or (isinstance(result, Unknown) and place in marks.errors):
                raise Fault
            if not isinstance(result, Unknown):
                return result
            if marks.computed_later or place in marks.resultless:
                raise Unknown
        elif place in marks.errors:
            raise Fault
        if place in marks.broken or isinstance(stored, date | time | timedelta):
            raise Unknown
        return None if stored == "" and place not in marks.formulas else stored
