-- Grain: basis × indicator × commitment × period × subject, 'city' among them, where a target stands in figures:
-- how much of what is counted is still lacking. Above 0: lacking; below 0: more than enough; blank: not answered.
-- Ratios: target × denominator − numerator, so the gap is in children, schools, classes. The denominator is held at
-- what it is now: 1,240 children are lacking as long as no child more is counted, not at the year's end.
-- A city ratio is shared out: every unit that answered is held against the city's target, which is its part of
-- the city's gap and no judgement, and the parts add up to it. A city sum has parts only where the plan sets a
-- sub-target. Where each must keep a promise each has its own gap, and the city the sum of what is lacking;
-- none where the measure is a ratio of two averages, which do not add up.
-- gap_whole: as people say it, rounded up where whole things are counted: part of a child is not enough.
-- gap_measure: of the elements above the line, e.g. person where the target is a share of children; place for several.
-- Columns: basis, indicator, commitment, period, subject, target, gap, gap_whole, gap_measure
with
aimed as (
    select
        t.basis, t.indicator, t.commitment, t.period, t.subject,
        case when t.subject = 'city' then t.rule end as city_rule,
        case when i.is_ratio and i.scope = 'city' then r.target else t.target end as target,
        t.sign, i.scale, i.scope, i.measure
    from target_pace as t
    join plan_indicator as i on i.indicator = t.indicator
    join indicator_rule as r on r.indicator = t.indicator and r.commitment = t.commitment
    where r.rule not in ('none', 'direction')
),
lacking as (
    select
        a.basis, a.indicator, a.commitment, a.period, a.subject, a.city_rule, a.scope, a.measure, a.target,
        (a.sign * (a.target * v.den - v.num) / a.scale)::decimal(28, 6) as gap
    from aimed as a
    join subject_value as v
        on v.basis = a.basis and v.indicator = a.indicator and v.period = a.period and v.subject = a.subject
    where a.target is not null or a.city_rule = 'each'
),
added as (
    select
        basis, indicator, commitment, period, subject, target,
        case
            when city_rule is distinct from 'each' then gap
            when measure <> 'ratio' then sum(greatest(gap, 0)) filter (subject <> 'city' and gap is not null)
                over (partition by basis, indicator, commitment, period)
        end::decimal(28, 6) as gap
    from lacking
)
select
    a.basis, a.indicator, a.commitment, a.period, a.subject, a.target::double as target, a.gap::double as gap,
    case when c.is_whole then ceil(a.gap) else a.gap end::double as gap_whole,
    c.measure as gap_measure
from added as a
join counted as c on c.indicator = a.indicator
