"""The plans as they stood in a version: names, clauses, targets and units of a quarter read for ever as they read then."""

from __future__ import annotations

import tempfile
from collections.abc import Hashable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from catalogue.amendments import editions
from catalogue.entries import CatalogueError, Mistake
from catalogue.load import plans, read_amendments, read_plan
from catalogue.model import Plan
from warehouse.versions import opened
from warehouse.versions.editions import Edition, of_plan
from warehouse.versions.model import Version

_FILES = "select name, content from plan_file where schema_name = ? order by name"


def plans_of(version: Version) -> tuple[Plan, ...]:
    """Oldest first. Where the files of one were not kept (a version of an earlier program), or this program cannot read them any
    more, the plan of that year as its folder has it now."""
    same = opened.identity(version)
    known = tuple(plan for edition in opened.editions_of(version) if (plan := _kept(version, same, edition)))
    return known or _of_folders(version.plan)


@lru_cache(maxsize=64)
def _kept(version: Version, identity: Hashable, edition: Edition) -> Plan | None:
    with opened.reading(version) as con:
        texts = tuple(con.execute(_FILES, [edition.schema]).fetchall())
    known = _read(texts, edition.plan_digest) if texts else ()
    return next((plan for plan in (*known, *_of_folders(edition.plan)) if of_plan(plan).schema == edition.schema), None)


@lru_cache(maxsize=16)
def _read(texts: tuple[tuple[str, str], ...], digest: str) -> tuple[Plan, ...]:
    mistakes: list[Mistake] = []
    with tempfile.TemporaryDirectory(prefix="plan-") as place:
        for name, content in texts:
            (Path(place) / name).write_text(content, "utf-8", newline="")
        plan, amendments = read_plan(Path(place), mistakes), read_amendments(Path(place), mistakes)
    return () if plan is None or mistakes else editions(replace(plan, digest=digest), amendments)


def _of_folders(code: str) -> tuple[Plan, ...]:
    """Those up to the plan of this code; all that there are where none has it."""
    try:
        known = plans()
    except (CatalogueError, OSError):
        return ()
    upto = [n for n, plan in enumerate(known) if plan.code == code]
    return known[: upto[-1] + 1] if upto else known
