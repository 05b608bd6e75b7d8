-- Grain: return owed: period × form × reporter.
-- state: of the latest receipt that was not withdrawn, else missing. late: the first receipt came after
-- the due day (which may have been put off), so that a correction asked for later does not make a punctual unit late; blank while missing.
-- load_id, number, file_name, submitted_at: of the latest receipt.
-- Columns: period, form, reporter, due, state, submitted_at, first_at, late, times_filed, times_returned, load_id, number, file_name
with sent_back as (
    select load_id, count(*) as times from review where state = 'returned' group by load_id
),
received as (
    select
        period, form, reporter,
        arg_max(state, (received_at, load_id)) as state,
        max(received_at) as submitted_at,
        min(received_at) as first_at,
        count(*) as times_filed,
        coalesce(sum(times), 0) as times_returned,
        arg_max(load_id, (received_at, load_id)) as load_id,
        arg_max(number, (received_at, load_id)) as number,
        arg_max(file_name, (received_at, load_id)) as file_name
    from receipt_state
    left join sent_back using (load_id)
    where state <> 'withdrawn'
    group by period, form, reporter
)
select
    e.period, e.form, e.reporter, e.due,
    coalesce(r.state, 'missing') as state,
    r.submitted_at, r.first_at,
    r.first_at::date > e.due as late,
    coalesce(r.times_filed, 0)::integer as times_filed,
    coalesce(r.times_returned, 0)::integer as times_returned,
    r.load_id, r.number, r.file_name
from due_day as e
left join received as r on r.period = e.period and r.form = e.form and r.reporter = e.reporter
