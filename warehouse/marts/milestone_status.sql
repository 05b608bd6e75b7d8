-- Grain: basis × period × milestone, as known at the quarter's end: the last thing said up to then counts,
-- for what is done stays done though a later return is missing.
-- light: done green, overdue red, due within the days set in lights.toml yellow, else grey.
-- Columns: basis, period, milestone, task, department, due, status, finished_on, evidence, said_in, light, load_id, sheet, cell
with said as (
    select
        b.basis, b.period, split_part(b.element, '.', 2) as milestone, split_part(b.element, '.', 3) as entry,
        b.text, b.load_id, b.sheet, b.cell
    from mart_base as b
    join plan_milestone as m on m.milestone = split_part(b.element, '.', 2) and m.department = b.subject
    where b.element like 'milestone.%' and b.state = 'value'
),
known as (
    select
        s.basis, p.period, s.milestone,
        arg_max(s.text, s.period) filter (s.entry = 'status') as status,
        arg_max(s.text, s.period) filter (s.entry = 'finished_on') as finished_on,
        arg_max(s.text, s.period) filter (s.entry = 'evidence') as evidence,
        max(s.period) as said_in,
        arg_max(s.load_id, (s.period, s.entry = 'status', s.cell)) as load_id,
        arg_max(s.sheet, (s.period, s.entry = 'status', s.cell)) as sheet,
        arg_max(s.cell, (s.period, s.entry = 'status', s.cell)) as cell
    from said as s
    join plan_period as first on first.period = s.period and not first.is_baseline
    join plan_period as p on p.period >= s.period
    group by s.basis, p.period, s.milestone
)
select
    basis.basis, p.period, m.milestone, m.task, m.department, m.due,
    k.status, try_cast(k.finished_on as date) as finished_on, k.evidence, k.said_in,
    case
        when k.status = 'done' then 'green'
        when m.due <= p.last_day then 'red'
        when m.due <= p.last_day + l.milestone_yellow_days then 'yellow'
        else 'grey'
    end as light,
    k.load_id, k.sheet, k.cell
from (values ('filed'), ('approved')) as basis (basis)
cross join plan_period as p
cross join plan_milestone as m
cross join light_rule as l
left join known as k on k.basis = basis.basis and k.period = p.period and k.milestone = m.milestone
