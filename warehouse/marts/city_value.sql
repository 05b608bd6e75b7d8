-- Grain: basis × indicator × commitment × period, whole city.
-- A promise that each must keep is never averaged: value counts the subjects that keep it, target those
-- that are judged (the missing ones too, 不适用 not), measure says what is counted.
-- Columns: basis, indicator, commitment, period, value, measure, target, numerator, denominator, answered, expected
with who as (
    select s.indicator, bool_and(coalesce(u.kind = 'county', false)) as counties_only
    from indicator_subject as s
    left join plan_unit as u on u.unit = s.subject
    group by s.indicator
)
select
    v.basis, v.indicator, t.commitment, v.period,
    case
        when t.rule <> 'each' then v.num::double / v.den
        when v.answered > 0 and e.judged > 0 then e.meeting
    end::double as value,
    case when t.rule <> 'each' then i.measure when who.counties_only then 'county' else 'unit' end as measure,
    case when t.rule <> 'each' then t.target else e.judged end::double as target,
    v.numerator, v.denominator, v.answered, v.expected
from target_pace as t
join city_sum as v on v.basis = t.basis and v.indicator = t.indicator and v.period = t.period
join plan_indicator as i on i.indicator = t.indicator
join who on who.indicator = t.indicator
left join each_light as e
    on e.basis = t.basis and e.indicator = t.indicator and e.commitment = t.commitment and e.period = t.period
where t.subject = 'city'
