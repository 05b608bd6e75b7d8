-- Grain: return owed: period × form × reporter: whether it is locked, that is, closed to changes.
-- reporter '' is the whole form; the latest event that covers a return counts, so one reporter may be open again.
-- Columns: period, form, reporter, locked, decided_at, by_whom, reason
select
    e.period, e.form, e.reporter,
    coalesce(arg_max(l.locked, l.event_id), false) as locked,
    arg_max(l.decided_at, l.event_id) as decided_at,
    arg_max(l.by_whom, l.event_id) as by_whom,
    arg_max(l.reason, l.event_id) as reason
from expected_return as e
left join quarter_lock as l
    on l.period = e.period and l.form = e.form and l.reporter in ('', e.reporter)
group by e.period, e.form, e.reporter
