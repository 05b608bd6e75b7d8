"""The words on screens, in files and in messages: Chinese first, English at a switch.

`data/wording/zh/*.toml` and `data/wording/en/*.toml` hold the same keys; tables nest
into dotted keys (`[state] filed = "…"` is `state.filed`). A file in any other folder (`rules/`, a file a rule)
holds both languages, in its tables `zh` and `en`; what else it holds is no wording.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "data" / "wording"
LANGUAGES = ("zh", "en")
_language: ContextVar[str] = ContextVar("language", default="zh")


def use_language(language: str) -> None:
    """Set the language of this thread of work. Raises ValueError for one we do not speak."""
    if language not in LANGUAGES:
        raise ValueError(f"{language!r} is not one of {', '.join(LANGUAGES)}")
    _language.set(language)


def in_each_language(words: Callable[[], str]) -> tuple[str, ...]:
    """What `words` says in every language there is: for what was written in one of them."""
    told, before = [], language()
    try:
        for each in LANGUAGES:
            use_language(each)
            told.append(words())
    finally:
        use_language(before)
    return tuple(told)


def language() -> str:
    """zh or en: the language of now, of this thread or request; zh where nobody chose."""
    return _language.get()


def say(key: str, lang: str | None = None, /, **fields: Any) -> str:
    """The wording of `key`, filled with `fields`. Raises KeyError for a key nobody wrote."""
    return wordings(lang or language())[key].format(**fields)


def knows(key: str) -> bool:
    """Whether there is a wording for `key`, e.g. "state.filed"."""
    return key in wordings("zh")


def pick(entry: Any, attribute: str = "name", lang: str | None = None) -> str:
    """`entry.name` or `entry.name_en`, by language; Chinese where the English is empty."""
    if (lang or language()) == "en":
        english: str = getattr(entry, f"{attribute}_en", "")
        if english:
            return english
    chinese: str = getattr(entry, attribute)
    return chinese


@cache
def wordings(lang: str) -> dict[str, str]:
    """Dotted key -> wording. Raises ValueError when two files write the same key, KeyError for one without this language."""
    found: dict[str, str] = {}
    for path in sorted(FOLDER.glob("*/*.toml")):
        if path.parent.name in LANGUAGES and path.parent.name != lang:
            continue
        table = tomllib.loads(path.read_text("utf-8"))
        for key, text in _flat(table if path.parent.name == lang else table[lang]):
            if key in found:
                raise ValueError(f"{path.name}: {key} is already written in another file")
            found[key] = text
    return found


def _flat(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
