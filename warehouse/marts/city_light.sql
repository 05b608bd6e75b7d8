-- Grain: basis × indicator × commitment × period, whole city.
-- On partial returns nothing is green but what cannot turn any more: a sum of parts that is past its target already.
-- What is broken already is said at once: a zero promise, one that a subject that filed fails though each must keep it, a
-- limit that a sum is past. Else the missing subjects are taken at either end of what is plausible of them; where both
-- ends give the same light, a green one is shown as met_but_partial, any other as it is; else, and where only missing
-- subjects would be red though each must keep it, the verdict is undecided. firm: no plausible value could change it.
-- low, high: what the city's number may be once all have answered, to six decimals; blank where all have, or a missing one has no past.
-- whole_verdict: the verdict then, where both ends give the same light.
-- Columns: basis, indicator, commitment, period, verdict, light, firm, low, high, whole_verdict
with cases as (
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
            when t.rule = 'each' and actual.light in ('yellow', 'red') then c.actual
            when i.scope <> 'each' and not i.is_ratio and t.operator = 'ge' and c.actual = 'met' then c.actual
            when i.scope <> 'each' and not i.is_ratio and t.operator = 'le' and actual.light in ('yellow', 'red') then c.actual
            when low.light is distinct from high.light or low.light is null then 'undecided'
            when low.light = 'green' then 'met_but_partial'
            when t.rule = 'each' then 'undecided'
            else c.low
        end as verdict,
        case
            when v.answered = v.expected or v.answered = 0 or not t.due then null
            when low.light = high.light and low.weight > high.weight then c.low
            when low.light = high.light then c.high
        end as whole_verdict,
        case when v.answered > 0 and v.answered < v.expected then coalesce(e.low_meeting, r.low_num / r.low_den) end as low,
        case when v.answered > 0 and v.answered < v.expected then coalesce(e.high_meeting, r.high_num / r.high_den) end as high
    from target_pace as t
    join plan_indicator as i on i.indicator = t.indicator
    join city_value as v
        on v.basis = t.basis and v.indicator = t.indicator and v.commitment = t.commitment and v.period = t.period
    join subject_value as s
        on s.basis = t.basis and s.indicator = t.indicator and s.period = t.period and s.subject = 'city'
    left join cases as c
        on c.basis = t.basis and c.indicator = t.indicator and c.commitment = t.commitment and c.period = t.period
    left join each_light as e
        on e.basis = t.basis and e.indicator = t.indicator and e.commitment = t.commitment and e.period = t.period
    left join city_range as r on r.basis = t.basis and r.indicator = t.indicator and r.period = t.period
    left join verdict as actual on actual.verdict = c.actual
    left join verdict as low on low.verdict = c.low
    left join verdict as high on high.verdict = c.high
    where t.subject = 'city'
)
select
    told.basis, told.indicator, told.commitment, told.period, told.verdict, v.light,
    told.verdict not in ('not_reported', 'suppressed', 'undecided') as firm,
    round(told.low::double, 6) as low, round(told.high::double, 6) as high, told.whole_verdict
from told
join verdict as v on v.verdict = told.verdict
