-- Grain: basis × indicator × period, whole city: sums over the subjects that entered whole, so a ratio is a ratio of
-- sums, never a mean of ratios. num / den is the value, exact, as in unit_value.
-- Columns: basis, indicator, period, state, answered, expected, numerator, denominator, num, den
with added as (
    select
        basis, indicator, period,
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
    a.*,
    (i.scale * a.numerator)::decimal(28, 4) as num,
    case when i.is_ratio then nullif(a.denominator, 0) when a.numerator is not null then 1 end::decimal(28, 4) as den
from added as a
join plan_indicator as i on i.indicator = a.indicator
