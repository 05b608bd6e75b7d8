"""What a formula gives, for the plain ones: arithmetic, comparisons, texts, references, a few functions.

What is not known here (other functions, names, arrays, dates) raises Unknown: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite

from etl.cells.addresses import LAST_ROW, column_number
from etl.cells.functions import FUNCTIONS, Area, Fault, Unknown, Value, number, scalar, text, truth

Fetch = Callable[
    [str, int, int, int, int], Sequence[Value]
]  # sheet ("" for its own), first row, column, last row (LAST_ROW: all), column

_SHEET = r"(?:(?P<quoted>'(?:[^']|'')+')|(?P<sheet>[^\W\d][\w.]*))!"
_CELL = r"\$?(?P<{0}c>[A-Z]{{1,3}})\$?(?P<{0}r>[1-9][0-9]{{0,6}})"
_TOKEN = re.compile(
    rf"""\s*(?:
      (?P<text>"(?:[^"]|"")*")
    | (?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:E[+-]?[0-9]+)?)
    | (?P<function>[A-Z][A-Z0-9.]*)\s*\(
    | (?P<ref>(?:{_SHEET})?{_CELL.format("a")}(?::{_CELL.format("b")})?)(?![\w(!.:])
    | (?P<columns>(?:{_SHEET.replace("<", "<whole_")})?\$?(?P<first>[A-Z]{{1,3}}):\$?(?P<last>[A-Z]{{1,3}}))(?![\w(!.:])
    | (?P<bool>TRUE|FALSE)(?![\w(!.])
    | (?P<sign><=|>=|<>|[-+*/^&=<>%(),])
    )""",
    re.VERBOSE | re.IGNORECASE,
)
LONGEST_TEXT = 32_767  # that a cell may hold
_SINGLE = ("ref", "columns", "number", "text", "bool")
_COMPARISONS = ("=", "<>", "<", ">", "<=", ">=")


@dataclass(frozen=True, slots=True)
class _Token:
    """area: sheet ("" for its own), first row and column, last row and column of what it refers to."""

    kind: str
    text: str
    area: tuple[str, int, int, int, int] | None = None


def evaluate(formula: str, fetch: Fetch) -> Value:
    """Raises Unknown, and Fault where a spreadsheet shows an error."""
    parser = _Parser(_tokens(formula), fetch)
    value = parser.comparison()
    if parser.next is not None:
        raise Unknown
    result = scalar(value)
    if isinstance(result, float) and not isfinite(result):
        raise Fault
    return 0.0 if result is None else result


def _tokens(formula: str) -> Sequence[_Token]:
    return _kept_tokens(formula) if len(formula) <= _LONGEST_KEPT else _read_tokens(formula)


def _read_tokens(formula: str) -> tuple[_Token, ...]:
    tokens, at, end = list[_Token](), 0, len(formula.rstrip())
    while at < end:
        found = _TOKEN.match(formula, at)
        if found is None or found.lastgroup is None:
            raise Unknown
        kind = next(name for name in ("text", "number", "function", "ref", "columns", "bool", "sign") if found[name])
        written = found[kind].upper() if kind in ("function", "bool") else found[kind]
        tokens.append(
            _Token(kind, written, _area(found) if kind == "ref" else _whole(found) if kind == "columns" else None)
        )
        at = found.end()
    return tuple(tokens)


_LONGEST_KEPT = 400
_kept_tokens = lru_cache(512)(_read_tokens)  # returns of one form hold the same formulas


class _Parser:
    """Every operation gives its result at once. A function's arguments are worked out only when it asks."""

    def __init__(self, tokens: Sequence[_Token], fetch: Fetch) -> None:
        self.tokens, self.at, self.fetch = tokens, 0, fetch

    @property
    def next(self) -> str | None:
        return self.tokens[self.at].text if self.at < len(self.tokens) else None

    def take(self, *signs: str) -> str | None:
        if self.at < len(self.tokens) and self.tokens[self.at].kind == "sign" and self.next in signs:
            self.at += 1
            return self.tokens[self.at - 1].text
        return None

    def comparison(self) -> Value | Area:
        if self.at + 1 < len(self.tokens) and self.tokens[self.at].kind in _SINGLE:
            after = self.tokens[self.at + 1]
            if after.kind == "sign" and after.text in (",", ")"):  # as most arguments are: nothing is done with it
                return self.primary()
        left = self.joined()
        while sign := self.take(*_COMPARISONS):
            left = _compared(sign, scalar(left), scalar(self.joined()))
        return left

    def joined(self) -> Value | Area:
        left = self.sum()
        while self.take("&"):
            left = text(left) + text(self.sum())
            if len(left) > LONGEST_TEXT:
                raise Fault
        return left

    def sum(self) -> Value | Area:
        left = self.product()
        while sign := self.take("+", "-"):
            right = number(self.product())
            left = number(left) + right if sign == "+" else number(left) - right
        return left

    def product(self) -> Value | Area:
        left = self.power()
        while sign := self.take("*", "/"):
            right = number(self.power())
            if sign == "/" and right == 0:
                raise Fault
            left = number(left) * right if sign == "*" else number(left) / right
        return left

    def power(self) -> Value | Area:
        left = self.signed()
        while self.take("^"):
            base, exponent = number(left), number(self.signed())
            if abs(exponent) > 100 or (base <= 0 and exponent != int(exponent)) or (base == 0 and exponent <= 0):
                raise Unknown
            left = base**exponent
        return left

    def signed(self) -> Value | Area:
        if self.take("-"):
            return -number(self.signed())
        if self.take("+"):
            return self.signed()
        value = self.primary()
        while self.take("%"):
            value = number(value) / 100
        return value

    def primary(self) -> Value | Area:
        if self.at >= len(self.tokens):
            raise Unknown
        token = self.tokens[self.at]
        self.at += 1
        match token.kind:
            case "text":
                return token.text[1:-1].replace('""', '"')
            case "number":
                return float(token.text)
            case "bool":
                return token.text == "TRUE"
            case "ref" | "columns" if token.area is not None:
                sheet, top, left, bottom, right = token.area
                return Area(self.fetch(sheet, top, left, bottom, right), right - left + 1)
            case "function":
                return self._call(token.text)
            case _ if token.text == "(":
                value = self.comparison()
                self._close()
                return value
        raise Unknown

    def _call(self, name: str) -> Value | Area:
        if name in ("IF", "IFERROR"):
            return self._choice(name)
        function = FUNCTIONS.get(name)
        if function is None:
            raise Unknown
        arguments: list[Value | Area] = []
        if not self.take(")"):
            while True:
                arguments.append(None if self.next in (",", ")") else self.comparison())
                if not self.take(","):
                    break
            self._close()
        return function(arguments)

    def _choice(self, name: str) -> Value | Area:
        """Only the branch that counts may fail."""
        results: list[Value | Area | Fault | Unknown] = []
        while True:
            start = self.at
            try:
                results.append(None if self.next in (",", ")") else self.comparison())
                if self.next not in (",", ")"):
                    raise Unknown
            except (Fault, Unknown) as problem:
                results.append(problem)
                self._skip(start)
            if not self.take(","):
                break
        self._close()
        first = results[0]
        if name == "IFERROR":
            if len(results) != 2 or isinstance(first, Unknown):
                raise Unknown
            return _certain(results[1] if isinstance(first, Fault) else first)
        if len(results) not in (2, 3):
            raise Unknown
        if truth(scalar(_certain(first))):
            return _certain(results[1])
        return _certain(results[2]) if len(results) == 3 else False

    def _skip(self, start: int) -> None:
        """To the comma or bracket that ends the argument which began at `start`."""
        self.at, depth = start, 0
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if depth == 0 and token.kind == "sign" and token.text in (",", ")"):
                return
            depth += (token.kind == "function" or token.text == "(") - (token.text == ")")
            self.at += 1
        raise Unknown

    def _close(self) -> None:
        if not self.take(")"):
            raise Unknown


def _area(found: re.Match[str]) -> tuple[str, int, int, int, int]:
    rows = [int(found["ar"]), int(found["br"] or found["ar"])]
    columns = [column_number(found["ac"]), column_number(found["bc"] or found["ac"])]
    return _named(found["quoted"], found["sheet"]), min(rows), min(columns), max(rows), max(columns)


def _whole(found: re.Match[str]) -> tuple[str, int, int, int, int]:
    columns = column_number(found["first"]), column_number(found["last"])
    return _named(found["whole_quoted"], found["whole_sheet"]), 1, min(columns), LAST_ROW, max(columns)


def _named(quoted: str | None, plain: str | None) -> str:
    return (quoted or "")[1:-1].replace("''", "'") or plain or ""


def _certain(result: Value | Area | Fault | Unknown) -> Value | Area:
    if isinstance(result, Fault | Unknown):
        raise result
    return result


def _compared(sign: str, left: Value, right: Value) -> bool:
    """Numbers before texts before truth values; a blank is the 0 or the empty text that the other side wants."""
    left, right = _like(left, right), _like(right, left)
    kinds = [2 if isinstance(side, bool) else 1 if isinstance(side, str) else 0 for side in (left, right)]
    if isinstance(left, str) and isinstance(right, str):
        if sign in ("=", "<>"):
            return (left.casefold() == right.casefold()) == (sign == "=")
        raise Unknown  # which of two texts comes first depends on the machine's language
    order = kinds[0] - kinds[1] or float(left) - float(right)
    return {"=": order == 0, "<>": order != 0, "<": order < 0, ">": order > 0, "<=": order <= 0, ">=": order >= 0}[sign]


def _like(value: Value, other: Value) -> str | float | bool:
    if value is not None:
        return value
    return "" if isinstance(other, str) else False if isinstance(other, bool) else 0.0
