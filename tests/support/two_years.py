"""The small plan and the one of the year after it (演示数据): the promise on `share` is raised, `prizes` is dropped, county C closes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from small_plan import small_plan

from catalogue.model import Plan
from catalogue.period import Period, span

FIRST, LAST = Period(2022, 1), Period(2022, 4)


def next_plan(digest: str = "second", target: str = "60", units: tuple[str, ...] = ("A", "B", "C"), **how: Any) -> Plan:
    """how: fields that are to be others still."""
    plan = small_plan(digest)
    promises = {code: replace(c, due=LAST) for code, c in plan.commitments.items() if code != "P1"}
    promises["S1"] = replace(promises["S1"], value=Decimal(target), quote=f"达到{target}%")
    indicators = {
        code: replace(i, units=tuple(u for u in i.units if u not in "ABC" or u in units))
        for code, i in plan.indicators.items()
        if code != "prizes"
    }
    fields = {
        "code": "2022",
        "title": "工作要点二",
        "document": "〔2022〕1号",
        "first": FIRST,
        "last": LAST,
        "baseline_period": Period(2021, 4),
        "units": {code: unit for code, unit in plan.units.items() if code in units},
        "commitments": promises,
        "indicators": indicators,
        "deadlines": {period: period.last_day + timedelta(days=10) for period in span(FIRST, LAST)},
        "milestones": {},
    }
    return replace(plan, **(fields | how))
