-- Grain: basis × indicator × period × subject that has not answered, with its quarter before known.
-- From what to what its own numerator and denominator may plausibly lie, by the settings in
-- lights.toml; an assumption that only ever decides whether a verdict on partial returns is firm.
-- A flow that stood at 0 tells nothing about how it will grow: no row. A count, and the count above a
-- ratio, may move by one at least, or the one school of a county could never join the others. has_nothing: it answered
-- 不适用 before, or had nothing to divide by; we take it that this goes on.
-- Columns: basis, indicator, period, subject, low_level, high_level, low_den, high_den, has_nothing
with
before as (
    select
        now.basis, now.indicator, now.period, now.subject, p.quarter,
        i.is_ratio, i.accumulates, i.measure, i.scale,
        coalesce(past.denominator, 0) as den,
        case
            when past.state = 'na' then 0
            when i.is_ratio then coalesce(past.numerator::double / nullif(past.denominator, 0), 0)
            else past.numerator
        end::double as level,
        past.state
    from unit_value as now
    join plan_period as p on p.period = now.period
    join unit_value as past
        on past.basis = now.basis and past.indicator = now.indicator and past.subject = now.subject
        and past.period = p.previous
    join plan_indicator as i on i.indicator = now.indicator
    where not now.answered and past.answered
),
stepped as (
    select
        b.*, l.plausible_stock_share / 100 as share, l.plausible_ratio_points / 100 as points,
        case when b.is_ratio and b.measure = 'percent' then coalesce(1 / nullif(b.den::double, 0), 0) else 0 end as one,
        case
            when b.accumulates and b.quarter = 1 then b.level * l.plausible_flow_share / 100
            when b.accumulates then b.level * (1 + l.plausible_flow_share / 100)
            when b.is_ratio then greatest(b.level + l.plausible_ratio_points / 100, b.level + one)
            else greatest(b.level * (1 + l.plausible_stock_share / 100), b.level + 1)
        end as grown
    from before as b
    cross join light_rule as l
    where b.state = 'na' or not b.accumulates or b.level > 0
)
select
    basis, indicator, period, subject,
    case
        when accumulates and quarter = 1 then 0
        when accumulates then level
        when is_ratio then greatest(0, least(level - points, level - one))
        else greatest(0, least(level * (1 - share), level - 1))
    end as low_level,
    case when is_ratio and measure = 'percent' then least(1, grown) else grown end as high_level,
    den * (1 - share) as low_den,
    den * (1 + share) as high_den,
    state = 'na' or (is_ratio and den = 0) as has_nothing
from stepped
