-- Grain: basis × indicator × period in which part of the subjects gave a number and every missing one has a known past.
-- The lowest and highest value the whole city may plausibly have, as num / den.
-- A ratio of sums is lowest when the missing subjects below it weigh as much as they may and those
-- above it as little: they are taken in order of their own ratio, and the best of these steps is kept; of equally good ones
-- the one that weighs least, whatever the last digit of a sum says, so that making it anew gives the same.
-- Columns: basis, indicator, period, low_num, low_den, high_num, high_den
with guessed as (
    -- Every missing subject at its least weight.
    select
        p.basis, p.indicator, p.period, count(*) as subjects,
        sum(p.low_level * case when i.is_ratio then p.low_den else 1 end) as low_num,
        sum(p.high_level * case when i.is_ratio then p.low_den else 1 end) as high_num,
        sum(p.low_den) as den
    from plausible as p
    join plan_indicator as i on i.indicator = p.indicator
    group by all
),
partial as (
    select
        c.basis, c.indicator, c.period, i.scale, i.is_ratio,
        c.numerator::double + g.low_num as low_num, c.numerator::double + g.high_num as high_num,
        coalesce(c.denominator, 0)::double + g.den as den
    from city_sum as c
    join guessed as g on g.basis = c.basis and g.indicator = c.indicator and g.period = c.period
    join plan_indicator as i on i.indicator = c.indicator
    where c.numerator is not null and g.subjects = c.expected - c.answered
),
steps as (
    -- Step 0; then, where weights count, one missing subject after another at its most.
    select
        basis, indicator, period, scale, is_ratio, '' as subject, side, '-infinity'::double as rank_by,
        case side when 'low' then low_num else high_num end as num, den
    from partial
    cross join (values ('low'), ('high')) as sides (side)
    union all
    select
        p.basis, p.indicator, p.period, c.scale, c.is_ratio, p.subject, side,
        case side when 'low' then p.low_level else -p.high_level end,
        case side when 'low' then p.low_level else p.high_level end * (p.high_den - p.low_den),
        p.high_den - p.low_den
    from plausible as p
    join partial as c on c.basis = p.basis and c.indicator = p.indicator and c.period = p.period and c.is_ratio
    cross join (values ('low'), ('high')) as sides (side)
),
walked as (
    select
        basis, indicator, period, side,
        scale * sum(num) over so_far as num,
        case when is_ratio then nullif(sum(den) over so_far, 0) else 1 end as den
    from steps
    window so_far as (partition by basis, indicator, period, side order by rank_by, subject rows unbounded preceding)
)
select
    basis, indicator, period,
    arg_min(num, (ratio, den)) filter (side = 'low') as low_num,
    arg_min(den, (ratio, den)) filter (side = 'low') as low_den,
    arg_min(num, (-ratio, den)) filter (side = 'high') as high_num,
    arg_min(den, (-ratio, den)) filter (side = 'high') as high_den
from (select *, round(num / den, 9) as ratio from walked)
where den is not null
group by basis, indicator, period
