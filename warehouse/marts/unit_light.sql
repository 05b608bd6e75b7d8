-- Grain: basis × indicator × commitment × period × expected subject.
-- firm: false only while the subject has not answered. With it the number it is about and what that is held against.
-- Columns: basis, indicator, commitment, period, subject, verdict, light, firm, value, numerator, denominator, target, pace, baseline
with told as (
    select
        t.basis, t.indicator, t.commitment, t.period, t.subject,
        case
            when v.answered and (v.num is null or v.den is null) then 'not_applicable'
            when not t.due and t.rule <> 'none' then 'not_due'
            when v.state = 'suppressed' then 'suppressed'
            when not v.answered then 'not_reported'
            when t.rule = 'none' then 'no_target'
            when t.rule = 'no_subtarget' then 'no_subtarget'
            else c.verdict
        end as verdict,
        v.value, v.numerator, v.denominator,
        t.target::double as target, t.pace::double as pace, t.base_num::double / t.base_den as baseline
    from target_pace as t
    join unit_value as v
        on v.basis = t.basis and v.indicator = t.indicator and v.period = t.period and v.subject = t.subject
    left join case_verdict as c
        on c.basis = t.basis and c.indicator = t.indicator and c.commitment = t.commitment
        and c.period = t.period and c.subject = t.subject and c.extent = 'actual'
    where t.subject <> 'city'
)
select
    told.basis, told.indicator, told.commitment, told.period, told.subject,
    told.verdict, v.light, told.verdict not in ('not_reported', 'suppressed') as firm,
    told.value, told.numerator, told.denominator, told.target, told.pace, told.baseline
from told
join verdict as v on v.verdict = told.verdict
