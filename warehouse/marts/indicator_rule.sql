-- Grain: indicator × commitment; an indicator nobody promised anything about has one row, commitment ''.
-- rule: how it is judged: pace, threshold, frequency, deadline, zero,
-- direction, none. sign: 1 where more is
-- better, -1 where less is. starts_at_zero: pace counts from 0, not from the baseline.
-- Columns: indicator, commitment, theme, scope, measure, scale, better, is_ratio, accumulates, due_from, operator, target, due_share, rule, sign, starts_at_zero
select
    i.indicator,
    coalesce(c.commitment, '') as commitment,
    i.theme, i.scope, i.measure, i.scale, i.better, i.is_ratio, i.accumulates, i.due_from,
    c.operator,
    c.value as target,
    c.due_share,
    case
        when c.operator in ('up', 'down') then 'direction'
        when c.operator = 'count' or c.value is null then 'none'
        else c.light
    end as rule,
    case when c.operator in ('le', 'down') or c.light = 'zero' or (c.operator = 'eq' and c.value = 0) then -1 else 1 end as sign,
    i.accumulates or coalesce(c.nature = 'flow', false) as starts_at_zero
from plan_indicator as i
left join plan_commitment as c on c.indicator = i.indicator
