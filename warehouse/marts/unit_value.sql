-- Grain: basis × indicator × period × expected subject; a row also for one that answered nothing.
-- A subject enters whole or not at all. state: whole, na, suppressed, part, missing. All parts answered is an answer: whole where there
-- is a figure to count, and one to divide by if it takes that; na where 不适用 leaves none. Beside a figure, 不适用 adds nothing.
-- One of 保密 beside answers makes it suppressed: no part of it enters a sum and it counts as not answered.
-- An na counts as answered and enters no sum. value is blank where there is nothing to divide by.
-- num / den is the value, exact: den is 1 for sums, blank where there is nothing to divide by.
-- Columns: basis, indicator, period, subject, state, answered, numerator, denominator, num, den, value
with given as (
    -- Whoever owes it has a row, also without an entry.
    select
        basis.basis, s.indicator, q.period, s.subject,
        count(*) as parts,
        count(*) filter (b.state = 'value') as valued,
        count(*) filter (b.state = 'na') as not_applicable,
        count(*) filter (b.state = 'suppressed') as kept_back,
        count(*) filter (b.state = 'value' and p.part = 'numerator') as numerators,
        count(*) filter (b.state = 'value' and p.part = 'denominator') as denominators,
        sum(b.value) filter (b.state = 'value' and p.part = 'numerator') as numerator,
        sum(b.value) filter (b.state = 'value' and p.part = 'denominator') as denominator
    from (values ('filed'), ('approved')) as basis (basis)
    cross join plan_period as q
    cross join indicator_subject as s
    join indicator_part as p on p.indicator = s.indicator
    left join mart_base as b
        on b.basis = basis.basis and b.period = q.period and b.subject = s.subject and b.element = p.element
    group by all
),
stated as (
    select
        g.basis, g.indicator, g.period, g.subject, i.scale,
        case
            when g.valued + g.not_applicable = g.parts and g.numerators > 0 and (g.denominators > 0 or not i.is_ratio) then 'whole'
            when g.valued + g.not_applicable = g.parts then 'na'
            when g.kept_back > 0 and g.valued + g.not_applicable + g.kept_back = g.parts then 'suppressed'
            when g.valued + g.not_applicable + g.kept_back > 0 then 'part'
            else 'missing'
        end as state,
        case when state = 'whole' then g.numerator end as numerator,
        case when state = 'whole' then g.denominator end as denominator,
        i.is_ratio
    from given as g
    join plan_indicator as i on i.indicator = g.indicator
)
select
    basis, indicator, period, subject, state,
    state in ('whole', 'na') as answered,
    numerator, denominator,
    (scale * numerator)::decimal(28, 4) as num,
    case when is_ratio then nullif(denominator, 0) when numerator is not null then 1 end::decimal(28, 4) as den,
    (scale * numerator)::double / case when is_ratio then nullif(denominator, 0) else 1 end as value
from stated
