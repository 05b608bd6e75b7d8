"""The plan of the year after: the same tasks a year later with some promises changed, to try two plans side by side (演示数据)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Changes = Mapping[str, Mapping[str, Any]]
WORDS = "words"
_YEAR = re.compile(r"(?<![\d.])(20\d\d)(?=Q[1-4]|-\d\d-\d\d|[年度〕.\"' ])")
_ENTRY = re.compile(r'^\[\[\w+\]\]\n(?:(?!\[).*\n)*?(?:id|code) = "(?P<key>[^"]+)"\n(?:(?!\[\[).*\n)*', re.M)


def write_next_year(source: Path, target: Path, changes: Changes) -> None:
    """Every TOML file of the plan folder `source`, a year later, into the folder `target`.

    changes: key of an entry -> field -> what it says instead; under "words": words -> the words that stand instead wherever they
    stand. Raises KeyError for an entry, a field or words that are not there.
    """
    texts = {path.name: _a_year_later(path.read_text("utf-8")) for path in sorted(source.glob("*.toml"))}
    for before, after in changes.get(WORDS, {}).items():
        if not any(before in text for text in texts.values()):
            raise KeyError(before)
        texts = {name: text.replace(before, after) for name, text in texts.items()}
    for key, fields in changes.items():
        if key != WORDS:
            [name] = [name for name, text in texts.items() if _entry(text, key)] or [""]
            texts[name] = _changed(texts.get(name, ""), key, fields)
    target.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (target / name).write_text(text, "utf-8")


def changes_in(path: Path) -> Changes:
    """As `write_next_year` takes them."""
    return tomllib.loads(path.read_text("utf-8"))


def _a_year_later(text: str) -> str:
    return _YEAR.sub(lambda found: str(int(found[1]) + 1), text)


def _entry(text: str, key: str) -> re.Match[str] | None:
    return next((found for found in _ENTRY.finditer(text) if found["key"] == key), None)


def _changed(text: str, key: str, fields: Mapping[str, Any]) -> str:
    entry = _entry(text, key)
    if entry is None:
        raise KeyError(key)
    lines = entry[0].split("\n")
    for field, value in fields.items():
        [at] = [n for n, line in enumerate(lines) if line.startswith(f"{field} = ")] or [-1]
        if at < 0:
            raise KeyError(f"{key}.{field}")
        lines[at] = f"{field} = " + (f"'{value}'" if isinstance(value, str) else str(value))
    return text[: entry.start()] + "\n".join(lines) + text[entry.end() :]
