"""Identity-card numbers, however they are written: 18 digits or 15, in one piece or in groups, as a text or as a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from etl.reading.plain import compact, plain, remembered

ID_NUMBER = "身份证号"  # what it is called in a refusal
_ASKED = re.compile(
    r"(.{0,6}(身份证(号码?|件号码?)?|公民身份号码|学籍号码?|家庭(住址|地址)|银行卡号|出生(日期|年月)).{0,4})"
    r"|(受助)?(学生|幼儿|儿童|考生|毕业生|新生|家长|监护人|教师)?姓名"
)
_ASIDE = re.compile(r"(?<=.)\(.{0,6}\)$|[()\[\]:*]")
_LONGEST_HEADING = 40
_SHORTEST = 15
_DIGIT, _FEWEST = re.compile(r"\d"), 10  # 2.10421201503070E+17 need not have more
_PROVINCE = "(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)"
# No digit beside it, and no decimal point: the places of a fraction are no number of anybody.
_LONG = re.compile(r"(?<![\d.])[1-9]\d{5}((?:18|19|20)\d{6})\d{3}[\dXx](?!\d|\.\d)")
_SHORT = re.compile(rf"(?<![\d.]){_PROVINCE}\d{{4}}(\d{{6}})\d{{3}}(?!\d|\.\d)")
# Digits in groups with one kind of separator between all of them, as people write long numbers.
_GROUPED = (
    re.compile(r"(?<!\d)\d{1,14}([ \-‐‑‒–—―−_·•/|])\d{1,14}(?:\1\d{1,8}){0,4}(?:\1?[Xx])?(?!\d)"),
    re.compile(r"(?<!\d)\d{1,8}\.\d{1,8}(?:\.\d{1,8}){1,4}(?:\.?[Xx])?(?!\d)"),
    re.compile(r"(?<!\d)(?:\d([ \-‐‑‒–—―−_·•./|])(?:\d\1){13,16}[\dXx])(?!\d)"),
)


def has_id_number(text: str) -> bool:
    """A number of 18 or 15 digits with a province and a day of birth that exist; a letter before it makes no difference."""
    return len(text) >= _SHORTEST and len(_DIGIT.findall(text)) >= _FEWEST and _holds_id_number(text)


@remembered
def _holds_id_number(text: str) -> bool:
    line, closed = plain(text), compact(text)
    return (
        _has(_LONG, closed)
        or _has(_SHORT, line)
        or any(_has(_LONG, glued) or _has(_SHORT, glued) for glued in _glued(line))
        or _is_spelled_out(closed)
    )


def is_id_number(raw: Any) -> bool:
    """A number cell: of 18 digits a spreadsheet keeps 15, the day of birth among them."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        return False
    if not 10**14 <= raw < 10**18 or int(raw) != raw:  # nor infinite, nor NaN
        return False
    return _has(_LONG, str(int(raw))) or _has(_SHORT, str(int(raw)))


@remembered
def asks_for_a_person(text: str) -> bool:
    """Whether a heading asks for somebody's data: 学生姓名, 家庭住址."""
    return len(text) <= _LONGEST_HEADING and _ASKED.fullmatch(_ASIDE.sub("", compact(text))) is not None


def tab_asks_for_a_person(name: str) -> bool:
    return _ASKED.fullmatch(compact(name)) is not None


def masked(name: str) -> str:
    """A file's name for the log: long runs of digits taken out where one of them is such a number."""
    return re.sub(r"\d{6,}[Xx]?", "***", compact(name)) if has_id_number(name) else name


def _has(pattern: re.Pattern[str], line: str) -> bool:
    century = "" if pattern is _LONG else "19"
    return any(_is_day(century + found[1]) for found in pattern.finditer(line))


def _glued(line: str) -> Iterator[str]:
    for pattern in _GROUPED:
        for found in pattern.finditer(line):
            yield re.sub(r"[^\dXx]", "", found[0])


def _is_spelled_out(line: str) -> bool:
    """2.10421201503070E+17, as a program writes the number it took it for."""
    if not re.fullmatch(r"'?[1-9](\.\d{1,17})?[Ee]\+?1[47]", line):
        return False
    try:
        return is_id_number(Decimal(line.removeprefix("'")))
    except InvalidOperation:
        return False


def _is_day(text: str) -> bool:
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return False
    return True
