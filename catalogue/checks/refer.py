"""An entry names another: is it there?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from catalogue.entries import Mistake, mistake
from catalogue.model import Plan

# mapping of the plan -> wording of the mistake, file in which it is written
_HOMES = {
    "sections": ("not_a_section", "tasks.toml"),
    "tasks": ("not_a_task", "tasks.toml"),
    "departments": ("not_a_department", "departments.toml"),
    "units": ("not_a_unit", "units.toml"),
    "elements": ("not_an_element", "elements.toml"),
    "forms": ("not_a_form", "forms.toml"),
    "indicators": ("not_an_indicator", "indicators.toml"),
    "commitments": ("not_a_commitment", "commitments.toml"),
}


def absent(plan: Plan, kind: str, codes: Iterable[object], file: str, entry: object, field: str) -> Iterator[Mistake]:
    """A mistake for every code that is none of the plan's `kind`, a key of _HOMES."""
    key, home = _HOMES[kind]
    known = getattr(plan, kind)
    for code in codes:
        if code not in known:
            yield mistake(file, entry, field, key, code=code, refers=(_home_of(str(code), home),))


def _home_of(code: str, home: str) -> tuple[str, str]:
    """The elements of a project are missing when the project is."""
    if home == "elements.toml" and code.startswith("project."):
        return "projects.toml", code.split(".")[1]
    return home, code


def twice(codes: Iterable[object], file: str, entry: object, field: str) -> Iterator[Mistake]:
    """A mistake for every code that is written more than once in a list."""
    seen: set[object] = set()
    for code in codes:
        if code in seen:
            yield mistake(file, entry, field, "named_twice", code=code)
        seen.add(code)


def is_follow_on(found: Mistake, unread: Iterable[Mistake]) -> bool:
    """It misses only what could not be read: `unread` says so already."""
    return any(
        other.file == file and (other.entry in (entry, "") or not entry)
        for other in unread
        for file, entry in found.refers
    )
