"""A city of any size in a data folder that is thrown away: half of its counties have not filed for the quarter in progress (演示数据)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from access import db
from catalogue import load
from catalogue.model import Plan
from catalogue.period import Period
from warehouse import store
from warehouse.write import FactRow, Receipt, Writer

NOW = datetime(2021, 10, 20, 9)
OF_RECEIPT = (
    "sha256",
    "file_name",
    "kind",
    "form",
    "form_version",
    "plan",
    "reporter",
    "period",
    "sender",
    "received_at",
)
OF_FACT = ("period", "subject", "element", "state", "value", "text", "raw", "reason", "sheet", "cell")


@contextmanager
def a_city(plan: Plan) -> Iterator[tuple[Path, Plan]]:
    """Its plan is the one in force; every county has filed in every quarter up to the third of the first year."""
    before = load.load_plan, os.environ.get("DASHBOARD_PLAN")
    plan = replace(plan, files={})  # kept in no version: screens, too, ask the folder
    with tempfile.TemporaryDirectory(prefix="growth-") as place:
        os.environ["DASHBOARD_DATA"] = place
        db.dispose()
        os.environ["DASHBOARD_PLAN"] = str(load.PLANS / plan.code)  # alone, whatever years there are
        load.load_plan = lambda folder: plan  # stands for a folder of that size
        load._cached_plans.cache_clear()
        try:
            folder = Path(place)
            store.publish(folder, plan, lambda writer: fill(writer, plan), note="bench", by="bench")
            yield folder, plan
        finally:
            load.load_plan = before[0]
            os.environ.pop("DASHBOARD_PLAN")
            if before[1] is not None:
                os.environ["DASHBOARD_PLAN"] = before[1]
            load._cached_plans.cache_clear()
            db.dispose()


def quarter(plan: Plan) -> Period:
    """The one people are working on: the third of the first year, or the last but one of ten."""
    return plan.periods[2] if len(plan.periods) <= 4 else plan.periods[-2]


def fill(writer: Writer, plan: Plan) -> None:
    """Half of the counties have not filed for the quarter in progress."""
    receipts: list[tuple[Any, ...]] = []
    facts: list[tuple[Any, ...]] = []
    done = [plan.baseline_period, *(period for period in plan.periods if period <= quarter(plan))]
    for period in done:
        for n, unit in enumerate(plan.units):
            if period == quarter(plan) and n % 2:
                continue
            load_id = len(receipts) + 1
            receipts.append((load_id, f"{period}-{unit}-county-01", *of_receipt(plan, unit, period), "{}"))
            facts += [(load_id, *row) for row in of_facts(plan, unit, period, n)]
            writer.touched.add(str(period))
    writer.insert("receipt", ("load_id", "number", *OF_RECEIPT, "footer"), receipts)
    writer.insert("fact", ("load_id", *OF_FACT), facts)


def a_return(writer: Writer, plan: Plan, n: int) -> None:
    """Once more, as a correction is; the last one counts."""
    unit, period = list(plan.units)[n], quarter(plan)
    receipt = Receipt(**dict(zip(OF_RECEIPT, of_receipt(plan, unit, period), strict=True)))
    load_id = writer.add_receipt(receipt)
    told = of_facts(plan, unit, period, n + load_id % 7)
    writer.add_facts(load_id, [FactRow(**dict(zip(OF_FACT, row, strict=True))) for row in told])


def of_receipt(plan: Plan, unit: str, period: Period) -> tuple[Any, ...]:
    at = datetime.combine(period.last_day + timedelta(days=5), NOW.time())
    version = plan.forms["county"].version
    return f"{unit}-{period}", f"{unit}.xlsx", "xlsx", "county", version, plan.code, unit, str(period), "bench", at


def of_facts(plan: Plan, unit: str, period: Period, n: int) -> Iterator[tuple[Any, ...]]:
    """Parts (其中) are less than the whole above them, and what is counted through the year grows."""
    elements = [one for one in plan.elements.values() if one.form == "county" and one.kind in ("integer", "decimal")]
    for row, element in enumerate(elements, start=7):
        most = 1000 + 37 * (n % 50) if not element.indent else 600 + 11 * (n % 50) + row
        value = Decimal(most * period.quarter // 4 if element.nature == "flow" else most)
        sheet = plan.forms["county"].sheets[element.sheet]
        yield str(period), unit, element.code, "value", value, None, str(value), "", sheet, f"E{row}"
