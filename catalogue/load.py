"""A plan folder becomes a `Plan`."""
from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from catalogue import model
from catalogue.entries import CatalogueError, Mistake, T, read_entry, read_toml
from catalogue.generated import generated_elements

PLANS = Path(__file__).resolve().parents[1] / "data" / "plans"


def plan_folder() -> Path:
    """DASHBOARD_PLAN (a year under data/plans, or a path); without it the newest year."""
    wanted = os.environ.get("DASHBOARD_PLAN", "")
    if wanted:
        return Path(wanted) if Path(wanted).is_dir() else PLANS / wanted
    return max(folder for folder in PLANS.iterdir() if (folder / "plan.toml").exists())


def current_plan() -> model.Plan:
    """The plan in force, read once and again when one of its files changes."""
    folder = plan_folder()
    stamp = tuple((path.name, path.stat().st_mtime_ns) for path in sorted(folder.glob("*.toml")))
    return _cached_plan(folder, stamp)


@lru_cache(maxsize=4)
def _cached_plan(folder: Path, stamp: tuple[tuple[str, int], ...]) -> model.Plan:
    return load_plan(folder)


def load_plan(folder: Path) -> model.Plan:
    """Raises CatalogueError with every mistake of form and of reference; see `check.py` for the latter."""
    from catalogue.check import cross_check  # it needs Plan, as we do

    mistakes: list[Mistake] = []
    plan = read_plan(folder, mistakes)
    if plan is None or mistakes:
        raise CatalogueError(mistakes)
    mistakes += cross_check(plan)
    if mistakes:
        raise CatalogueError(mistakes)
    return plan


def read_plan(folder: Path, mistakes: list[Mistake]) -> model.Plan | None:
    """The folder's entries, not yet held against each other; None when plan.toml itself is broken."""
    reader = _Reader(folder, mistakes)
    head = reader.toml("plan.toml")
    units = reader.entries(model.Unit, "units.toml", "unit", "code")
    departments = reader.entries(model.Department, "departments.toml", "department", "code")
    projects = reader.entries(model.Project, "projects.toml", "project", "code", required=False)
    forms = reader.forms()
    elements = reader.elements()
    tasks = reader.entries(model.Task, "tasks.toml", "task", "number")
    milestones = reader.entries(model.Milestone, "milestones.toml", "milestone", "id", required=False)
    choices = reader.toml("forms.toml").get("choices", {})
    for element in generated_elements(projects, tasks, milestones, choices):
        elements[element.code] = element
    collected: dict[str, Any] = {
        "sections": reader.entries(model.Section, "tasks.toml", "section", "number"),
        "departments": departments,
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
    }
    return None if mistakes else read_entry(model.Plan, {**head, **collected}, "plan.toml", "", mistakes)


def digest(folder: Path) -> str:
    """sha256 over names and bytes of the folder's TOML files: changes when any of them does."""
    total = hashlib.sha256()
    for path in sorted(folder.glob("*.toml")):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


class _Reader:
    """The files of one plan folder; every mistake goes to `mistakes`."""

    def __init__(self, folder: Path, mistakes: list[Mistake]) -> None:
        self.folder = folder
        self.mistakes = mistakes
        self._read: dict[str, dict[str, Any]] = {}

    def toml(self, file: str, required: bool = True) -> dict[str, Any]:
        if file not in self._read:
            self._read[file] = read_toml(self.folder / file, self.mistakes, required)
        return self._read[file]

    def rows(self, cls: type[T], file: str, table: str, key: str, required: bool = True) -> list[T]:
        found = (
            read_entry(cls, row, file, str(row.get(key, f"{table} {n}")), self.mistakes)
            for n, row in enumerate(self.toml(file, required).get(table, []), start=1)
        )
        return [entry for entry in found if entry is not None]

    def entries(self, cls: type[T], file: str, table: str, key: str, required: bool = True) -> dict[Any, T]:
        """key -> entry; a key written twice is a mistake."""
        return self._keyed(self.rows(cls, file, table, key, required), file, key)

    def _keyed(self, rows: list[T], file: str, key: str) -> dict[Any, T]:
        found: dict[Any, T] = {}
        for entry in rows:
            name = getattr(entry, key)
            if name in found:
                self.mistakes.append(Mistake(file, str(name), key, "is written twice"))
            found[name] = entry
        return found

    def elements(self) -> dict[str, model.Element]:
        """elements.toml: form -> sheet -> rows."""
        file = "elements.toml"
        found = [
            read_entry(model.Element, {**row, "form": form, "sheet": sheet}, file, row.get("code", "?"), self.mistakes)
            for form, sheets in self.toml(file).items()
            for sheet, rows in sheets.items()
            for row in rows
        ]
        return self._keyed([entry for entry in found if entry is not None], file, "code")

    def indicators(self, units: dict[str, model.Unit]) -> dict[str, model.Indicator]:
        """indicators.toml: theme -> rows; units "all" and "counties" are spelled out."""
        file = "indicators.toml"
        groups = {
            "all": list(units),
            "counties": [code for code, unit in units.items() if unit.kind == "county"],
        }
        found = []
        for theme, table in self.toml(file).items():
            for row in table.get("indicators", []):
                who = row.get("units", [])
                spelled = groups.get(who, [who]) if isinstance(who, str) else who
                whole = {**row, "theme": theme, "units": spelled}
                found.append(read_entry(model.Indicator, whole, file, row.get("code", "?"), self.mistakes))
        return self._keyed([entry for entry in found if entry is not None], file, "code")

    def themes(self) -> dict[str, model.Theme]:
        return {
            code: model.Theme(code=code, title=table.get("title", code), title_en=table.get("title_en", code))
            for code, table in self.toml("indicators.toml").items()
        }

    def forms(self) -> dict[str, model.Form]:
        """forms.toml: [form.checks] lies beside the form's own fields."""
        file = "forms.toml"
        found = []
        for row in self.toml(file).get("form", []):
            plain = {key: value for key, value in row.items() if key != "checks"}
            whole = {"sheets": {}, **plain, **row.get("checks", {})}
            found.append(read_entry(model.Form, whole, file, row.get("code", "?"), self.mistakes))
        return self._keyed([entry for entry in found if entry is not None], file, "code")

    def lights(self) -> model.LightRules | None:
        """lights.toml: [pace] yellow_within is the field pace_yellow_within, and so on."""
        flat = {
            f"{table}_{key}": value
            for table, values in self.toml("lights.toml").items()
            for key, value in values.items()
        }
        return read_entry(model.LightRules, flat, "lights.toml", "", self.mistakes)
