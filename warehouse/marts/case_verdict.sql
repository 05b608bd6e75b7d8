-- Grain: basis × indicator × commitment × period × subject × extent: what the rule says of one value.
-- extent: actual, the value reported; low and high, the ends of what is plausible of a city that stands on
-- part of its subjects, or of a subject that has not answered a promise each must keep.
-- Compared exactly, as num against bound × den: nothing is rounded before it is judged.
-- Columns: basis, indicator, commitment, period, subject, extent, verdict, light, weight, meets
with extents as (
    select basis, indicator, period, subject, 'actual' as extent, num, den
    from subject_value
    where num is not null and den is not null
    union all
    select basis, indicator, period, 'city', side, case side when 'low' then low_num else high_num end::decimal(28, 4), case side when 'low' then low_den else high_den end::decimal(28, 4)
    from city_range
    cross join (values ('low'), ('high')) as ends (side)
    union all
    select p.basis, p.indicator, p.period, p.subject, side, (i.scale * case side when 'low' then low_level else high_level end)::decimal(28, 4), 1
    from plausible as p
    join plan_indicator as i on i.indicator = p.indicator and i.scope = 'each'
    cross join (values ('low'), ('high')) as ends (side)
    where not p.has_nothing
),
judged as (
    select
        t.basis, t.indicator, t.commitment, t.period, t.subject, e.extent, t.rule,
        case
            when t.rule = 'direction' and t.base_whole is distinct from true then 'no_baseline'
            when t.rule = 'direction' then case when t.sign * (num * base_den - base_num * den) > 0 then 'improved' else 'not_improved' end
            when t.rule = 'zero' then case when num > 0 then 'far_behind' else 'met' end
            when t.rule = 'threshold' and t.operator = 'eq' and num > target * den
                then case when num <= (target + tolerance) * den then 'behind' else 'far_behind' end
            when t.sign * (num - green_at * den) >= 0
                then case when t.sign * (num - target * den) >= 0 then 'met' else 'on_pace' end
            when t.rule = 'deadline' and not t.is_over then 'not_due'
            when t.sign * (num - yellow_at * den) >= 0 then 'behind'
            else 'far_behind'
        end as verdict
    from target_pace as t
    join extents as e
        on e.basis = t.basis and e.indicator = t.indicator and e.period = t.period and e.subject = t.subject
    where t.rule in ('pace', 'threshold', 'frequency', 'deadline', 'zero', 'direction')
        and not (t.rule = 'zero' and e.extent <> 'actual')
)
select
    j.basis, j.indicator, j.commitment, j.period, j.subject, j.extent, j.verdict, v.light, v.weight,
    j.verdict in ('met', 'improved') or (j.rule = 'frequency' and j.verdict = 'on_pace') as meets
from judged as j
join verdict as v on v.verdict = j.verdict
