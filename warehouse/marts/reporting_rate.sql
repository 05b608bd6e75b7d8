-- Grain: period × form, and * for all forms together. Counts of returns owed; shares are made in read_chase,
-- where the day is known.
-- on_time + late = filed; filed + returned + missing = owed: each return owed stands in one of them, as it is now.
-- filed: filed, approved or locked. returned: sent back and not yet filed again, so not filed. on_time, late: of
-- the filed ones, by the day the first receipt came.
-- returned_once: sent back at least once, filed again since or not. corrected: a new receipt came after one had
-- been approved. first_due: the earliest due day; after it nobody's silence is punctual.
-- Columns: period, form, owed, filed, on_time, late, returned, missing, returned_once, corrected, first_due
with approved as (
    select r.period, r.form, r.reporter, min(r.load_id) as load_id
    from receipt_state as r
    join review as v on v.load_id = r.load_id and v.state in ('approved', 'locked')
    group by r.period, r.form, r.reporter
),
corrected as (
    select distinct a.period, a.form, a.reporter
    from approved as a
    join receipt_state as r
        on r.period = a.period and r.form = a.form and r.reporter = a.reporter
        and r.load_id > a.load_id and r.state <> 'withdrawn'
)
select
    s.period,
    coalesce(s.form, '*') as form,
    count(*) as owed,
    count(*) filter (s.state in ('filed', 'approved', 'locked')) as filed,
    count(*) filter (s.state in ('filed', 'approved', 'locked') and not s.late) as on_time,
    count(*) filter (s.state in ('filed', 'approved', 'locked') and s.late) as late,
    count(*) filter (s.state = 'returned') as returned,
    count(*) filter (s.state = 'missing') as missing,
    count(*) filter (s.times_returned > 0) as returned_once,
    count(c.reporter) as corrected,
    min(s.due) as first_due
from reporting_status as s
left join corrected as c on c.period = s.period and c.form = s.form and c.reporter = s.reporter
group by grouping sets ((s.period, s.form), (s.period))
