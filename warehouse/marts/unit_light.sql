-- Grain: basis × indicator × commitment × period × expected subject.
-- firm: false only while the subject has not answered.
-- Columns: basis, indicator, commitment, period, subject, verdict, light, firm
with told as (
    select
        t.basis, t.indicator, t.commitment, t.period, t.subject,
        case
            when v.answered = 1 and (v.num is null or v.den is null) then 'not_applicable'
            when not t.due and t.rule <> 'none' then 'not_due'
            when v.state = 'suppressed' then 'suppressed'
            when v.answered = 0 then 'not_reported'
            when t.rule = 'none' then 'no_target'
            when t.rule = 'no_subtarget' then 'no_subtarget'
            else c.verdict
        end as verdict
    from target_pace as t
    join subject_value as v
        on v.basis = t.basis and v.indicator = t.indicator and v.period = t.period and v.subject = t.subject
    left join case_verdict as c
        on c.basis = t.basis and c.indicator = t.indicator and c.commitment = t.commitment
        and c.period = t.period and c.subject = t.subject and c.extent = 'actual'
    where t.subject <> 'city'
)
select
    told.basis, told.indicator, told.commitment, told.period, told.subject,
    told.verdict, v.light, told.verdict not in ('not_reported', 'suppressed') as firm
from told
join verdict as v on v.verdict = told.verdict
