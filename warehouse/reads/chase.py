"""Chasing: what is still owed and why it came back, how complete and how punctual the returns are, until when.

`today`: a missing return is late, and a quarter's share 0 instead of blank, once the due day has passed.
Import it beside `read`: `from warehouse import read, read_chase`.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

import duckdb
import pandas as pd

from catalogue.period import Period
from warehouse.frames import frame
from warehouse.reads.returns import status
from warehouse.states import CAME, LOOKED_AT

ALL_FORMS = "*"
Con = duckdb.DuckDBPyConnection
Return = tuple[Period, str, str]  # (period, form, reporter)
# Of rows of `reporting_status`, as the mart `reporting_rate` counts them by quarter and form.
_COUNTS = f"""
    count(*) as owed,
    count(*) filter (s.state in {CAME}) as filed,
    count(*) filter (s.state in {LOOKED_AT}) as approved,
    count(*) filter (s.state in {CAME} and not s.late) as on_time,
    count(*) filter (s.state in {CAME} and s.late) as late,
    count(*) filter (s.state = 'returned') as returned,
    count(*) filter (s.state = 'missing') as missing,
    count(*) filter (s.state = 'missing' and $today::date > s.due) as overdue
"""


def owed(con: Con, period: str, today: date) -> pd.DataFrame:
    """Rows of `status`, each with reason: why its latest receipt was sent back, None where it was not."""
    rows = status(con, period, today)
    said = con.execute("select load_id, reason from receipt_state where period = ? and state = 'returned'", [period])
    reasons = {load_id: reason or None for load_id, reason in said.fetchall()}
    return rows.assign(
        reason=pd.Series([reasons.get(load_id) for load_id in rows["load_id"]], index=rows.index, dtype=object)
    )


def rates(con: Con, today: date, form: str = ALL_FORMS) -> pd.DataFrame:
    """How the returns of each quarter came in. Grain: period, oldest first; `form` one form, or all together.

    Counts as in the mart `reporting_rate`. completeness: filed of owed, timeliness: on time of owed, percent;
    both blank while nothing has come and nobody's due day has passed. as_of: `today`.
    """
    return frame(
        con,
        """
        with judged as (
            select *, filed + returned > 0 or $today::date > first_due as begun
            from reporting_rate
            where form = $form
        )
        select
            * exclude begun,
            case when begun then 100 * filed / owed end as completeness,
            case when begun then 100 * on_time / owed end as timeliness,
            $today::date as as_of
        from judged
        order by period
        """,
        {"today": today.isoformat(), "form": form},
    )


def counted(con: Con, period: str, today: date, form: str = ALL_FORMS, units_only: bool = False) -> dict[str, int]:
    """How many returns of one quarter stand in which state; of one form or of all, units_only: without those of departments.

    owed = filed + returned + missing. Of the filed (approved and locked ones among them) approved have been looked at, and
    on_time + late = filed; overdue: of the missing, those whose due day has passed.
    """
    found = frame(
        con,
        f"""
        select {_COUNTS}
        from reporting_status as s
        where s.period = $period and $form in ('*', s.form)
            and (not $units_only::boolean or s.reporter in (select unit from plan_unit))
        """,
        {"period": period, "today": today.isoformat(), "form": form, "units_only": units_only},
    )
    return {name: int(count) for name, count in found.iloc[0].items()}


def days_late(con: Con, period: str, today: date) -> dict[Return, int]:
    """How many days after its due day the first receipt of each late return came; of one that never came, how many have passed."""
    found = con.execute(
        """
        select form, reporter, datediff('day', due, coalesce(first_at::date, $today::date)) as days
        from reporting_status
        where period = $period and coalesce(first_at::date, $today::date) > due
        """,
        {"period": period, "today": today.isoformat()},
    ).fetchall()
    return {(Period.parse(period), form, reporter): days for form, reporter, days in found}


def punctuality(con: Con, today: date) -> pd.DataFrame:
    """Who is punctual. Grain: reporter × period; units in the plan's order, then the departments.

    Counts of returns: on_time + late + returned + missing + pending = owed. late: came, after the due day.
    returned: stands sent back. missing: nothing came and the due day has passed; pending: nothing came yet.
    times_returned: how often any of them was sent back.
    """
    return frame(
        con,
        f"""
        with counted as (
            select s.reporter, s.period, {_COUNTS}, sum(s.times_returned)::bigint as times_returned
            from reporting_status as s
            group by s.reporter, s.period
        )
        select
            c.reporter, c.period, c.owed, c.on_time, c.late, c.returned, c.overdue as missing, c.missing - c.overdue as pending,
            c.times_returned
        from counted as c
        left join plan_unit as u on u.unit = c.reporter
        order by u.position, c.reporter, c.period
        """,
        {"today": today.isoformat()},
    )


def deadlines(con: Con) -> tuple[dict[Period, date], dict[Return, date]]:
    """Due days as they stand, changes among them: the one most returns of a quarter have, and the returns that have another."""
    days = return_days(con)
    usual = {
        quarter: Counter(due for (at, _, _), due in days.items() if at == quarter).most_common(1)[0][0]
        for quarter in dict.fromkeys(at for at, _, _ in days)
    }
    return usual, {key: due for key, due in days.items() if due != usual[key[0]]}


def return_days(con: Con, reporter: str | None = None) -> dict[Return, date]:
    """Until when each return is due as it stands, changes among them. reporter None: of everybody."""
    found = con.execute(
        "select period, form, reporter, due from due_day where $who is null or reporter = $who order by period, form, reporter",
        {"who": reporter},
    ).fetchall()
    return {(Period.parse(period), form, who): due for period, form, who, due in found}
