-- Grain: basis × indicator × commitment × period, whole city.
-- On partial returns nothing is green but what cannot turn any more: a sum of parts that is past its target already.
-- What is broken already is said at once: a zero promise, one that a subject that filed fails though each must keep it, a
-- limit that a sum is past. Else the missing subjects are taken at either end of what is plausible of them; where both
-- ends give the same light, a green one is shown as met_but_partial, any other as it is; else, and where only missing
-- subjects would be red though each must keep it, the verdict is undecided. firm: no plausible value could change it.
-- low, high: what the city's number may be once all have answered, to six decimals; blank where all have, or a missing one has no past.
-- whole_verdict: the verdict then, where both ends give the same light. With it the number and what it is held against.
-- Columns: basis, indicator, commitment, period, verdict, light, firm, low, high, whole_verdict, value, measure, numerator, denominator, target, pace, baseline
with
of_verdict as (
    select map(list(verdict), list(light)) as light, map(list(verdict), list(weight)) as weight from verdict
),
cases as (
    select basis, indicator, commitment, period,
        max(verdict) filter (extent = 'actual') as actual,
        max(verdict) filter (extent = 'low') as low,
        max(verdict) filter (extent = 'high') as high
    from case_verdict
    where subject = 'city'
    group by all
    union all
    select basis, indicator, commitment, period, actual, low, high from each_light
),
told as (
    select
        t.basis, t.indicator, t.commitment, t.period, t.due,
        v.answered = v.expected as is_whole,
        case
            when not t.due and t.rule <> 'none' then 'not_due'
            when s.state = 'suppressed' then 'suppressed'
            when v.answered = 0 then 'not_reported'
            when t.rule = 'none' and v.value is null then 'not_applicable'
            when t.rule = 'none' then 'no_target'
            when v.answered = v.expected then coalesce(c.actual, 'not_applicable')
            when t.rule = 'zero' and c.actual = 'far_behind' then c.actual
            when c.actual = 'no_baseline' then c.actual
            when t.rule = 'each' and o.light[c.actual] in ('yellow', 'red') then c.actual
            when i.scope <> 'each' and not i.is_ratio and t.operator = 'ge' and c.actual = 'met' then c.actual
            when i.scope <> 'each' and not i.is_ratio and t.operator = 'le' and o.light[c.actual] in ('yellow', 'red') then c.actual
            when o.light[c.low] is distinct from o.light[c.high] or o.light[c.low] is null then 'undecided'
            when o.light[c.low] = 'green' then 'met_but_partial'
            when t.rule = 'each' then 'undecided'
            else c.low
        end as verdict,
        case
            when v.answered = v.expected or v.answered = 0 or not t.due then null
            when o.light[c.low] = o.light[c.high] and o.weight[c.low] > o.weight[c.high] then c.low
            when o.light[c.low] = o.light[c.high] then c.high
        end as whole_verdict,
        case when v.answered > 0 and v.answered < v.expected then coalesce(e.low_meeting, r.low_num / r.low_den) end as low,
        case when v.answered > 0 and v.answered < v.expected then coalesce(e.high_meeting, r.high_num / r.high_den) end as high,
        v.value, v.measure, v.numerator, v.denominator, v.target,
        t.pace::double as pace, t.base_num::double / t.base_den as baseline
    from target_pace as t
    join plan_indicator as i on i.indicator = t.indicator
    join city_value as v
        on v.basis = t.basis and v.indicator = t.indicator and v.commitment = t.commitment and v.period = t.period
    join city_sum as s on s.basis = t.basis and s.indicator = t.indicator and s.period = t.period
    left join cases as c
        on c.basis = t.basis and c.indicator = t.indicator and c.commitment = t.commitment and c.period = t.period
    left join each_light as e
        on e.basis = t.basis and e.indicator = t.indicator and e.commitment = t.commitment and e.period = t.period
    left join city_range as r on r.basis = t.basis and r.indicator = t.indicator and r.period = t.period
    cross join of_verdict as o
    where t.subject = 'city'
)
select
    told.basis, told.indicator, told.commitment, told.period, told.verdict, v.light,
    told.verdict not in ('not_reported', 'suppressed', 'undecided') as firm,
    round(told.low::double, 6) as low, round(told.high::double, 6) as high, told.whole_verdict,
    told.value, told.measure, told.numerator, told.denominator, told.target, told.pace, told.baseline
from told
join verdict as v on v.verdict = told.verdict
