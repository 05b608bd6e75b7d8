"""What programs are given besides the judged values: entries with their cells, days, and the plan as the version holds it."""

from __future__ import annotations

from typing import TypedDict, Unpack

import duckdb
import pandas as pd

from warehouse.frames import frame

Con = duckdb.DuckDBPyConnection

# What a parameter may say in this version, in the order of the plan.
CHOICES = {
    "period": "select period from plan_period order by period",
    "indicator": "select indicator from plan_indicator order by position",
    "subject": """
        select s.subject
        from (select subject from indicator_subject union select reporter from expected_return) as s
        left join plan_unit as u on u.unit = s.subject
        order by u.position, s.subject
    """,
    "element": "select element from plan_element order by line, element",
    "form": "select distinct form from expected_return order by form",
    "reporter": """
        select e.reporter
        from (select distinct reporter from expected_return) as e
        left join plan_unit as u on u.unit = e.reporter
        order by u.position, e.reporter
    """,
}

# The plan as rows, without the words that the warehouse does not keep.
PLAN_PARTS = {
    "commitments": """
        select
            c.commitment, c.name, c.task, t.title as task_title, c.indicator, i.name as indicator_name, i.theme,
            c.operator, c.value as target, c.measure, c.due as due_period, c.nature, c.scope, c.strength, c.light as light_rule, c.numeral
        from plan_commitment as c
        join plan_indicator as i on i.indicator = c.indicator
        left join plan_task as t on t.task = c.task
        order by c.position
    """,
    "tasks": """
        select t.task, t.section, t.title as task_title, t.lead, string_agg(d.department, ',' order by d.position) as departments
        from plan_task as t left join task_department as d on d.task = t.task
        group by all order by t.task
    """,
    "indicators": """
        select
            i.indicator, i.name, i.theme, i.scope, i.measure, i.scale, i.better, i.is_ratio, i.accumulates, i.due_from,
            string_agg(p.element, ',' order by p.element) filter (p.part = 'numerator') as numerator_elements,
            string_agg(p.element, ',' order by p.element) filter (p.part = 'denominator') as denominator_elements,
            any_value(b.value) as baseline
        from plan_indicator as i
        left join indicator_part as p on p.indicator = i.indicator
        left join baseline as b on b.indicator = i.indicator
        group by i.indicator, i.name, i.theme, i.scope, i.measure, i.scale, i.better, i.is_ratio, i.accumulates, i.due_from, i.position
        order by i.position
    """,
    "milestones": "select milestone, task, name, department, due as due_day from plan_milestone order by position",
    "elements": """
        select element, name, line, form, sheet, measure, kind, nature, due_from, na, required
        from plan_element order by line, element
    """,
    "subtargets": "select commitment, unit, value as target, source from subtarget order by commitment, unit",
}


class FactsWanted(TypedDict, total=False):
    """Of which entries; None, or not named: of every one."""

    period: str | None
    subject: str | None
    element: str | None
    form: str | None
    reporter: str | None


def facts(con: Con, basis: str = "filed", **wanted: Unpack[FactsWanted]) -> pd.DataFrame:
    """The entries that count, each with the file, sheet and cell it stands in. Grain: period × subject × element.

    state: value, blank, na (不适用). value: numbers; text: texts, choices and days.
    """
    every: FactsWanted = {"period": None, "subject": None, "element": None, "form": None, "reporter": None}
    return frame(
        con,
        """
        select
            b.basis, b.period, r.form, r.reporter, b.subject, b.element, e.name as element_name, e.measure, b.state, b.value, b.text,
            r.number, r.file_name, r.sha256, b.sheet, b.cell, r.received_at
        from mart_base as b
        join receipt as r on r.load_id = b.load_id
        left join plan_element as e on e.element = b.element
        left join plan_unit as u on u.unit = b.subject
        where b.basis = $basis
            and ($period is null or b.period = $period)
            and ($subject is null or b.subject = $subject)
            and ($element is null or b.element = $element)
            and ($form is null or r.form = $form)
            and ($reporter is null or r.reporter = $reporter)
        order by b.period, u.position, b.subject, r.form, e.line, b.element
        """,
        {"basis": basis, **every, **wanted},
    )


def deadlines(con: Con, period: str | None = None, reporter: str | None = None) -> pd.DataFrame:
    """Until when each return is due, as it stands, and as the plan had it. Grain: period × form × reporter."""
    return frame(
        con,
        """
        select d.period, d.form, d.reporter, d.due as due_day, d.planned as planned_day
        from due_day as d
        left join plan_unit as u on u.unit = d.reporter
        where ($period is null or d.period = $period) and ($reporter is null or d.reporter = $reporter)
        order by d.period, u.position, d.form, d.reporter
        """,
        {"period": period, "reporter": reporter},
    )


def units(con: Con) -> pd.DataFrame:
    """Whoever reports: the units in the plan's order, then the departments, whose names the warehouse does not keep."""
    return frame(
        con,
        """
        select unit, name, kind from (
            select unit, name, kind, position from plan_unit
            union all
            select distinct e.reporter, null, 'department', null
            from expected_return as e anti join plan_unit as u on u.unit = e.reporter
        )
        order by position, unit
        """,
    )


def plan_part(con: Con, part: str) -> pd.DataFrame:
    """Rows of one part of the plan, in its order, texts as the plan writes them, blank ones None; part: one of
    PLAN_PARTS, else KeyError."""
    return frame(con, PLAN_PARTS[part])


def choices(con: Con, parameter: str) -> list[str]:
    """What a parameter of the API may be, in the plan's order; parameter: one of CHOICES, else KeyError."""
    return [code for (code,) in con.execute(CHOICES[parameter]).fetchall()]
