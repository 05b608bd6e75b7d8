-- Grain: basis × indicator × commitment × period × subject; subject is blank for the city, commitment for
-- an indicator nobody promised anything about. Everything a screen says of a number stands in one row.
-- filed, approved, expected: subjects the number stands on, whatever the basis. change: to the quarter before,
-- like for like (see like_for_like), over same_units subjects; blank in the first quarter of what grows within
-- the year. rank: among the subjects with a value, where one of several can be better.
-- low, high, whole_verdict: of the city on partial returns, what it may come to once all have answered (see city_light).
-- numerator, denominator: the sums as reported, also where a promise is counted subject by subject.
-- Columns: basis, indicator, commitment, theme, period, subject, value, measure, target, pace, baseline, change, rank, ranked_of, light, verdict, firm, filed, approved, expected, numerator, denominator, same_units, low, high, whole_verdict
with
everyone as (
    select
        l.basis, l.indicator, l.commitment, l.period, l.subject, v.value, i.measure,
        l.verdict, l.light, l.firm, v.numerator, v.denominator, false as is_each,
        null::double as low, null::double as high, null::varchar as whole_verdict
    from unit_light as l
    join unit_value as v
        on v.basis = l.basis and v.indicator = l.indicator and v.period = l.period and v.subject = l.subject
    join plan_indicator as i on i.indicator = l.indicator
    union all
    select
        l.basis, l.indicator, l.commitment, l.period, 'city', v.value, v.measure,
        l.verdict, l.light, l.firm, v.numerator, v.denominator, i.scope = 'each', l.low, l.high, l.whole_verdict
    from city_light as l
    join city_value as v
        on v.basis = l.basis and v.indicator = l.indicator and v.commitment = l.commitment and v.period = l.period
    join plan_indicator as i on i.indicator = l.indicator
),
ranked as (
    select
        e.*,
        i.theme,
        case
            when e.value is not null and i.better <> 'neither' then rank() over (
                partition by e.basis, e.indicator, e.commitment, e.period, e.subject = 'city'
                order by case when i.better = 'lower' then e.value else -e.value end nulls last
            )
        end as rank,
        count(e.value) over (partition by e.basis, e.indicator, e.commitment, e.period, e.subject = 'city') as ranked_of
    from everyone as e
    join plan_indicator as i on i.indicator = e.indicator
),
counted as (
    select
        v.indicator, v.period, v.subject,
        sum(v.answered) filter (v.basis = 'filed') as filed,
        sum(v.answered) filter (v.basis = 'approved') as approved,
        any_value(v.expected) as expected
    from subject_value as v
    group by all
)
select
    now.basis, now.indicator, nullif(now.commitment, '') as commitment, now.theme, now.period,
    nullif(now.subject, 'city') as subject,
    now.value, now.measure,
    case when now.is_each then each.target else t.target end::double as target,
    t.pace::double as pace,
    case when now.is_each then base.value else t.base_num::double / t.base_den end as baseline,
    l.change,
    case when now.subject <> 'city' and now.ranked_of > 1 then now.rank end as rank,
    case when now.subject <> 'city' and now.ranked_of > 1 and now.rank is not null then now.ranked_of end as ranked_of,
    now.light, now.verdict, now.firm,
    c.filed::integer as filed, c.approved::integer as approved, c.expected::integer as expected,
    now.numerator, now.denominator, l.same_units, now.low, now.high, now.whole_verdict
from ranked as now
join target_pace as t
    on t.basis = now.basis and t.indicator = now.indicator and t.commitment = now.commitment
    and t.period = now.period and t.subject = now.subject
join counted as c on c.indicator = now.indicator and c.period = now.period and c.subject = now.subject
join like_for_like as l
    on l.basis = now.basis and l.indicator = now.indicator and l.commitment = now.commitment
    and l.period = now.period and l.subject = now.subject
left join city_value as each
    on each.basis = now.basis and each.indicator = now.indicator and each.commitment = now.commitment
    and each.period = now.period
left join everyone as base
    on base.basis = now.basis and base.indicator = now.indicator and base.commitment = now.commitment
    and base.subject = now.subject and base.period = (select period from plan_period where is_baseline)
