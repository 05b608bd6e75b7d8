-- Grain: basis × indicator × commitment × period, whole city.
-- A promise that each must keep is never averaged: value counts the subjects that keep it, target those that are judged
-- (the missing ones too, 不适用 not), measure says what is counted.
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
who as (
    select s.indicator, bool_and(coalesce(u.kind = 'county', false)) as counties_only
    from indicator_subject as s
    left join plan_unit as u on u.unit = s.subject
    group by s.indicator
),
cases as (
    select basis, indicator, commitment, period,
        max(verdict) filter (extent = 'actual') as actual,
        max(verdict) filter (extent = 'low') as low,
        max(verdict) filter (extent = 'high') as high
    from case_verdict
    where subject = 'city'
    group by all
),
held as (
    select
        t.basis, t.indicator, t.commitment, t.period, t.due, t.rule, t.operator, i.scope, i.is_ratio,
        v.state, v.answered, v.expected, v.numerator, v.denominator,
        case
            when t.rule <> 'each' then v.num::double / v.den
            when v.answered > 0 and e.judged > 0 then e.meeting
        end::double as value,
        case when t.rule <> 'each' then i.measure when who.counties_only then 'county' else 'unit' end as measure,
        case when t.rule <> 'each' then t.target else e.judged end::double as target,
        t.pace::double as pace, t.base_num::double / t.base_den as baseline,
        coalesce(c.actual, e.actual) as actual, coalesce(c.low, e.low) as low, coalesce(c.high, e.high) as high,
        coalesce(e.low_meeting, r.low_num / r.low_den) as lowest,
        coalesce(e.high_meeting, r.high_num / r.high_den) as highest
    from target_pace as t
    join plan_indicator as i on i.indicator = t.indicator
    join who on who.indicator = t.indicator
    join city_sum as v on v.basis = t.basis and v.indicator = t.indicator and v.period = t.period
    left join cases as c
        on c.basis = t.basis and c.indicator = t.indicator and c.commitment = t.commitment and c.period = t.period
    left join each_light as e
        on e.basis = t.basis and e.indicator = t.indicator and e.commitment = t.commitment and e.period = t.period
    left join city_range as r on r.basis = t.basis and r.indicator = t.indicator and r.period = t.period
    where t.subject = 'city'
),
told as (
    select
        h.*,
        case
            when not h.due and h.rule <> 'none' then 'not_due'
            when h.state = 'suppressed' then 'suppressed'
            when h.answered = 0 then 'not_reported'
            when h.rule = 'none' and h.value is null then 'not_applicable'
            when h.rule = 'none' then 'no_target'
            when h.answered = h.expected then coalesce(h.actual, 'not_applicable')
            when h.rule = 'zero' and h.actual = 'far_behind' then h.actual
            when h.actual = 'no_baseline' then h.actual
            when h.rule = 'each' and o.light[h.actual] in ('yellow', 'red') then h.actual
            when h.scope <> 'each' and not h.is_ratio and h.operator = 'ge' and h.actual = 'met' then h.actual
            when h.scope <> 'each' and not h.is_ratio and h.operator = 'le' and o.light[h.actual] in ('yellow', 'red') then h.actual
            when o.light[h.low] is distinct from o.light[h.high] or o.light[h.low] is null then 'undecided'
            when o.light[h.low] = 'green' then 'met_but_partial'
            when h.rule = 'each' then 'undecided'
            else h.low
        end as verdict,
        case
            when h.answered = h.expected or h.answered = 0 or not h.due then null
            when o.light[h.low] = o.light[h.high] and o.weight[h.low] > o.weight[h.high] then h.low
            when o.light[h.low] = o.light[h.high] then h.high
        end as whole_verdict,
        h.answered > 0 and h.answered < h.expected as is_partial,
        o.light
    from held as h
    cross join of_verdict as o
)
select
    basis, indicator, commitment, period, verdict, light[verdict] as light,
    verdict not in ('not_reported', 'suppressed', 'undecided') as firm,
    round(case when is_partial then lowest end::double, 6) as low,
    round(case when is_partial then highest end::double, 6) as high, whole_verdict,
    value, measure, numerator, denominator, target, pace, baseline
from told
