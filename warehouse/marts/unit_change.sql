-- Grain: basis × indicator × period × expected subject: its change to the quarter before.
-- change: blank where it did not answer in both, where one of them has no value, and in the first quarter of what
-- accumulates within the year. same: it answered in both; 不适用 is an answer. num, den, past_num, past_den: of both, for the
-- city's sums over the same subjects; blank where it did not answer in both.
-- Columns: basis, indicator, period, subject, same, change, num, den, past_num, past_den
select
    now.basis, now.indicator, now.period, now.subject,
    coalesce(now.answered and past.answered, false) as same,
    case when same and not (i.accumulates and p.quarter = 1) then now.value - past.value end as change,
    case when same then now.numerator end as num,
    case when same then now.denominator end as den,
    case when same then past.numerator end as past_num,
    case when same then past.denominator end as past_den
from unit_value as now
join plan_period as p on p.period = now.period
join plan_indicator as i on i.indicator = now.indicator
left join unit_value as past
    on past.basis = now.basis and past.indicator = now.indicator and past.subject = now.subject
    and past.period = p.previous
