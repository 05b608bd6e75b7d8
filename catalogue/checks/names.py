"""Every entry has a Chinese and an English name, and every measure a wording."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from catalogue.entries import Mistake, mistake
from catalogue.generated import PREFIXES
from catalogue.model import Plan
from catalogue.wording import knows

# file, mapping of the plan, field
NAMED = (
    ("tasks.toml", "sections", "title"),
    ("tasks.toml", "tasks", "title"),
    ("departments.toml", "departments", "name"),
    ("units.toml", "units", "name"),
    ("milestones.toml", "milestones", "name"),
    ("elements.toml", "elements", "name"),
    ("indicators.toml", "themes", "title"),
    ("indicators.toml", "indicators", "name"),
    ("commitments.toml", "commitments", "name"),
    ("projects.toml", "projects", "name"),
    ("forms.toml", "forms", "title"),
)
MEASURED = (
    ("elements.toml", "elements"),
    ("indicators.toml", "indicators"),
    ("commitments.toml", "commitments"),
)
# A plan without them says nothing; milestones, projects, baselines, sub-targets may be absent.
NEEDED = ("sections", "tasks", "departments", "units", "elements", "indicators", "commitments", "forms")


def names(plan: Plan) -> Iterator[Mistake]:
    for field in ("city", "title"):
        yield from _twins(plan, "plan.toml", "", field)
    for file, kind, field in NAMED:
        for code, entry in _written(plan, kind):
            yield from _twins(entry, file, code, field)


def _written(plan: Plan, kind: str) -> Iterator[tuple[object, Any]]:
    """The entries somebody wrote: generated elements are named after theirs."""
    return ((code, e) for code, e in getattr(plan, kind).items() if not str(code).startswith(PREFIXES))


def _twins(entry: object, file: str, code: object, field: str) -> Iterator[Mistake]:
    english = getattr(entry, f"{field}_en")
    if not getattr(entry, field).strip():
        yield mistake(file, code, field, "empty")
    if not english.strip():
        yield mistake(file, code, f"{field}_en", "empty")
    elif re.search(r"[\u4e00-\u9fff]", english):
        yield mistake(file, code, f"{field}_en", "not_english", text=english)


def measures(plan: Plan) -> Iterator[Mistake]:
    for file, kind in MEASURED:
        for code, entry in _written(plan, kind):
            if not knows(f"measure.{entry.measure}"):
                yield mistake(file, code, "measure", "not_a_measure", code=entry.measure)


def something_of_each(plan: Plan) -> Iterator[Mistake]:
    for kind in NEEDED:
        if not getattr(plan, kind):
            file = next(file for file, named, _ in NAMED if named == kind)
            yield mistake(file, "", "", "no_entries", kind=kind, refers=((file, ""),))
