-- Grain: basis × period × task.
-- status: as its lead declares it. light: the worst of its commitments' city rows; green only where no
-- commitment is unreported or stands on partial returns; grey where none is judged.
-- said: declared, its lead gave a status; others, only others named in it spoke; waiting, what was said is not
-- approved yet; silent, nobody said a word. silent: nobody did on file, and none of its commitments has a number.
-- attention: red, yellow, stuck, or a milestone overdue.
-- due, return_state: of its lead's return, in whichever basis; blank in a quarter in which it owes none.
-- Columns: basis, period, task, lead, status, said, light, commitments, silent, attention, due, return_state, milestones_total, milestones_done, milestones_overdue, milestones_soon
with promised as (
    select
        j.basis, j.period, c.task,
        count(*) as commitments,
        count(*) filter (j.filed > 0) as numbered,
        case
            when bool_or(j.light = 'red') then 'red'
            when bool_or(j.light = 'yellow') then 'yellow'
            when bool_or(j.verdict in ('not_reported', 'suppressed', 'undecided', 'met_but_partial')) then 'grey'
            when bool_or(j.light = 'green') then 'green'
            else 'grey'
        end as light
    from judged_of_city as j
    join plan_commitment as c on c.commitment = j.commitment
    group by all
),
told as (
    select
        r.basis, r.period, r.task,
        max(r.status) filter (r.department = t.lead) as status,
        count(coalesce(r.status, r.done, r.problem, r.next)) as voices
    from task_report as r
    join plan_task as t on t.task = r.task
    group by all
),
steps as (
    select
        basis, period, task,
        count(*) as total,
        count(*) filter (light = 'green') as done,
        count(*) filter (light = 'red') as overdue,
        count(*) filter (light = 'yellow') as soon
    from milestone_status
    group by all
)
select
    told.basis, told.period, told.task, t.lead, told.status,
    case
        when told.status is not null then 'declared'
        when filed.status is not null then 'waiting'
        when told.voices > 0 then 'others'
        when filed.voices > 0 then 'waiting'
        else 'silent'
    end as said,
    coalesce(p.light, 'grey') as light,
    coalesce(p.commitments, 0)::integer as commitments,
    filed.voices = 0 and coalesce(p.numbered, 0) = 0 as silent,
    coalesce(p.light in ('red', 'yellow'), false) or told.status is not distinct from 'stuck' or coalesce(s.overdue, 0) > 0 as attention,
    owed.due, owed.state as return_state,
    coalesce(s.total, 0)::integer as milestones_total,
    coalesce(s.done, 0)::integer as milestones_done,
    coalesce(s.overdue, 0)::integer as milestones_overdue,
    coalesce(s.soon, 0)::integer as milestones_soon
from told
join told as filed on filed.basis = 'filed' and filed.period = told.period and filed.task = told.task
join plan_task as t on t.task = told.task
left join promised as p on p.basis = told.basis and p.period = told.period and p.task = told.task
left join steps as s on s.basis = told.basis and s.period = told.period and s.task = told.task
left join reporting_status as owed on owed.period = told.period and owed.form = 'department' and owed.reporter = t.lead
