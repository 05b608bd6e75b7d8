"""A city of any size: the plan of 2021 with as many counties as are asked for, and a return of each in every quarter (演示数据)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from catalogue.load import current_plan
from catalogue.model import Element, Plan, Unit
from catalogue.period import Period
from reports.snapshot import Snapshot
from warehouse import store
from warehouse.write import FactRow, Receipt, Writer

QUARTERS = ("2020Q4", "2021Q1", "2021Q2", "2021Q3")
_AFTER = 5  # days after its quarter a return comes


def plan_of(units: int) -> Plan:
    """The plan in use; who reported there by counties or by all units does so here."""
    plan = current_plan()
    named = {
        code: Unit(
            code=code, name=f"第{n:03}县", name_en=f"County {n:03}", short=f"{n:03}县", kind="county", tile=(n, 0)
        )
        for n, code in enumerate((f"22{n:04}" for n in range(1, units + 1)), start=1)
    }
    indicators = {
        code: replace(one, units=tuple(named)) if set(one.units) & plan.units.keys() else one
        for code, one in plan.indicators.items()
    }
    return replace(plan, units=named, indicators=indicators, subtargets=(), digest=f"{units} units")


def snapshot_of(folder: Path, units: int, quarters: Sequence[str] = QUARTERS) -> Snapshot:
    """Filed and published into `folder`; of the last of the quarters."""
    plan = plan_of(units)
    version = store.publish(folder, plan, lambda writer: _file(writer, plan, quarters), note="bench", by="bench")
    last_day = Period.parse(quarters[-1]).last_day
    return Snapshot(plan, version, "filed", quarters[-1], last_day + timedelta(days=2 * _AFTER))


def _file(writer: Writer, plan: Plan, quarters: Sequence[str]) -> None:
    asked: dict[str, list[Element]] = {}
    for element in plan.elements.values():
        if element.kind in ("integer", "decimal"):
            asked.setdefault(element.form, []).append(element)
    for period in quarters:
        for form, elements in asked.items():
            for n, reporter in enumerate(plan.reporters(form)):
                load_id = writer.add_receipt(_receipt(plan, form, reporter, period))
                writer.add_facts(load_id, _facts(plan, elements, reporter, period, n))


def _receipt(plan: Plan, form: str, reporter: str, period: str) -> Receipt:
    at: date = Period.parse(period).last_day + timedelta(days=_AFTER)
    return Receipt(
        sha256=f"{form}-{reporter}-{period}",
        file_name=f"{plan.name_of(reporter)}_{plan.forms[form].title}_{period}.xlsx",
        kind="xlsx",
        form=form,
        form_version=plan.forms[form].version,
        plan=plan.code,
        reporter=reporter,
        period=period,
        sender="bench",
        received_at=datetime.combine(at, time(9)),
    )


def _facts(plan: Plan, elements: Sequence[Element], reporter: str, period: str, n: int) -> Iterator[FactRow]:
    """Parts (其中) are less than the whole above them, and what is counted through the year grows."""
    gone = Period.parse(period).quarter if period in map(str, plan.periods) else 1
    for row, element in enumerate(elements, start=7):
        most = 1000 + 37 * n if not element.indent else 600 + 11 * n + row
        value = most * gone // 4 if element.nature == "flow" else most
        yield FactRow(
            period=period,
            subject=reporter,
            element=element.code,
            state="value",
            value=Decimal(value),
            raw=str(value),
            sheet=plan.forms[element.form].sheets[element.sheet],
            cell=f"E{row}",
        )
