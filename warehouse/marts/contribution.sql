-- Grain: basis × indicator × commitment × period × subject (units, not the city): its part of the city's change in
-- `like_for_like`, in the measure of that change. The parts of one quarter add up to it.
-- A ratio moves by scale × (Δnum − R0 × Δden) / D1 for each, R0 the city's ratio then and D1 its denominator now, over
-- the same subjects: a county that grows with a ratio below the city's pulls it down. Sums: its own change; where
-- each must keep a promise: 1 began to keep it, -1 ceased to.
-- Blank where the subject is not in both quarters, has nothing to count in both, or the city has no change.
-- Columns: basis, indicator, commitment, period, subject, contribution
with
paired as (
    select
        now.basis, now.indicator, now.period, now.subject, p.previous,
        coalesce(now.numerator, 0) as num, coalesce(now.denominator, 0) as den,
        coalesce(past.numerator, 0) as past_num, coalesce(past.denominator, 0) as past_den
    from unit_value as now
    join plan_period as p on p.period = now.period
    join unit_value as past
        on past.basis = now.basis and past.indicator = now.indicator and past.subject = now.subject
        and past.period = p.previous
    where now.answered and past.answered and not (now.state = 'na' and past.state = 'na')
),
summed as (
    select *, sum(den) over city as city_den, sum(past_num) over city as city_past_num, sum(past_den) over city as city_past_den
    from paired
    window city as (partition by basis, indicator, period)
)
select
    t.basis, t.indicator, t.commitment, t.period, t.subject,
    case
        when l.change is null then null
        when c.rule = 'each' and now.meets is null and past.meets is null then null
        when c.rule = 'each' then coalesce(now.meets, false)::integer - coalesce(past.meets, false)::integer
        when i.is_ratio then
            i.scale * ((s.num - s.past_num) - s.city_past_num::double / nullif(s.city_past_den, 0) * (s.den - s.past_den))
            / nullif(s.city_den, 0)
        else i.scale * (s.num - s.past_num)
    end::double as contribution
from target_pace as t
join target_pace as c
    on c.basis = t.basis and c.indicator = t.indicator and c.commitment = t.commitment and c.period = t.period
    and c.subject = 'city'
join plan_indicator as i on i.indicator = t.indicator
join like_for_like as l
    on l.basis = t.basis and l.indicator = t.indicator and l.commitment = t.commitment and l.period = t.period
    and l.subject = 'city'
left join summed as s
    on s.basis = t.basis and s.indicator = t.indicator and s.period = t.period and s.subject = t.subject
left join case_verdict as now
    on now.basis = s.basis and now.indicator = s.indicator and now.commitment = t.commitment
    and now.period = s.period and now.subject = s.subject and now.extent = 'actual'
left join case_verdict as past
    on past.basis = s.basis and past.indicator = s.indicator and past.commitment = t.commitment
    and past.period = s.previous and past.subject = s.subject and past.extent = 'actual'
where t.subject <> 'city'
