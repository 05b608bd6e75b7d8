"""The grammar of the bureau's own tables: what may stand between {{ and }} in a cell, and what each asks for.

{{word}} is about the file; {{indicator.what}} about the city, {{indicator.what@unit}} about one unit, @units and @counties
downwards, a row each. {{each unit}} or {{each county}} marks a row that is repeated: in it, what names no unit is about the
row's own, and @city about the city. Indicators go by code or by the number of their promise, units by code, name or short
name. What the answers are is known in reports/layout_words.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeVar

from catalogue.model import Plan, Unit
from catalogue.wording import say

Key = TypeVar("Key")
SLOT = re.compile(r"(?<!\{)\{\{\s*([^{}]+?)\s*\}\}(?!\})")
OPEN = re.compile(r"\{\{|\}\}|｛|｝")  # left over where braces do not match, or are full-width ones
EACH = ("each unit", "each county")
DOWN = ("units", "counties")
CITY = "city"
WORDS = (
    "city",
    "plan",
    "document",
    "issuer",
    "period",
    "as-of",
    "basis",
    "coverage",
    "version",
    "demo",
    "proof",
)
OF_INDICATOR = (
    "value",
    "target",
    "pace",
    "baseline",
    "change",
    "year_change",
    "gap",
    "light",
    "verdict",
    "coverage",
    "rank",
    "name",
    "unit",
    "aim",
)
OF_UNIT = ("name", "code", "state")


class Wrong(LookupError):
    """A placeholder nobody can fill. `key`: wording `layout.<key>`, filled with `fields`; lists are joined."""

    def __init__(self, key: str, **fields: Any) -> None:
        super().__init__(key)
        self.key, self.fields = key, fields

    def __str__(self) -> str:
        return self.told()

    def told(self, lang: str | None = None) -> str:
        joined = {
            name: value if isinstance(value, str) else say("layout.list", lang).join(value)
            for name, value in self.fields.items()
        }
        return say(f"layout.{self.key}", lang, **joined)


@dataclass(frozen=True, slots=True)
class AskedSlot:
    """what: a word, or one of OF_INDICATOR with an indicator, or one of OF_UNIT with neither word nor indicator.

    unit: its code; None for the city; one of DOWN for each downwards.
    """

    what: str
    indicator: str = ""
    unit: str | None = None
    is_word: bool = False


def slots(text: str) -> list[str]:
    """What stands between the braces; full-width signs are read as the plain ones."""
    return [plain(slot) for slot in SLOT.findall(text)]


def plain(slot: str) -> str:
    """What stands between braces without blanks around it, full-width signs read as the plain ones."""
    return unicodedata.normalize("NFKC", slot).strip()


def unmatched(text: str) -> bool:
    """Braces are left over."""
    return bool(OPEN.search(SLOT.sub("", text)))


def marker(texts: Collection[str]) -> str:
    """The one of EACH that marks the row with these texts; "" for a plain row. Raises Wrong where both do."""
    found = sorted({slot for text in texts for slot in slots(text)} & set(EACH))
    if len(found) > 1:
        raise Wrong("both_marks")
    return found[0] if found else ""


def repeated(mark: str, plan: Plan) -> tuple[Unit, ...]:
    """The units a marked row is repeated for, or that @units and @counties go down over, in the plan's order."""
    return plan.counties if mark in ("each county", "counties") else tuple(plan.units.values())


def resolve(slot: str, plan: Plan, own: str | None = None) -> AskedSlot:
    """own: the unit of a repeated row. Raises Wrong."""
    if slot in WORDS:
        return AskedSlot(slot, is_word=True)
    asked, _, whom = slot.partition("@")
    name, _, what = asked.rpartition(".")
    indicators = _indicators(plan)
    if not name and what in indicators:
        raise Wrong("no_what", slot=slot, name=what, known=OF_INDICATOR)
    if name == "unit" and not (whom or own):
        raise Wrong("no_unit", slot=slot)
    if name not in ("unit", *indicators):
        near = get_close_matches(name or what, [*indicators, *WORDS, *EACH], 1)
        raise Wrong("unknown_near", slot=slot, name=near[0]) if near else Wrong("unknown", slot=slot)
    known = OF_UNIT if name == "unit" else OF_INDICATOR
    if what not in known:
        raise Wrong("unknown_what", slot=slot, known=known)
    return AskedSlot(what, "" if name == "unit" else indicators[name], _subject(plan, name, slot, whom, own))


def wrong_in_row(row: Mapping[Key, str], plan: Plan) -> Iterator[tuple[Key | None, Wrong]]:
    """row: texts of its cells. Each mistake with its cell, None for one of the row as a whole."""
    own = None
    try:
        own = "units" if marker(row.values()) else None
    except Wrong as problem:
        yield None, problem
        own = "units"
    for key, text in row.items():
        if unmatched(text):
            yield key, Wrong("braces")
            continue
        for slot in slots(text):
            try:
                if slot not in EACH:
                    resolve(slot, plan, own)
            except Wrong as problem:
                yield key, problem
        if own and downwards(text):
            yield key, Wrong("down_in_each")


def downwards(text: str) -> set[str]:
    """Of DOWN, what a text asks for."""
    return {slot.rpartition("@")[2] for slot in slots(text)} & set(DOWN)


def _subject(plan: Plan, name: str, slot: str, whom: str, own: str | None) -> str | None:
    if whom == CITY and name != "unit":
        return None
    return _unit(plan, slot, whom) if whom else own


def _indicators(plan: Plan) -> dict[str, str]:
    """Code, or number of a promise, -> code."""
    return {code: code for code in plan.indicators} | {
        promise.id: promise.indicator for promise in plan.commitments.values()
    }


def _unit(plan: Plan, slot: str, named: str) -> str:
    if named in DOWN:
        return named
    for code, unit in plan.units.items():
        if named in (code, unit.name, unit.short, unit.name_en):
            return code
    raise Wrong("unknown_unit", slot=slot, unit=named, known=[unit.short for unit in plan.units.values()])
