-- Grain: basis × indicator × commitment × period, whole city: the change to the quarter before over exactly those subjects
-- that answered in both quarters: ratio of sums now less ratio of sums then, or sum less sum, over the same subjects;
-- where each must keep a promise, how many more of them keep it. So a county that is late neither lifts nor drops the
-- city. One that answers 不适用 has answered and enters no sum. change is blank where a quarter has no value, and in the
-- first quarter of what accumulates within the year. same_units: how many answered in both, of those expected.
-- Columns: basis, indicator, commitment, period, change, same_units, expected
with
summed as (
    select
        basis, indicator, period, count(*) as same_units,
        sum(num) as num, sum(den) as den, sum(past_num) as past_num, sum(past_den) as past_den
    from unit_change
    where same
    group by all
),
kept as (
    select
        basis, indicator, commitment, period,
        count(*) filter (meets) - count(*) filter (met_before) as more,
        count(actual) > 0 and count(*) filter (said_before) > 0 as both
    from each_unit
    where same
    group by all
)
select
    c.basis, c.indicator, r.commitment, c.period,
    case
        when r.accumulates and q.quarter = 1 then null
        when r.scope = 'each' and r.rule <> 'none' then case when k.both then k.more end
        when r.is_ratio then r.scale * (s.num::double / nullif(s.den, 0) - s.past_num::double / nullif(s.past_den, 0))
        else r.scale * (s.num - s.past_num)
    end::double as change,
    coalesce(s.same_units, 0)::integer as same_units,
    c.expected::integer as expected
from city_sum as c
join indicator_rule as r on r.indicator = c.indicator
join plan_period as q on q.period = c.period
left join summed as s on s.basis = c.basis and s.indicator = c.indicator and s.period = c.period
left join kept as k
    on k.basis = c.basis and k.indicator = c.indicator and k.commitment = r.commitment and k.period = c.period
