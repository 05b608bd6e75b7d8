"""One TOML table becomes one dataclass, or mistakes that name file, entry and field."""

from __future__ import annotations

import dataclasses
import tomllib
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from catalogue.period import Period
from catalogue.wording import say

if typing.TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = typing.TypeVar("T", bound="DataclassInstance")


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """Something wrong in the plan folder, said so that its author can mend it.

    refers: files and entries it misses, where that is what is wrong: no mistake of its
    own when one of them is there but could not be read. Entry "" is any entry of the file.
    """

    file: str
    entry: str
    field: str
    problem: str
    problem_zh: str = dataclasses.field(default="", compare=False)
    refers: tuple[tuple[str, str], ...] = dataclasses.field(default=(), compare=False)

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.file, self.entry) if part)
        return f"{where}: {self.field} {self.problem}" if self.field else f"{where}: {self.problem}"

    def told(self, lang: str) -> str:
        """The line in that language; str() is the English one."""
        if lang == "en":
            return str(self)
        where = "，".join(part for part in (self.file, self.entry, self.field) if part)
        return f"{where}：{self.problem_zh}"


def mistake(
    file: str, entry: object, field: str, key: str, /, refers: tuple[tuple[str, str], ...] = (), **fields: Any
) -> Mistake:
    """The problem is wording `mistake.<key>` filled with `fields`, in both languages."""
    problem, problem_zh = (say(f"mistake.{key}", lang, **fields) for lang in ("en", "zh"))
    return Mistake(file, str(entry), field, problem, problem_zh, refers)


class CatalogueError(Exception):
    """The plan folder breaks its own rules; `mistakes` has every one that was found."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(mistakes))
        super().__init__("\n".join(map(str, self.mistakes)))


class Unfit(ValueError):
    """A value is not what its field asks for; `key` and `fields` make the sentence."""

    def __init__(self, key: str, **fields: Any) -> None:
        super().__init__(key)
        self.key = key
        self.fields = fields


def read_toml(path: Path, mistakes: list[Mistake], required: bool = True) -> dict[str, Any]:
    """The file's tables; numbers with a point arrive as Decimal. Missing or broken: a mistake and {}."""
    if not path.exists():
        if required:
            mistakes.append(mistake(path.name, "", "", "file_missing"))
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        mistakes.append(mistake(path.name, "", "", "not_toml", problem=problem))
        return {}


def read_entry(cls: type[T], row: Mapping[str, Any], file: str, name: str, mistakes: list[Mistake]) -> T | None:
    """`row` as a `cls`; None, with the mistakes noted, when a field is missing, unknown or of the wrong kind."""
    hints = _hints(cls)
    known = {f.name: f for f in dataclasses.fields(cls) if f.init}
    found: dict[str, Any] = {}
    before = len(mistakes)
    for key in row.keys() - known.keys():
        mistakes.append(mistake(file, name, key, "unknown_field"))
    for key, spec in known.items():
        if key in row:
            try:
                found[key] = _fitting(row[key], hints[key])
            except Unfit as problem:
                mistakes.append(mistake(file, name, key, problem.key, **problem.fields))
        elif spec.default is dataclasses.MISSING and spec.default_factory is dataclasses.MISSING:
            if type(None) in typing.get_args(hints[key]):
                found[key] = None
            else:
                mistakes.append(mistake(file, name, key, "missing"))
    return cls(**found) if len(mistakes) == before else None


@cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _fitting(value: Any, hint: Any) -> Any:
    """`value` as `hint` asks for. Raises Unfit."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _fitting(value, next(a for a in arguments if a is not type(None)))
    if origin is typing.Literal:
        if value not in arguments:
            raise Unfit("not_one_of", value=value, known=", ".join(map(str, arguments)))
        return value
    if origin is tuple:
        return _fitting_list(value, arguments)
    if origin is Mapping:
        if not isinstance(value, dict):
            raise Unfit("not_a_table", value=value)
        key_hint, value_hint = arguments
        return {_fitting(k, key_hint): _fitting(v, value_hint) for k, v in value.items()}
    return _fitting_single(value, hint)


def _fitting_list(value: Any, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise Unfit("not_a_list", value=value)
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return tuple(_fitting(item, arguments[0]) for item in value)
    if len(value) != len(arguments):
        raise Unfit("wrong_length", value=list(value), found=len(value), wanted=len(arguments))
    return tuple(_fitting(item, a) for item, a in zip(value, arguments, strict=True))


def _fitting_single(value: Any, hint: Any) -> Any:
    if hint is Period:
        try:
            return Period.parse(value)
        except ValueError:
            raise Unfit("not_a_quarter", value=value) from None
    if hint is Decimal:
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
            raise Unfit("not_a_number", value=value)
        return Decimal(value)
    if hint in _KINDS and type(value) is not hint:
        raise Unfit(_KINDS[hint], value=value)
    return value


_KINDS = {str: "not_a_text", int: "not_whole", bool: "not_true_or_false", date: "not_a_date"}
