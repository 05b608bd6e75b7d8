-- Grain: basis × indicator × commitment × period of the plan × subject, 'city' among them: where the year would end if
-- the average increase per quarter so far went on for each subject. An arithmetic continuation, never a light.
-- points: quarters of the plan up to `period` in which the subject answered whole; the baseline quarter too where
-- only states at a quarter's end are counted. What grows from 0 within the year starts there; that start is no point.
-- The city needs two points of everybody, save those whose latest answer is 不适用; it shows the fewest. Numerator and
-- denominator go on each by itself and never below 0; a percentage never passes 100, nor full coverage its target.
-- carried: subjects missing in `period` that go on from their last answer. Counted things are rounded to whole ones.
-- reaches: against the target; lacking: what it would miss by. Both blank where no target stands in figures.
-- reason: why there is no value: too_few_points, year_over (nothing left to go on), not_projected (zero, done once,
-- events, counts of units that keep a promise, 不适用); '' where there is one.
-- Columns: basis, indicator, commitment, period, subject, points, carried, projected, target, reaches, lacking, reason
with
made_of as (
    select
        p.indicator,
        bool_and(e.nature = 'flow') filter (p.part = 'numerator') as num_flows,
        coalesce(bool_and(e.nature = 'flow') filter (p.part = 'denominator'), false) as den_flows,
        bool_and(e.nature = 'stock') as all_states,
        bool_and(e.kind = 'integer') filter (p.part = 'numerator') as is_whole
    from indicator_part as p
    join plan_element as e on e.element = p.element
    group by p.indicator
),
plan_end as (
    select max(period) as last, max_by(year, period) as year, max_by(quarter, period) as quarter from plan_period
),
quarters as (
    -- n: quarters since 1 January of the plan's year.
    select p.period, p.is_baseline, 4 * (p.year - e.year) + p.quarter as n, e.quarter as n_end
    from plan_period as p
    cross join plan_end as e
),
answers as (
    select
        v.*, q.n, m.num_flows, m.den_flows,
        v.state = 'whole' and (m.all_states or not q.is_baseline) as is_point
    from unit_value as v
    join quarters as q on q.period = v.period
    join made_of as m on m.indicator = v.indicator
),
so_far as (
    select
        a.basis, a.indicator, a.subject, o.period, o.n as n_now, o.n_end, a.num_flows, a.den_flows,
        count(*) filter (a.is_point) as points,
        coalesce(arg_max(a.state, a.n) filter (a.answered) = 'na', false) as has_nothing,
        min(a.n) filter (a.is_point) as n1,
        max(a.n) filter (a.is_point) as n2,
        arg_min(a.numerator, a.n) filter (a.is_point)::double as num1,
        arg_max(a.numerator, a.n) filter (a.is_point)::double as num2,
        arg_min(a.denominator, a.n) filter (a.is_point)::double as den1,
        arg_max(a.denominator, a.n) filter (a.is_point)::double as den2
    from answers as a
    join quarters as o on o.n >= a.n and not o.is_baseline
    group by all
),
gone_on as (
    select
        s.basis, s.indicator, s.subject, s.period, s.points, s.has_nothing,
        s.points >= 2 and s.n2 < s.n_now and not s.has_nothing as is_carried,
        greatest(0, s.num2 + (s.n_end - s.n2) * case when s.num_flows then s.num2 / s.n2 else (s.num2 - s.num1) / (s.n2 - s.n1) end) as num,
        greatest(0, s.den2 + (s.n_end - s.n2) * case when s.den_flows then s.den2 / s.n2 else (s.den2 - s.den1) / (s.n2 - s.n1) end) as den
    from so_far as s
    where s.points >= 2
    union all
    select basis, indicator, subject, period, points, has_nothing, false, null, null from so_far where points < 2
),
capped as (
    -- No subject has more above the line than below it where a share of a whole is meant.
    select
        g.basis, g.indicator, g.subject, g.period, g.points, g.has_nothing, g.is_carried, g.den,
        case when i.measure = 'percent' and i.is_ratio then least(g.num, g.den * 100 / i.scale) else g.num end as num
    from gone_on as g
    join plan_indicator as i on i.indicator = g.indicator
),
everyone as (
    select basis, indicator, subject, period, points, is_carried::integer as carried, has_nothing, num, den from capped
    union all
    select
        basis, indicator, 'city', period,
        coalesce(min(points) filter (not has_nothing), 0),
        count(*) filter (is_carried),
        bool_and(has_nothing),
        sum(num) filter (not has_nothing),
        sum(den) filter (not has_nothing)
    from capped
    group by basis, indicator, period
),
reasoned as (
    select
        t.basis, t.indicator, t.commitment, t.period, t.subject, t.target, t.sign, t.operator, c.nature,
        e.points, e.carried, e.num, e.den, i.scale, i.is_ratio, m.is_whole,
        case
            when r.rule in ('zero', 'deadline') or t.rule = 'each' or i.measure = 'event' or e.has_nothing then 'not_projected'
            when t.period = (select last from plan_end) then 'year_over'
            when e.points < 2 then 'too_few_points'
            when i.is_ratio and e.den = 0 then 'not_projected'
            else ''
        end as reason
    from target_pace as t
    join indicator_rule as r on r.indicator = t.indicator and r.commitment = t.commitment
    join plan_indicator as i on i.indicator = t.indicator
    join made_of as m on m.indicator = t.indicator
    join everyone as e
        on e.basis = t.basis and e.indicator = t.indicator and e.period = t.period and e.subject = t.subject
    left join plan_commitment as c on c.commitment = t.commitment
),
valued as (
    select
        *,
        case
            when reason <> '' then null
            when is_ratio then round(scale * num / den, 6)
            when is_whole then round(scale * num)
            else round(scale * num, 4)
        end as unbounded
    from reasoned
),
bounded as (
    select
        *,
        case
            when sign = 1 and (operator = 'eq' or nature = 'full') and unbounded > target then target
            else unbounded
        end::double as projected
    from valued
)
select
    basis, indicator, commitment, period, subject, points::integer as points, carried::integer as carried,
    projected, target::double as target,
    sign * (projected - target::double) >= 0 as reaches,
    case when sign * (projected - target::double) < 0 then sign * (target::double - projected) end as lacking,
    reason
from bounded
