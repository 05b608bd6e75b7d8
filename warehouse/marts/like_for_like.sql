-- Grain: basis × indicator × commitment × period × subject, the whole city among them as 'city': the change to the
-- quarter before over exactly those subjects that answered in both quarters.
-- City: ratio of sums now less ratio of sums then, or sum less sum, over the same subjects; where each must keep a
-- promise, how many more of them keep it. So a county that is late neither lifts nor drops the city. One that
-- answers 不适用 has answered and enters no sum. change is blank where a quarter has no value, and in the first
-- quarter of what accumulates within the year. same_units: how many answered in both, of those expected.
-- Columns: basis, indicator, commitment, period, subject, change, same_units, expected
with
paired as (
    select
        now.basis, now.indicator, now.period, now.subject, p.previous,
        coalesce(now.answered and past.answered, false) as same,
        now.numerator as num, now.denominator as den, past.numerator as past_num, past.denominator as past_den,
        now.value - past.value as moved
    from unit_value as now
    join plan_period as p on p.period = now.period
    left join unit_value as past
        on past.basis = now.basis and past.indicator = now.indicator and past.subject = now.subject
        and past.period = p.previous
),
summed as (
    select
        basis, indicator, period,
        count(*) filter (same) as same_units,
        count(*) as expected,
        sum(num) filter (same) as num,
        sum(den) filter (same) as den,
        sum(past_num) filter (same) as past_num,
        sum(past_den) filter (same) as past_den
    from paired
    group by all
),
kept as (
    select
        v.basis, v.indicator, v.commitment, p.period,
        count(*) filter (v.period = p.period and v.meets) - count(*) filter (v.period = p.previous and v.meets) as more,
        bool_or(v.period = p.period) and bool_or(v.period = p.previous) as both
    from case_verdict as v
    join paired as p
        on p.basis = v.basis and p.indicator = v.indicator and p.subject = v.subject and v.period in (p.period, p.previous)
    where v.extent = 'actual' and p.same
    group by all
)
select
    t.basis, t.indicator, t.commitment, t.period, t.subject,
    case
        when i.accumulates and q.quarter = 1 then null
        when t.subject <> 'city' then own.moved
        when t.rule = 'each' then case when k.both then k.more end
        when i.is_ratio then i.scale * (city.num::double / nullif(city.den, 0) - city.past_num::double / nullif(city.past_den, 0))
        else i.scale * (city.num - city.past_num)
    end::double as change,
    case when t.subject = 'city' then city.same_units else own.same::integer end::integer as same_units,
    case when t.subject = 'city' then city.expected else 1 end::integer as expected
from target_pace as t
join plan_indicator as i on i.indicator = t.indicator
join plan_period as q on q.period = t.period
left join summed as city
    on t.subject = 'city' and city.basis = t.basis and city.indicator = t.indicator and city.period = t.period
left join paired as own
    on own.basis = t.basis and own.indicator = t.indicator and own.period = t.period and own.subject = t.subject
left join kept as k
    on t.rule = 'each' and k.basis = t.basis and k.indicator = t.indicator and k.commitment = t.commitment
    and k.period = t.period
