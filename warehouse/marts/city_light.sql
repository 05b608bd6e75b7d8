-- Grain: basis × indicator × commitment × period, whole city.
-- On partial returns nothing is green. firm: no plausible value of the missing subjects could change the
-- verdict. Then a green one is shown as met_but_partial, any other as it is; else it is undecided.
-- Columns: basis, indicator, commitment, period, verdict, light, firm
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
            when v.answered = 0 then 'not_reported'
            when t.rule = 'none' and v.value is null then 'not_applicable'
            when t.rule = 'none' then 'no_target'
            when v.answered = v.expected then coalesce(c.actual, 'not_applicable')
            when t.rule = 'zero' and c.actual = 'far_behind' then c.actual
            when c.actual = 'no_baseline' then c.actual
            when low.light is distinct from high.light or low.light is null then 'undecided'
            when low.light = 'green' then 'met_but_partial'
            else c.low
        end as verdict
    from target_pace as t
    join city_value as v
        on v.basis = t.basis and v.indicator = t.indicator and v.commitment = t.commitment and v.period = t.period
    left join cases as c
        on c.basis = t.basis and c.indicator = t.indicator and c.commitment = t.commitment and c.period = t.period
    left join verdict as low on low.verdict = c.low
    left join verdict as high on high.verdict = c.high
    where t.subject = 'city'
)
select
    told.basis, told.indicator, told.commitment, told.period, told.verdict, v.light,
    told.verdict not in ('not_reported', 'undecided') as firm
from told
join verdict as v on v.verdict = told.verdict
