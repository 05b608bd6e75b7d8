-- Grain: basis × indicator × commitment × period × subject; subject is blank for the city, commitment for
-- an indicator nobody promised anything about. Everything a screen says of a number stands in one row.
-- filed, approved, expected: subjects the number stands on, whatever the basis. change: to the quarter before,
-- like for like (see like_for_like), over same_units subjects; blank in the first quarter of what grows within
-- the year. rank: among the subjects with a value, where one of several can be better.
-- low, high, whole_verdict: of the city on partial returns, what it may come to once all have answered (see city_light).
-- numerator, denominator: the sums as reported, also where a promise is counted subject by subject.
-- Columns: basis, indicator, commitment, theme, period, subject, value, measure, target, pace, baseline, change, rank, ranked_of, light, verdict, firm, filed, approved, expected, numerator, denominator, same_units, low, high, whole_verdict
with places as (
    select
        j.basis, j.indicator, j.commitment, j.period, j.subject,
        rank() over (everyone order by case when i.better = 'lower' then j.value else -j.value end) as rank,
        count(*) over everyone as ranked_of
    from judged_unit as j
    join plan_indicator as i on i.indicator = j.indicator and i.better <> 'neither'
    where j.value is not null
    window everyone as (partition by j.basis, j.indicator, j.commitment, j.period)
)
select * from judged_of_city
union all
select
    j.basis, j.indicator, nullif(j.commitment, ''), j.theme, j.period, j.subject,
    j.value, j.measure, j.target, j.pace, j.baseline, j.change, p.rank, p.ranked_of,
    j.light, j.verdict, j.firm, j.filed, j.approved, j.expected, j.numerator, j.denominator, j.same_units, null, null, null
from judged_unit as j
left join places as p
    on p.basis = j.basis and p.indicator = j.indicator and p.commitment = j.commitment
    and p.period = j.period and p.subject = j.subject and p.ranked_of > 1
