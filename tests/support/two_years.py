"""The small plan and the one of the year after it (演示数据): the promise on `share` is raised, `prizes` is dropped, county C closes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from small_plan import small_plan
from warehouse_fixtures import House, whole_quarter

from catalogue.model import Plan
from catalogue.period import Period, span
from warehouse import build, read, store

FIRST, LAST = Period(2022, 1), Period(2022, 4)
KIDS = "kids | kids.public"
Q3_2021 = whole_quarter(KIDS, "2021Q3", "100 | 50", "100 | 50", "100 | 50")
Q4_2021 = whole_quarter(KIDS, "2021Q4", "100 | 52", "100 | 52", "100 | 52")
Q1_2022 = whole_quarter(KIDS, "2022Q1", "100 | 55", "100 | 55", "100 | 55")


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


class Years(House):
    """A house of two plans; what is filed is published under the plan of its quarter."""

    def __init__(self, folder, first=None, second=None):
        super().__init__(folder, first or small_plan())
        self.plans = [self.plan, second or next_plan()]

    def file(self, table, *given, **named):
        self.plan = self.plans[" 2022Q" in table]
        return super().file(table, *given, **named)

    def judged(self, period, indicator="share", subject=None, basis="filed"):
        with store.open_version(store.latest(self.folder), period) as con:
            [row] = read.values(con, period, subject, indicator, basis).to_dict("records")
        return {
            name: None if told != told else round(told, 6) if isinstance(told, float) else told
            for name, told in row.items()
        }

    def everything(self, periods):
        """All that is said of these quarters, as text."""
        found = {}
        for period in periods:
            with store.open_version(store.latest(self.folder), period) as con:
                for mart in build.MARTS:
                    columns = [name for name, *_ in con.execute(f"describe {mart.name}").fetchall()]
                    if "period" in columns:
                        asked = f"select columns(c -> c <> 'load_id') from {mart.name} where period = ? order by all"
                        found[mart.name, period] = con.execute(asked, [period]).fetchall()
        return found
