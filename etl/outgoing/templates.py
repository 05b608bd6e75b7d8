"""Templates on their way out, with last quarter's answers filled in."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from catalogue.model import Plan
from catalogue.period import Period
from etl.history import published
from etl.template import template_name, write_template


def write_templates(
    plan: Plan, period: Period, folder: Path, *, reporter: str | None = None, form: str | None = None
) -> list[Path]:
    """One template per form owed, into `folder` (made if need be); gives the paths.

    reporter None: everybody. The backfill is written only when its reporter ('city') or the form is named.
    Raises ValueError for a form or reporter the plan does not have.
    """
    wanted = [
        (code, who)
        for code, one in plan.forms.items()
        for who in plan.reporters(code)
        if form in (None, code) and reporter in (None, who) and (one.reporter != "city" or reporter or form)
    ]
    if not wanted:
        raise ValueError(f"{reporter or form}: 没有应报的表 / owes no form")
    if not all(plan.forms[code].reporter == "city" or plan.first <= period <= plan.last for code, _ in wanted):
        raise ValueError(f"{period}: 不在工作要点期间内 / not a quarter of the plan ({plan.first}–{plan.last})")
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(plan, code, who, period, folder) for code, who in wanted]


def _write(plan: Plan, form: str, reporter: str, period: Period, folder: Path) -> Path:
    path = folder / template_name(plan, form, reporter, period)
    path.write_bytes(write_template(plan, form, reporter, period, previous_values(form, reporter, period)))
    return path


def previous_values(form: str, reporter: str, period: Period) -> Mapping[tuple[str, str], Decimal]:
    """(element, subject) -> value of the quarter before, from the newest published version."""
    return published(form, reporter, period).values.get(period.previous, {})
