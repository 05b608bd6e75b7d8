"""What lies on a reviewer's desk, and until when returns are due, with who moved the day."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from warehouse.frames import frame

_QUEUE = """
select
    s.load_id, s.number, s.form, s.reporter, s.period, s.state, s.due, s.submitted_at, s.first_at, s.late,
    s.times_filed, s.times_returned, s.file_name, coalesce(c.reason, '') as correction,
    count(f.rule) filter (f.severity = 'explain') as explained,
    count(f.rule) filter (f.severity = 'note') as notes,
    count(f.rule) filter (f.rule = 'later_contradicts') as contradicted,
    coalesce(any_value(l.locked), false) as quarter_locked
from reporting_status as s
left join correction as c on c.load_id = s.load_id
left join finding as f on f.load_id = s.load_id
left join lock_state as l on l.period = s.period and l.form = s.form and l.reporter = s.reporter
left join plan_unit as u on u.unit = s.reporter
where s.period = $period and list_contains($forms, s.form)
group by all
order by s.form, any_value(u.position), s.reporter
"""
# The change that speaks is the newest that covers the return, as in marts/due_day.sql.
_DUE_DAYS = """
select d.period, d.form, d.reporter, d.due, d.planned,
    coalesce(arg_max(c.by_whom, c.event_id), '') as by_whom,
    arg_max(c.decided_at, c.event_id) as at,
    coalesce(arg_max(c.reason, c.event_id), '') as reason
from due_day as d
left join deadline_change as c
    on c.period = d.period and c.form in ('', d.form) and c.reporter in ('', d.reporter)
left join plan_unit as u on u.unit = d.reporter
where d.period = $period
group by d.period, d.form, d.reporter, d.due, d.planned
order by d.period, d.form, any_value(u.position), d.reporter
"""


def queue(con: duckdb.DuckDBPyConnection, period: str, forms: Sequence[str]) -> pd.DataFrame:
    """The returns owed of a quarter on these forms, in the plan's order. Grain: return owed.

    As `reporting_status`, its blanks too, and correction: why the newest receipt was filed after an approval, else "".
    explained, notes, contradicted: how many findings of each kind are kept with it; 0 while nothing came.
    quarter_locked: closed to changes for this reporter.
    """
    return frame(con, _QUEUE, {"period": period, "forms": list(forms)})


def due_days(con: duckdb.DuckDBPyConnection, period: str) -> pd.DataFrame:
    """Of one quarter. Grain: return owed: period × form × reporter. due: as it stands, planned: as the plan has it.

    by_whom, at, reason: of the latest change that covers it; "", NaT and "" where there is none. Dates are timestamps.
    Empty where nothing was published yet under the plan of its year.
    """
    return frame(con, _DUE_DAYS, {"period": period})
