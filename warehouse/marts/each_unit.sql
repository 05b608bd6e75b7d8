-- Grain: basis × indicator × commitment × period × subject, for promises that each subject must keep.
-- actual, low, high: the verdict on what it reported, and at either end of what is plausible of one that has not answered;
-- blank where nothing can be said. meets, low_meets, high_meets: it keeps it; one without a past may or may not.
-- met_before, said_before: the quarter before, of those that answered in both (same).
-- Columns: basis, indicator, commitment, period, subject, answered, same, has_nothing, meets, met_before, said_before, low_meets, high_meets, actual, actual_weight, low, low_weight, high, high_weight
with
given as (
    select
        v.basis, v.indicator, v.commitment, v.period, v.subject,
        max(v.verdict) filter (v.extent = 'actual') as verdict,
        max(v.weight) filter (v.extent = 'actual') as weight,
        bool_or(v.meets) filter (v.extent = 'actual') as meets,
        max(v.verdict) filter (v.extent = 'low') as low,
        max(v.weight) filter (v.extent = 'low') as low_weight,
        bool_or(v.meets) filter (v.extent = 'low') as low_meets,
        max(v.verdict) filter (v.extent = 'high') as high,
        max(v.weight) filter (v.extent = 'high') as high_weight,
        bool_or(v.meets) filter (v.extent = 'high') as high_meets
    from case_verdict as v
    group by all
)
select
    v.basis, v.indicator, r.commitment, v.period, v.subject, v.answered, c.same,
    coalesce(p.has_nothing, false) as has_nothing,
    g.meets,
    case when c.same then past.meets end as met_before,
    c.same and past.verdict is not null as said_before,
    case when v.answered then g.meets else coalesce(g.low_meets and g.high_meets, false) end as low_meets,
    case when v.answered then g.meets else coalesce(g.low_meets or g.high_meets, true) end as high_meets,
    g.verdict as actual, g.weight as actual_weight,
    case when v.answered then g.verdict else g.low end as low,
    case when v.answered then g.weight else g.low_weight end as low_weight,
    case when v.answered then g.verdict else g.high end as high,
    case when v.answered then g.weight else g.high_weight end as high_weight
from unit_value as v
join indicator_rule as r on r.indicator = v.indicator and r.scope = 'each' and r.rule <> 'none'
join plan_period as q on q.period = v.period
join unit_change as c
    on c.basis = v.basis and c.indicator = v.indicator and c.period = v.period and c.subject = v.subject
left join plausible as p
    on p.basis = v.basis and p.indicator = v.indicator and p.period = v.period and p.subject = v.subject
left join given as g
    on g.basis = v.basis and g.indicator = v.indicator and g.commitment = r.commitment
    and g.period = v.period and g.subject = v.subject
left join case_verdict as past
    on past.basis = v.basis and past.indicator = v.indicator and past.commitment = r.commitment
    and past.period = q.previous and past.subject = v.subject and past.extent = 'actual'
