-- Grain: basis × indicator × subject ('city' among them) with a known baseline, as num / den.
-- What the plan folder states goes before the baseline quarter's returns; it speaks for the city, and
-- for the one subject of an indicator that has only one. is_whole: it stands on all who owe it.
-- Columns: basis, indicator, subject, base_num, base_den, is_whole
with
alone as (
    select indicator, any_value(subject) as subject from indicator_subject group by indicator having count(*) = 1
),
stated as (
    select b.indicator, s.subject, b.value
    from baseline as b
    join (select indicator, 'city' as subject from plan_indicator union all from alone) as s
        on s.indicator = b.indicator
),
reported as (
    select v.basis, v.indicator, v.subject, v.num, v.den, v.answered = v.expected as is_whole
    from subject_value as v
    join plan_period as p on p.period = v.period and p.is_baseline
    where v.num is not null and v.den is not null
)
select basis, indicator, subject, value::decimal(28, 4) as base_num, 1::decimal(28, 4) as base_den, true as is_whole
from stated
cross join (values ('filed'), ('approved')) as basis (basis)
union all
select basis, indicator, subject, num as base_num, den as base_den, is_whole
from reported
anti join stated using (indicator, subject)
