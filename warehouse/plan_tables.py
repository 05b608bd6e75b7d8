"""The plan in force, written into a version so that the marts can stand on SQL alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import duckdb

from catalogue.model import Indicator, Plan
from catalogue.period import Period
from warehouse.rows import insert_rows

Rows = Iterator[tuple[Any, ...]]


def write_plan(con: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Replace every plan table by what `plan` says."""
    for table, rows in PLAN_TABLES:
        columns = [name for name, *_ in con.execute(f"describe {table}").fetchall()]
        con.execute(f"delete from {table}")
        insert_rows(con, table, columns, rows(plan))


def share_at(plan: Plan, period: Period) -> Decimal:
    """The part of the plan's quarters gone at the end of `period`: 0 before the first, at most 1."""
    gone = period.ordinal - plan.first.ordinal + 1
    return min(Decimal(1), max(Decimal(0), Decimal(gone) / len(plan.periods)))


def accumulates(plan: Plan, indicator: Indicator) -> bool:
    """Grows from 0 within the year: a flow, or a flow over something that is none."""
    flows = [
        any(plan.elements[code].nature == "flow" for code in part)
        for part in (indicator.numerator, indicator.denominator)
    ]
    return flows == [True, False]


def _units(plan: Plan) -> Rows:
    for position, unit in enumerate(plan.units.values(), start=1):
        yield unit.code, unit.name, unit.kind, position


def _elements(plan: Plan) -> Rows:
    for e in plan.elements.values():
        yield e.code, e.name, e.row, e.form, e.sheet, e.measure, e.kind, e.nature, e.due_from, e.na, e.required


def _indicators(plan: Plan) -> Rows:
    for position, i in enumerate(plan.indicators.values(), start=1):
        yield (
            i.code,
            i.name,
            i.theme,
            i.scope,
            i.measure,
            i.scale,
            i.better,
            i.is_ratio,
            accumulates(plan, i),
            i.due_from,
            position,
            i.decimals,
        )


def _parts(plan: Plan) -> Rows:
    for i in plan.indicators.values():
        yield from ((i.code, "numerator", element) for element in i.numerator)
        yield from ((i.code, "denominator", element) for element in i.denominator)


def _subjects(plan: Plan) -> Rows:
    yield from ((i.code, subject) for i in plan.indicators.values() for subject in i.units)


def _commitments(plan: Plan) -> Rows:
    for position, c in enumerate(plan.commitments.values(), start=1):
        yield (
            c.id,
            c.name,
            c.indicator,
            c.task,
            c.operator,
            c.value,
            c.measure,
            c.due,
            share_at(plan, c.due),
            c.nature,
            c.scope,
            c.strength,
            c.light,
            c.numeral,
            position,
        )


def _periods(plan: Plan) -> Rows:
    for period in (plan.baseline_period, *plan.periods):
        is_baseline = period == plan.baseline_period
        share = Decimal(0) if is_baseline else share_at(plan, period)
        yield period, period.previous, period.year, period.quarter, period.last_day, share, is_baseline


def _expected_returns(plan: Plan) -> Rows:
    for period, due in plan.deadlines.items():
        for form in plan.forms.values():
            if form.reporter != "city":  # a backfill is owed by nobody
                yield from ((period, form.code, reporter, due) for reporter in plan.reporters(form.code))


def _light_rule(plan: Plan) -> Rows:
    lights = plan.lights
    yield (
        lights.pace_yellow_within,
        lights.threshold_yellow_within,
        lights.milestone_yellow_days,
        lights.plausible_ratio_points,
        lights.plausible_stock_share,
        lights.plausible_flow_share,
        lights.attention_soft,
    )


def _baselines(plan: Plan) -> Rows:
    yield from ((b.indicator, b.value, b.source) for b in plan.baselines.values())


def _subtargets(plan: Plan) -> Rows:
    yield from ((s.commitment, s.unit, s.value, s.source) for s in plan.subtargets)


def _tasks(plan: Plan) -> Rows:
    yield from ((task.number, task.section, task.title, task.lead) for task in plan.tasks.values())


def _task_departments(plan: Plan) -> Rows:
    """The units named, and before them the one that files where the first named is a collective label."""
    for task in plan.tasks.values():
        for position, code in enumerate(dict.fromkeys((task.lead, *task.departments)), start=1):
            yield task.number, code, position


def _milestones(plan: Plan) -> Rows:
    for position, m in enumerate(plan.milestones.values(), start=1):
        yield m.id, m.task, m.name, m.department, m.due, position


PLAN_TABLES: tuple[tuple[str, Callable[[Plan], Rows]], ...] = (
    ("plan_unit", _units),
    ("plan_element", _elements),
    ("plan_indicator", _indicators),
    ("indicator_part", _parts),
    ("indicator_subject", _subjects),
    ("plan_commitment", _commitments),
    ("plan_period", _periods),
    ("expected_return", _expected_returns),
    ("light_rule", _light_rule),
    ("baseline", _baselines),
    ("subtarget", _subtargets),
    ("plan_task", _tasks),
    ("task_department", _task_departments),
    ("plan_milestone", _milestones),
)
