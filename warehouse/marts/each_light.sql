-- Grain: basis × indicator × commitment × period, for promises that each subject must keep.
-- judged: subjects that count, i.e. not 不适用 and with something to divide by; meeting: those that keep it.
-- actual, low, high: the worst verdict among the filed ones, and with the missing ones at either end of
-- what is plausible of them; blank where a missing one's past is unknown, unless one that filed is red already.
-- low_meeting, high_meeting: how many would keep it at the two ends; a missing one without a past may or may not.
-- Columns: basis, indicator, commitment, period, judged, meeting, low_meeting, high_meeting, actual, low, high
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
from each_unit
where not (answered and actual is null)
group by basis, indicator, commitment, period
