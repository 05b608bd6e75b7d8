"""Tasks and milestones: what was declared, and what the numbers say."""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd

from warehouse.frames import frame


def tasks(
    con: duckdb.DuckDBPyConnection, period: str | None = None, basis: str = "filed", today: date | None = None
) -> pd.DataFrame:
    """Rows of the mart `task_status`, by quarter and number. period None: every quarter.

    said is not_due while its lead has until `today` or later to file and has filed nothing.
    """
    return frame(
        con,
        """
        select * replace (
            case when said in ('silent', 'others') and return_state = 'missing' and due >= $today::date then 'not_due' else said end as said
        )
        from task_status
        where basis = $basis and ($period is null or period = $period)
        order by period, task
        """,
        {"basis": basis, "period": period, "today": today.isoformat() if today else None},
    )


def task_reports(
    con: duckdb.DuckDBPyConnection, period: str | None = None, basis: str = "filed", task: int | None = None
) -> pd.DataFrame:
    """Rows of the mart `task_report`, by quarter and task, its lead first, with the file each stands in.

    Blank: it said nothing. period, task None: every one.
    """
    return frame(
        con,
        """
        select t.*, r.number, r.file_name, r.sha256
        from task_report as t
        join task_department as d on d.task = t.task and d.department = t.department
        left join receipt as r on r.load_id = t.load_id
        where t.basis = $basis and ($period is null or t.period = $period) and ($task is null or t.task = $task)
        order by t.period, t.task, d.position
        """,
        {"basis": basis, "period": period, "task": task},
    )


def milestones(
    con: duckdb.DuckDBPyConnection, period: str, basis: str = "filed", task: int | None = None
) -> pd.DataFrame:
    """Rows of the mart `milestone_status`, by task, in the plan's order, with the file each stands in."""
    return frame(
        con,
        """
        select s.*, m.name, r.number, r.file_name, r.sha256
        from milestone_status as s
        join plan_milestone as m on m.milestone = s.milestone
        left join receipt as r on r.load_id = s.load_id
        where s.basis = $basis and s.period = $period and ($task is null or s.task = $task)
        order by s.task, m.position
        """,
        {"basis": basis, "period": period, "task": task},
    )
