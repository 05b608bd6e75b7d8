-- Grain: basis × period × commitment whose city row is red or yellow: how much it weighs among what needs attention.
-- weight = shortfall × strength_factor × 1 / (1 + quarters_left). An order to look at things in, no judgement.
-- shortfall: the distance to what it is judged by (序时 where there is a way to go, the baseline of a direction, else the
-- target) as a share of that, at most 1; the share of the units that fail where each must keep it; 1 for a
-- broken zero promise. strength_factor: 1, less for 努力, 力争 and the like (lights.toml). quarters_left: until it is due.
-- Columns: basis, period, commitment, shortfall, strength_factor, quarters_left, weight
with
failing as (
    select basis, indicator, commitment, period, count(*) filter (light in ('red', 'yellow')) as units
    from judged_unit
    group by all
),
held as (
    select
        j.basis, j.period, j.commitment, j.value, j.expected, r.rule, r.scope, f.units as failing,
        case when r.rule in ('pace', 'frequency') then coalesce(j.pace, j.target) when r.rule = 'direction' then j.baseline else j.target end as goal,
        case when c.strength = 'soft' then l.attention_soft else 1 end::double as strength_factor,
        greatest(0, 4 * left(c.due, 4)::integer + right(c.due, 1)::integer - 4 * p.year - p.quarter) as quarters_left
    from judged_of_city as j
    join plan_commitment as c on c.commitment = j.commitment
    join indicator_rule as r on r.indicator = j.indicator and r.commitment = j.commitment
    join plan_period as p on p.period = j.period
    cross join light_rule as l
    left join failing as f
        on f.basis = j.basis and f.indicator = j.indicator and f.commitment = j.commitment and f.period = j.period
    where j.light in ('red', 'yellow')
),
short as (
    select
        *,
        case
            when rule = 'zero' then 1
            when scope = 'each' then failing / expected
            else least(1, coalesce(abs(goal - value) / nullif(abs(goal), 0), 1))
        end::double as shortfall
    from held
)
select
    basis, period, commitment, shortfall, strength_factor, quarters_left::integer as quarters_left,
    shortfall * strength_factor / (1 + quarters_left) as weight
from short
