-- Grain: basis × indicator × commitment × period, for promises that each subject must keep.
-- judged: subjects that count, i.e. not 不适用 and with something to divide by; meeting: those that keep it.
-- actual, low, high: the worst verdict among the filed ones, and with the missing ones at either end of
-- what is plausible of them; blank where a missing one's past is unknown, unless one that filed is red already.
-- low_meeting, high_meeting: how many would keep it at the two ends; a missing one without a past may or may not.
-- Columns: basis, indicator, commitment, period, judged, meeting, low_meeting, high_meeting, actual, low, high
with seen as (
    select
        t.basis, t.indicator, t.commitment, t.period,
        v.answered = 1 as answered,
        coalesce(p.has_nothing, false) as has_nothing,
        a.meets,
        case when v.answered = 1 then a.meets else coalesce(l.meets and h.meets, false) end as low_meets,
        case when v.answered = 1 then a.meets else coalesce(l.meets or h.meets, true) end as high_meets,
        a.verdict as actual, a.weight as actual_weight,
        case when v.answered = 1 then a.verdict else l.verdict end as low,
        case when v.answered = 1 then a.weight else l.weight end as low_weight,
        case when v.answered = 1 then a.verdict else h.verdict end as high,
        case when v.answered = 1 then a.weight else h.weight end as high_weight
    from target_pace as t
    join plan_indicator as i on i.indicator = t.indicator and i.scope = 'each'
    join subject_value as v
        on v.basis = t.basis and v.indicator = t.indicator and v.period = t.period and v.subject = t.subject
    left join plausible as p
        on p.basis = t.basis and p.indicator = t.indicator and p.period = t.period and p.subject = t.subject
    left join case_verdict as a
        on a.basis = t.basis and a.indicator = t.indicator and a.commitment = t.commitment
        and a.period = t.period and a.subject = t.subject and a.extent = 'actual'
    left join case_verdict as l
        on l.basis = t.basis and l.indicator = t.indicator and l.commitment = t.commitment
        and l.period = t.period and l.subject = t.subject and l.extent = 'low'
    left join case_verdict as h
        on h.basis = t.basis and h.indicator = t.indicator and h.commitment = t.commitment
        and h.period = t.period and h.subject = t.subject and h.extent = 'high'
    where t.subject <> 'city' and t.rule not in ('none', 'no_subtarget')
        and not (v.answered = 1 and a.verdict is null)
)
select
    basis, indicator, commitment, period,
    count(*) as judged,
    count(*) filter (meets) as meeting,
    count(*) filter (low_meets) as low_meeting,
    count(*) filter (high_meets) as high_meeting,
    arg_max(actual, actual_weight) as actual,
    case
        when max(low_weight) = 30 or bool_and(low is not null or has_nothing) then arg_max(low, low_weight)
    end as low,
    case
        when max(high_weight) = 30 or bool_and(high is not null or has_nothing) then arg_max(high, high_weight)
    end as high
from seen
group by basis, indicator, commitment, period
