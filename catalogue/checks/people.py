"""Units and departments: who reports, and how they are told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalogue.entries import Mistake, mistake
from catalogue.model import Plan

UNITS = "units.toml"
NAMED_BY = (("tasks.toml", ""), ("milestones.toml", ""), ("elements.toml", ""))


def units(plan: Plan) -> Iterator[Mistake]:
    tiles: dict[tuple[int, int], str] = {}
    called: dict[str, str] = {}
    for unit in plan.units.values():
        if unit.kind == "county" and not re.fullmatch(r"\d{6}", unit.code):
            yield mistake(UNITS, unit.code, "code", "not_six_digits")
        if min(unit.tile) < 0:
            yield mistake(UNITS, unit.code, "tile", "below_zero")
        if unit.tile in tiles:
            yield mistake(UNITS, unit.code, "tile", "tile_taken", tile=list(unit.tile), other=tiles[unit.tile])
        tiles.setdefault(unit.tile, unit.code)
        for field, names in (("name", [unit.name]), ("short", [unit.short]), ("aliases", unit.aliases)):
            for name in names:
                # A return is recognised by any of them: one name, one unit.
                if called.setdefault(name, unit.code) != unit.code:
                    yield mistake(UNITS, unit.code, field, "name_taken", name=name, other=called[name])


def departments(plan: Plan) -> Iterator[Mistake]:
    """A department that reports must find something on its form, under a code that is no unit's."""
    busy = {code for task in plan.tasks.values() for code in (*task.departments, task.reporter)}
    busy |= {milestone.department for milestone in plan.milestones.values()}
    busy |= {code for element in plan.elements.values() for code in element.units}
    for code, department in plan.departments.items():
        if code in plan.units or code == "city":
            yield mistake("departments.toml", code, "code", "code_taken")
        if department.reports and code not in busy:
            yield mistake("departments.toml", code, "reports", "nothing_to_report", refers=NAMED_BY)
