"""A plan folder becomes a `Plan`."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from catalogue import model
from catalogue.amendments import FILE as AMENDMENTS
from catalogue.amendments import Amendment, editions
from catalogue.amendments import mistakes as wrong_amendments
from catalogue.check import cross_check
from catalogue.entries import CatalogueError, Mistake, read_entry
from catalogue.folder import Folder
from catalogue.generated import generated_elements
from catalogue.period import Period

PLANS = Path(__file__).resolve().parents[1] / "data" / "plans"


def plans_folder() -> Path:
    """Where the plans of all years lie, a folder each: DASHBOARD_PLANS, else data/plans."""
    return Path(os.environ.get("DASHBOARD_PLANS") or PLANS)


def plan_folders() -> list[Path]:
    """Of every year, oldest first; the last is the plan in force.

    DASHBOARD_PLAN: the plan in force is this year, of which later ones are not known yet; or a folder that stands alone.
    """
    place, wanted = plans_folder(), os.environ.get("DASHBOARD_PLAN", "")
    if wanted and Path(wanted).is_dir():
        return [Path(wanted)]
    years = sorted(name for name in os.listdir(place) if os.path.exists(place / name / "plan.toml"))
    if wanted:
        return [*(place / name for name in years if name < wanted), place / wanted]
    return [place / name for name in years]


def plan_folder() -> Path:
    """Folder of the plan in force; see `plan_folders`."""
    return plan_folders()[-1]


def current_plan() -> model.Plan:
    """The plan in force, read once and again when one of its files changes."""
    return _plans_in(plan_folder())[-1]


def plans() -> tuple[model.Plan, ...]:
    """Of every year, oldest first, as issued and after each amendment; the last is the plan in force. Raises CatalogueError as
    `load_plan` does."""
    return tuple(plan for folder in plan_folders() for plan in _plans_in(folder))


def plans_of_year(plan: model.Plan) -> tuple[model.Plan, ...]:
    """As issued and after each amendment, `plan` among them, if its folder is one of those known; else that plan alone."""
    same = tuple(one for one in plans() if one.code == plan.code)
    return same if plan in same else (plan,)


def plan_of(period: Period | str) -> model.Plan:
    """The plan that speaks for a quarter: that of its year; for the quarter before the first year, the first plan; for one
    that no plan reaches, and for what is no quarter, the plan in force."""
    try:
        return speaking(plans(), period if isinstance(period, Period) else Period.parse(period))
    except ValueError:
        return current_plan()


def speaking(known: Sequence[model.Plan], period: Period) -> model.Plan:
    """Of `known`, oldest first; see `plan_of`."""
    own = [plan for plan in known if plan.speaks_for(period)]
    before = [plan for plan in known if plan.baseline_period == period]
    return (own or before[:1] or list(known))[-1]


def _plans_in(folder: Path) -> tuple[model.Plan, ...]:
    with os.scandir(folder) as files:  # every screen asks several times a run
        stamp = tuple(sorted((file.name, file.stat().st_mtime_ns) for file in files if file.name.endswith(".toml")))
    return _cached_plans(folder, stamp)


@lru_cache(maxsize=16)
def _cached_plans(folder: Path, stamp: tuple[tuple[str, int], ...]) -> tuple[model.Plan, ...]:
    return editions(load_plan(folder), read_amendments(folder, []))


def read_amendments(folder: Path, mistakes: list[Mistake]) -> tuple[Amendment, ...]:
    """Those that can be read; none where the folder has no file of them."""
    return tuple(Folder(folder, mistakes).rows(Amendment, AMENDMENTS, "amendment", "commitment", required=False))


def load_plan(folder: Path) -> model.Plan:
    """As it was issued. Raises CatalogueError with every mistake of form and of reference that `examine` finds."""
    plan, mistakes = examine(folder)
    if plan is None or mistakes:
        raise CatalogueError(mistakes)
    return plan


def examine(folder: Path) -> tuple[model.Plan | None, list[Mistake]]:
    """The plan as far as it can be read, and every mistake in it, sorted.

    An entry that cannot be read does not hide mistakes elsewhere, nor is what refers
    to it called wrong. No plan when plan.toml or lights.toml itself cannot be read:
    then the entries are not held against each other.
    """
    mistakes: list[Mistake] = []
    plan = read_plan(folder, mistakes)
    if plan is not None:
        amendments = read_amendments(folder, mistakes)
        mistakes += cross_check(plan, tuple(mistakes))
        mistakes += wrong_amendments(plan, amendments)
    return plan, sorted(mistakes)


def read_plan(folder: Path, mistakes: list[Mistake]) -> model.Plan | None:
    """The folder's readable entries, not yet held against each other; see `examine`."""
    reader = Folder(folder, mistakes)
    head = reader.toml("plan.toml")
    units = reader.entries(model.Unit, "units.toml", "unit", "code")
    projects = reader.entries(model.Project, "projects.toml", "project", "code", required=False)
    forms = reader.forms()
    tasks = reader.entries(model.Task, "tasks.toml", "task", "number")
    milestones = reader.entries(model.Milestone, "milestones.toml", "milestone", "id", required=False)
    elements = reader.elements()
    for element in generated_elements(forms, projects, tasks, milestones, reader.choices()):
        elements[element.code] = element
    collected: dict[str, Any] = {
        "sections": reader.entries(model.Section, "tasks.toml", "section", "number"),
        "departments": reader.entries(model.Department, "departments.toml", "department", "code"),
        "units": units,
        "tasks": tasks,
        "milestones": milestones,
        "elements": elements,
        "themes": reader.themes(),
        "indicators": reader.indicators(units),
        "commitments": reader.entries(model.Commitment, "commitments.toml", "commitment", "id"),
        "projects": projects,
        "forms": forms,
        "lights": reader.lights(),
        "baselines": reader.entries(model.Baseline, "baselines.toml", "baseline", "indicator", required=False),
        "subtargets": reader.rows(model.SubTarget, "subtargets.toml", "subtarget", "commitment", required=False),
        "digest": digest(folder),
        "files": {path.name: path.read_bytes().decode("utf-8", "replace") for path in sorted(folder.glob("*.toml"))},
    }
    if not head or collected["lights"] is None:
        return None
    return read_entry(model.Plan, {**head, **collected}, "plan.toml", "", mistakes)


def digest(folder: Path) -> str:
    """sha256 over names and bytes of the folder's TOML files: changes when any of them does."""
    total = hashlib.sha256()
    for path in sorted(folder.glob("*.toml")):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
