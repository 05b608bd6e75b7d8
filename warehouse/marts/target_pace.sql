-- Grain: basis × indicator × commitment × period × subject ('city' among them): what it is held against.
-- rule: as in indicator_rule, or 'each' for a city that is judged unit by unit, or 'no_subtarget' for a
-- unit the plan sets nothing. due: the number is to be judged in that quarter. is_over: the promise's own
-- term has ended by then. green_at, yellow_at: from there on the light is green, or yellow.
-- pace: 序时进度, our straight line; blank where none can be drawn and before the number is due. A limit (at most so much)
-- has one only where the value must still come down to it; how often something may happen is not spread over the year.
-- Columns: basis, indicator, commitment, period, subject, rule, operator, sign, due, is_over, target, green_at, yellow_at, pace, tolerance, base_num, base_den, base_whole
with
alone as (
    select indicator, any_value(subject) as subject from indicator_subject group by indicator having count(*) = 1
),
subjects as (
    select indicator, 'city' as subject, true as is_own from plan_indicator
    union all
    -- A bureau or project promise is that of the one who reports it; so is a sum that one department reports alone.
    select s.indicator, s.subject, a.subject is not null and (i.scope in ('bureau', 'project') or u.unit is null)
    from indicator_subject as s
    join plan_indicator as i on i.indicator = s.indicator
    left join alone as a on a.indicator = s.indicator
    left join plan_unit as u on u.unit = s.subject
),
aimed as (
    select
        r.*, s.subject,
        case
            when s.subject = 'city' and r.scope = 'each' then null
            when s.is_own or r.scope = 'each' then r.target
            else t.value
        end as aim,
        case
            when r.rule = 'none' then 'none'
            when s.subject = 'city' and r.scope = 'each' then 'each'
            when r.rule = 'direction' then 'direction'
            when aim is null then 'no_subtarget'
            else r.rule
        end as own_rule
    from indicator_rule as r
    join subjects as s on s.indicator = r.indicator
    left join subtarget as t on t.commitment = r.commitment and t.unit = s.subject
),
placed as (
    select
        basis.basis, p.period, a.*,
        not p.is_baseline and p.quarter >= a.due_from as due,
        least(1, p.share / a.due_share)::decimal(9, 6) as share,
        b.base_num, b.base_den, b.is_whole as base_whole,
        (b.base_num / b.base_den)::decimal(18, 6) as base,
        case when a.starts_at_zero then 0 else coalesce(base, 0) end::decimal(18, 6) as start,
        a.sign * (a.aim - start) > 0 as has_way_to_go,
        (l.pace_yellow_within / 100)::decimal(9, 6) as pace_slack,
        case
            when a.measure = 'percent' then l.threshold_yellow_within
            when a.measure = 'ratio' then l.threshold_yellow_within / 100
            else abs(a.aim) * l.threshold_yellow_within / 100
        end::decimal(18, 6) as tolerance
    from aimed as a
    cross join (values ('filed'), ('approved')) as basis (basis)
    cross join plan_period as p
    cross join light_rule as l
    left join baseline_value as b
        on b.basis = basis.basis and b.indicator = a.indicator and b.subject = a.subject
)
select
    basis, indicator, commitment, period, subject, own_rule as rule, operator, sign, due, share >= 1 as is_over,
    aim as target,
    case
        when own_rule = 'pace' and has_way_to_go then start + (aim - start) * share
        when own_rule = 'frequency' and sign > 0 then aim * share
        when own_rule in ('pace', 'threshold', 'deadline', 'zero', 'frequency') then aim
    end::decimal(18, 6) as green_at,
    case
        when own_rule = 'pace' and has_way_to_go then start + (aim - start) * (share - pace_slack)
        when own_rule = 'pace' then aim - sign * abs(aim) * pace_slack
        when own_rule = 'threshold' then aim - sign * tolerance
    end::decimal(18, 6) as yellow_at,
    case
        when not due then null
        when sign < 0 and own_rule <> 'zero' and not has_way_to_go then null
        when own_rule in ('pace', 'frequency', 'zero') then green_at
        when own_rule = 'threshold' and is_ratio and scope <> 'each' then base + (aim - base) * share
    end::decimal(18, 6) as pace,
    tolerance, base_num, base_den, base_whole
from placed
