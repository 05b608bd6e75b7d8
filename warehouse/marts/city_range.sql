-- Grain: basis × indicator × period in which part of the subjects gave a number and every missing one has a known past.
-- The lowest and highest value the whole city may plausibly have, as num / den.
-- A ratio of sums is lowest when the missing subjects below it weigh as much as they may and those
-- above it as little: they are taken in order of their own ratio, and the best of these steps is kept; of equally good ones
-- the one that weighs least, whatever the last digit of a sum says, so that making it anew gives the same.
-- Columns: basis, indicator, period, low_num, low_den, high_num, high_den
with missing as (
    select basis, indicator, period, count(*) as subjects
    from unit_value
    where not answered
    group by all
),
guessed as (
    select basis, indicator, period, count(*) as subjects from plausible group by all
),
partial as (
    select c.basis, c.indicator, c.period, c.numerator, coalesce(c.denominator, 0) as denominator
    from city_sum as c
    join missing as m on m.basis = c.basis and m.indicator = c.indicator and m.period = c.period
    join guessed as g on g.basis = c.basis and g.indicator = c.indicator and g.period = c.period
    where c.numerator is not null and g.subjects = m.subjects
),
pieces as (
    select basis, indicator, period, subject, 'low' as side, low_level as level, low_level as rank_by, low_den, high_den
    from plausible
    union all
    select basis, indicator, period, subject, 'high' as side, high_level as level, -high_level as rank_by, low_den, high_den
    from plausible
),
steps as (
    -- The filed part comes first and has no play: step 0 gives every missing subject its least weight.
    select
        basis, indicator, period, '' as subject, side, '-infinity'::double as rank_by,
        numerator::double as num, denominator::double as den, 0::double as more_num, 0::double as more_den
    from partial
    cross join (values ('low'), ('high')) as sides (side)
    union all
    select
        p.basis, p.indicator, p.period, p.subject, p.side, p.rank_by,
        p.level * case when i.is_ratio then p.low_den else 1 end,
        p.low_den,
        case when i.is_ratio then p.level * (p.high_den - p.low_den) else 0 end,
        p.high_den - p.low_den
    from pieces as p
    join plan_indicator as i on i.indicator = p.indicator
    join partial as c on c.basis = p.basis and c.indicator = p.indicator and c.period = p.period
),
walked as (
    select
        s.basis, s.indicator, s.period, s.side,
        i.scale * (sum(num) over everyone + sum(more_num) over so_far) as num,
        case when i.is_ratio then nullif(sum(den) over everyone + sum(more_den) over so_far, 0) else 1 end as den
    from steps as s
    join plan_indicator as i on i.indicator = s.indicator
    window
        everyone as (partition by s.basis, s.indicator, s.period, s.side),
        so_far as (
            partition by s.basis, s.indicator, s.period, s.side order by s.rank_by, s.subject rows unbounded preceding
        )
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
