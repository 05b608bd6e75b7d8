-- Grain: basis × indicator × commitment × period × expected subject: what `judged` says of one that reports, but for its
-- place among the others, so that a return changes the rows of its own subject and no other's.
-- commitment: '' for an indicator nobody promised anything about.
-- Columns: basis, indicator, commitment, theme, period, subject, value, measure, target, pace, baseline, change, light, verdict, firm, filed, approved, expected, numerator, denominator, same_units
with counted as (
    select
        indicator, period, subject,
        count(*) filter (basis = 'filed' and answered) as filed,
        count(*) filter (basis = 'approved' and answered) as approved
    from unit_value
    group by all
)
select
    l.basis, l.indicator, l.commitment, i.theme, l.period, l.subject, l.value, i.measure,
    l.target, l.pace, l.baseline, k.change, l.light, l.verdict, l.firm,
    c.filed::integer as filed, c.approved::integer as approved, 1::integer as expected,
    l.numerator, l.denominator, k.same::integer as same_units
from unit_light as l
join plan_indicator as i on i.indicator = l.indicator
join counted as c on c.indicator = l.indicator and c.period = l.period and c.subject = l.subject
join unit_change as k
    on k.basis = l.basis and k.indicator = l.indicator and k.period = l.period and k.subject = l.subject
