-- Grain: return owed: period × form × reporter, with the day it is due: the plan's, or the latest change of it.
-- A change may be for everybody or for one reporter, for every form or for one; the latest that covers a return counts.
-- Columns: period, form, reporter, due, planned
select
    e.period, e.form, e.reporter,
    coalesce(arg_max(c.due, c.event_id), any_value(e.due)) as due,
    any_value(e.due) as planned
from expected_return as e
left join deadline_change as c
    on c.period = e.period and c.form in ('', e.form) and c.reporter in ('', e.reporter)
group by e.period, e.form, e.reporter
