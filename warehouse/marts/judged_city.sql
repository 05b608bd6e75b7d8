-- Grain: basis × indicator × commitment × period: what `judged` says of the whole city.
-- commitment: '' for an indicator nobody promised anything about.
-- Columns: basis, indicator, commitment, theme, period, value, measure, target, pace, baseline, change, light, verdict, firm, filed, approved, expected, numerator, denominator, same_units, low, high, whole_verdict
with
counted as (
    select
        indicator, period,
        sum(answered) filter (basis = 'filed') as filed,
        sum(answered) filter (basis = 'approved') as approved,
        any_value(expected) as expected
    from city_sum
    group by all
),
at_first as (
    select
        v.basis, v.indicator, r.commitment,
        case
            when r.rule = 'none' then v.num::double / v.den
            when v.answered > 0 and e.judged > 0 then e.meeting
        end::double as value
    from city_sum as v
    join plan_period as p on p.period = v.period and p.is_baseline
    join indicator_rule as r on r.indicator = v.indicator and r.scope = 'each'
    left join each_light as e
        on e.basis = v.basis and e.indicator = v.indicator and e.commitment = r.commitment and e.period = v.period
)
select
    l.basis, l.indicator, l.commitment, i.theme, l.period, l.value, l.measure,
    l.target, l.pace, case when i.scope = 'each' then f.value else l.baseline end as baseline, k.change,
    l.light, l.verdict, l.firm,
    c.filed::integer as filed, c.approved::integer as approved, c.expected::integer as expected,
    l.numerator, l.denominator, k.same_units, l.low, l.high, l.whole_verdict
from city_light as l
join plan_indicator as i on i.indicator = l.indicator
join counted as c on c.indicator = l.indicator and c.period = l.period
join city_change as k
    on k.basis = l.basis and k.indicator = l.indicator and k.commitment = l.commitment and k.period = l.period
left join at_first as f on f.basis = l.basis and f.indicator = l.indicator and f.commitment = l.commitment
