"""Values of formulas, and the functions of spreadsheets that are worked out here."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP, Decimal

Value = float | str | bool | None  # None: a blank cell

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_MOST_PLACES = 15


class Unknown(Exception):
    """The formula is beyond what is worked out here."""


class Fault(Exception):
    """A spreadsheet shows an error: #DIV/0!, #VALUE! …"""


@dataclass(frozen=True, slots=True)
class Area:
    """Cells that a formula refers to. In them only numbers add up; given as themselves, texts and truths do too."""

    values: Sequence[Value]
    width: int = 1

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.values) // self.width, self.width


def scalar(value: Value | Area) -> Value:
    if not isinstance(value, Area):
        return value
    if len(value.values) != 1:
        raise Unknown
    return value.values[0]


def number(value: Value | Area) -> float:
    value = scalar(value)
    if isinstance(value, str):
        if _NUMBER.fullmatch(value.strip()):
            return float(value)
        if re.search(r"\d", value):
            raise Unknown  # a date, a percentage, 1,234
        raise Fault
    result = float(value or 0)
    if not math.isfinite(result):
        raise Unknown
    return result


def text(value: Value | Area) -> str:
    value = scalar(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value if isinstance(value, str) else f"{value:.15g}"


def truth(value: Value) -> bool:
    if isinstance(value, str):
        if value.upper() not in ("TRUE", "FALSE"):
            raise Fault
        return value.upper() == "TRUE"
    return bool(value)


Arguments = Sequence[Value | Area]


def _numbers(arguments: Arguments) -> Iterator[float]:
    for argument in arguments:
        if isinstance(argument, Area):
            yield from (float(v) for v in argument.values if isinstance(v, int | float) and not isinstance(v, bool))
        else:
            yield number(argument)


def _truths(arguments: Arguments) -> list[bool]:
    found: list[bool] = []
    for argument in arguments:
        if isinstance(argument, Area):
            found += [bool(v) for v in argument.values if isinstance(v, int | float | bool)]
        else:
            found.append(truth(argument))
    if not found:
        raise Fault
    return found


def _count(arguments: Arguments) -> float:
    if not all(isinstance(argument, Area | int | float) for argument in arguments):
        raise Unknown
    return float(sum(1 for _ in _numbers(arguments)))


def _count_filled(arguments: Arguments) -> float:
    areas = [argument.values if isinstance(argument, Area) else [argument] for argument in arguments]
    return float(sum(value is not None for values in areas for value in values))


def _average(arguments: Arguments) -> float:
    found = list(_numbers(arguments))
    if not found:
        raise Fault
    return math.fsum(found) / len(found)


def _rounding(mode: str) -> Callable[[Arguments], float]:
    def rounded(arguments: Arguments) -> float:
        value, places = number(arguments[0]), int(number(arguments[1]))
        if len(arguments) != 2 or abs(places) > _MOST_PLACES:
            raise Unknown
        # As shown to 15 digits: what binary fractions add beyond them does not count in a spreadsheet.
        return float(Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-places), mode))

    return rounded


def _one(function: Callable[[float], float]) -> Callable[[Arguments], float]:
    def applied(arguments: Arguments) -> float:
        if len(arguments) != 1:
            raise Unknown
        return function(number(arguments[0]))

    return applied


def _whole(value: float) -> float:
    return float(Decimal(f"{value:.15g}").to_integral_value(ROUND_FLOOR))


def _best(choose: Callable[[Iterable[float]], float]) -> Callable[[Arguments], float]:
    return lambda arguments: choose([*_numbers(arguments)] or [0.0])


def _matching(condition: Value) -> Callable[[Value], bool]:
    """A number or a text to be equal to, or a comparison with a number: 5, "公办", ">=5"."""
    if isinstance(condition, int | float) and not isinstance(condition, bool):
        return lambda value: _plain_number(value) and value == condition
    found = re.fullmatch(rf"(<=|>=|<>|<|>|=)?({_NUMBER.pattern})", condition) if isinstance(condition, str) else None
    if found is None:
        if not isinstance(condition, str) or not condition or re.search(r"[*?~<>=]", condition):
            raise Unknown
        return lambda value: isinstance(value, str) and value.casefold() == condition.casefold()
    sign, bound = found[1] or "=", float(found[2])
    if sign == "<>":
        raise Unknown  # which takes in texts and blanks
    compare = {"=": operator.eq, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge}[sign]
    return lambda value: _plain_number(value) and bool(compare(float(value or 0), bound))


def _plain_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _count_if(arguments: Arguments) -> float:
    area, condition = arguments
    if not isinstance(area, Area):
        raise Unknown
    return float(sum(map(_matching(scalar(condition)), area.values)))


def _sum_if(arguments: Arguments) -> float:
    area, condition, *rest = arguments
    added = rest[0] if rest else area
    if not isinstance(area, Area) or not isinstance(added, Area) or area.shape != added.shape:
        raise Unknown
    counts = _matching(scalar(condition))
    return math.fsum(_numbers([Area([n for v, n in zip(area.values, added.values, strict=True) if counts(v)])]))


def _sum_of_products(arguments: Arguments) -> float:
    areas = [argument for argument in arguments if isinstance(argument, Area)]
    if not areas or len(areas) < len(arguments) or len({area.shape for area in areas}) > 1:
        raise Unknown
    rows = zip(*(area.values for area in areas), strict=True)
    return math.fsum(math.prod(float(v or 0) if _plain_number(v) else 0.0 for v in row) for row in rows)


def _is_number(arguments: Arguments) -> bool:
    [value] = map(scalar, arguments)
    return _plain_number(value)


def _is_blank(arguments: Arguments) -> bool:
    [value] = map(scalar, arguments)
    return value is None


FUNCTIONS: dict[str, Callable[[Arguments], Value]] = {
    "SUM": lambda arguments: math.fsum(_numbers(arguments)),
    "PRODUCT": lambda arguments: math.prod(_numbers(arguments)),
    "COUNT": _count,
    "COUNTA": _count_filled,
    "AVERAGE": _average,
    "MIN": _best(min),
    "MAX": _best(max),
    "SUMIF": _sum_if,
    "COUNTIF": _count_if,
    "SUMPRODUCT": _sum_of_products,
    "ROUND": _rounding(ROUND_HALF_UP),
    "ROUNDUP": _rounding(ROUND_UP),
    "ROUNDDOWN": _rounding(ROUND_DOWN),
    "INT": _one(_whole),
    "ABS": _one(abs),
    "AND": lambda arguments: all(_truths(arguments)),
    "OR": lambda arguments: any(_truths(arguments)),
    "NOT": lambda arguments: not _truths(arguments)[0],
    "ISNUMBER": _is_number,
    "ISBLANK": _is_blank,
    "CONCATENATE": lambda arguments: "".join(map(text, arguments)),
}
