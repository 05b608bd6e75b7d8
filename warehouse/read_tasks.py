"""Tasks and milestones: what was declared, and what the numbers say."""
from __future__ import annotations

import duckdb
import pandas as pd

from warehouse.frames import frame


def tasks(con: duckdb.DuckDBPyConnection, period: str, basis: str = "filed") -> pd.DataFrame:
    """Rows of the mart `task_status`, by number."""
    return frame(
        con, "select * from task_status where basis = $basis and period = $period order by task",
        {"basis": basis, "period": period},
    )


def task_reports(con: duckdb.DuckDBPyConnection, period: str, basis: str = "filed", task: int | None = None) -> pd.DataFrame:
    """Rows of the mart `task_report`, by task, its lead first, with the file each stands in. Blank: it said nothing."""
    return frame(
        con,
        """
        select t.*, r.number, r.file_name, r.sha256
        from task_report as t
        join task_department as d on d.task = t.task and d.department = t.department
        left join receipt as r on r.load_id = t.load_id
        where t.basis = $basis and t.period = $period and ($task is null or t.task = $task)
        order by t.task, d.position
        """,
        {"basis": basis, "period": period, "task": task},
    )


def milestones(con: duckdb.DuckDBPyConnection, period: str, basis: str = "filed", task: int | None = None) -> pd.DataFrame:
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
