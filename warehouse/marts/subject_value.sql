-- Grain: basis × indicator × period × subject, the whole city among them as 'city'.
-- City: sums over the subjects that entered whole, so a ratio is a ratio of sums, never a mean of ratios.
-- num / den is the value, exact (den is 1 for sums, blank where there is nothing to divide by).
-- Columns: basis, indicator, period, subject, state, answered, expected, numerator, denominator, num, den
with everyone as (
    select
        basis, indicator, period, subject, state, answered::integer as answered, 1 as expected,
        numerator, denominator
    from unit_value
    union all
    select
        basis, indicator, period, 'city' as subject,
        case
            when bool_and(state = 'suppressed') then 'suppressed'
            when not bool_or(answered) then 'missing'
            when bool_and(state = 'na') then 'na'
            when bool_and(answered) then 'whole'
            else 'part'
        end as state,
        count(*) filter (answered) as answered,
        count(*) as expected,
        sum(numerator) as numerator,
        sum(denominator) as denominator
    from unit_value
    group by basis, indicator, period
)
select
    e.basis, e.indicator, e.period, e.subject, e.state, e.answered, e.expected, e.numerator, e.denominator,
    (i.scale * e.numerator)::decimal(28, 4) as num,
    case when i.is_ratio then nullif(e.denominator, 0) when e.numerator is not null then 1 end::decimal(28, 4) as den
from everyone as e
join plan_indicator as i on i.indicator = e.indicator
