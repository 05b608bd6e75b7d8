"""One TOML table becomes one dataclass, or mistakes that name file, entry and field."""
from __future__ import annotations

import dataclasses
import tomllib
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from catalogue.period import Period

T = typing.TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """Something wrong in the plan folder, said so that its author can mend it."""

    file: str
    entry: str
    field: str
    problem: str

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.file, self.entry) if part)
        return f"{where}: {self.field} {self.problem}" if self.field else f"{where}: {self.problem}"


class CatalogueError(Exception):
    """The plan folder breaks its own rules; `mistakes` has every one that was found."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = tuple(sorted(mistakes))
        super().__init__("\n".join(map(str, self.mistakes)))


def read_toml(path: Path, mistakes: list[Mistake], required: bool = True) -> dict[str, Any]:
    """The file's tables; numbers with a point arrive as Decimal. Missing or broken: a mistake and {}."""
    if not path.exists():
        if required:
            mistakes.append(Mistake(path.name, "", "", "the file is missing"))
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        mistakes.append(Mistake(path.name, "", "", f"is not readable TOML: {problem}"))
        return {}


def read_entry(cls: type[T], row: Mapping[str, Any], file: str, name: str, mistakes: list[Mistake]) -> T | None:
    """`row` as a `cls`; None, with the mistakes noted, when a field is missing, unknown or of the wrong kind."""
    hints = typing.get_type_hints(cls)
    known = {f.name: f for f in dataclasses.fields(cls) if f.init}
    found: dict[str, Any] = {}
    before = len(mistakes)
    for key in row.keys() - known.keys():
        mistakes.append(Mistake(file, name, key, "is not a field we know"))
    for key, spec in known.items():
        if key in row:
            try:
                found[key] = _fitting(row[key], hints[key])
            except (TypeError, ValueError) as problem:
                mistakes.append(Mistake(file, name, key, str(problem)))
        elif spec.default is dataclasses.MISSING and spec.default_factory is dataclasses.MISSING:
            if type(None) in typing.get_args(hints[key]):
                found[key] = None
            else:
                mistakes.append(Mistake(file, name, key, "is missing"))
    return cls(**found) if len(mistakes) == before else None


def _fitting(value: Any, hint: Any) -> Any:
    """`value` as `hint` asks for. Raises ValueError or TypeError with a sentence about the value."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _fitting(value, next(a for a in arguments if a is not type(None)))
    if origin is typing.Literal:
        if value not in arguments:
            raise ValueError(f"{value!r} is not one of {', '.join(map(str, arguments))}")
        return value
    if origin is tuple:
        if not isinstance(value, list | tuple):
            raise TypeError(f"{value!r} is not a list")
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return tuple(_fitting(item, arguments[0]) for item in value)
        if len(value) != len(arguments):
            raise ValueError(f"{value!r} has {len(value)} parts, not {len(arguments)}")
        return tuple(_fitting(item, a) for item, a in zip(value, arguments, strict=True))
    if origin is Mapping or hint is Mapping:
        if not isinstance(value, dict):
            raise TypeError(f"{value!r} is not a table")
        key_hint, value_hint = arguments
        return {_fitting(k, key_hint): _fitting(v, value_hint) for k, v in value.items()}
    if hint is Period:
        return Period.parse(value)
    if hint is Decimal:
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise TypeError(f"{value!r} is not a number")
        return Decimal(value)
    if hint in (str, int, bool, date) and type(value) is not hint:
        raise TypeError(f"{value!r} is not {_KIND[hint]}")
    return value


_KIND = {str: "a text", int: "a whole number", bool: "true or false", date: "a date like 2021-12-31"}
