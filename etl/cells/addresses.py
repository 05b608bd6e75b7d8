"""Cell addresses and the references in formulas."""

from __future__ import annotations

import re
from functools import lru_cache

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

# What may look like a reference and is none comes first: texts, quoted sheet names, [structured] ones.
_TOKEN = re.compile(
    r"""
      (?P<fixed> "(?:[^"]|"")*" | '(?:[^']|'')*' | \[(?:[^\[\]]|\[[^\[\]]*\])*\] )
    | (?<![\w.$]) (?P<c1>\$?[A-Z]{1,3}) : (?P<c2>\$?[A-Z]{1,3}) (?![\w.(!])
    | (?<![\w.$]) (?P<r1>\$?[0-9]{1,7}) : (?P<r2>\$?[0-9]{1,7}) (?![\w.(!])
    | (?<![\w.$]) (?P<column>\$?[A-Z]{1,3}) (?P<row>\$?[0-9]{1,7}) (?![\w.(!])
    """,
    re.VERBOSE | re.IGNORECASE,
)


@lru_cache(LAST_COLUMN)
def column_letters(column: int) -> str:
    """28 is AB."""
    letters = ""
    while column > 0:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


@lru_cache(4096)
def column_number(letters: str) -> int:
    """AB is 28. Raises ValueError unless it is made of the letters A–Z."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise ValueError(f"{letters!r} is no column")
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def address(row: int, column: int) -> str:
    """(7, 28) is AB7."""
    return f"{column_letters(column)}{row}"


def moved(formula: str, rows: int, columns: int) -> str:
    """`formula` as it reads `rows` further down and `columns` further right; $ holds its part still.

    So a formula that was filled down, and is stored once, is told for each of its cells:
    B3+C3, one row lower, is B4+C4. A reference pushed off the sheet becomes #REF!.
    """

    def reference(match: re.Match[str]) -> str:
        if match["fixed"]:
            return match["fixed"]
        if match["c1"]:
            first, between, last = _column(match["c1"], columns), ":", _column(match["c2"], columns)
        elif match["r1"]:
            first, between, last = _row(match["r1"], rows), ":", _row(match["r2"], rows)
        else:
            first, between, last = _column(match["column"], columns), "", _row(match["row"], rows)
        return "#REF!" if first is None or last is None else first + between + last

    return _TOKEN.sub(reference, formula)


def _column(text: str, by: int) -> str | None:
    if text.startswith("$"):
        return text
    number = column_number(text) + by
    return column_letters(number) if 1 <= number <= LAST_COLUMN else None


def _row(text: str, by: int) -> str | None:
    if text.startswith("$"):
        return text
    number = int(text) + by
    return str(number) if 1 <= number <= LAST_ROW else None
