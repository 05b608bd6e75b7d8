"""The invented figures: tables of what units, projects and departments count, quarter by quarter."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from catalogue.generated import PROJECT_TOTALS
from catalogue.model import Plan
from catalogue.period import Period

TABLES = Path(__file__).parent / "tables"
NA = "/"  # 不适用, as the tables and the printed form write it
BLANK = ""

Answer = Decimal | date | str
Answers = Mapping[tuple[str, str], Answer]  # (element, subject) -> answer; blanks are left out


@cache
def table(name: str) -> Mapping[str, Any]:
    """One file of `tables/`; numbers with a point arrive as Decimal."""
    return tomllib.loads((TABLES / f"{name}.toml").read_text("utf-8"), parse_float=Decimal)


def county_answers(plan: Plan, unit: str, period: Period) -> dict[tuple[str, str], Answer]:
    """A unit's county return. Totals are added up from their parts; a row of / adds up to /."""
    form = plan.forms["county"]
    column = tuple(plan.units).index(unit)
    found = {
        element: _number(cell)
        for sheet in form.sheets
        for element, quarters in table(sheet).items()
        if (cell := _quarter(quarters, period)[column]) != BLANK and _asked(plan, element, unit)
    }
    for total, parts in form.totals.items():
        counted = [found[part] for part in parts if found.get(part, NA) != NA]
        found[total] = sum(counted, Decimal(0)) if counted else NA
    return {(element, unit): answer for element, answer in found.items()}


def _quarter(quarters: Mapping[str, list[Any]], period: Period) -> list[Any]:
    return quarters["always"] if "always" in quarters else quarters[str(period)]


def _asked(plan: Plan, element: str, unit: str) -> bool:
    units = plan.elements[element].units
    return not units or unit in units


def _number(cell: Any) -> Answer:
    return cell if cell == NA else Decimal(cell)


def backfill_answers(plan: Plan, period: Period) -> dict[tuple[str, str], Answer]:
    """Every unit's county figures in one workbook."""
    return {key: answer for unit in plan.units for key, answer in county_answers(plan, unit, period).items()}


def project_answers(plan: Plan, period: Period) -> dict[tuple[str, str], Answer]:
    """The project return: works with their total, toilets by county with theirs."""
    [reporter] = plan.reporters("project")
    found = {
        (f"project.{code}.{column}", reporter): _project_cell(cell)
        for code in plan.projects
        for column, cell in table("project")[code][str(period)].items()
    }
    for column in PROJECT_TOTALS:
        money = [found[f"project.{code}.{column}", reporter] for code in plan.projects]
        found[f"project.total.{column}", reporter] = sum(
            (part for part in money if isinstance(part, Decimal)), Decimal(0)
        )
    toilets = table("project")["toilets"][str(period)]
    for county, done in zip(plan.counties, toilets, strict=True):
        found["toilets.renovated", county.code] = Decimal(done)
    found["toilets.renovated.total", reporter] = Decimal(sum(toilets))
    return found


def _project_cell(cell: Any) -> Answer:
    return Decimal(cell) if isinstance(cell, int) else cell


def department_counts(plan: Plan, department: str, period: Period) -> Iterator[tuple[tuple[str, str], Answer]]:
    """What a department counts; nothing in a quarter that its table lacks."""
    for element, quarters in table("counts").items():
        if department in plan.elements[element].units and str(period) in quarters:
            yield (element, department), Decimal(quarters[str(period)])
