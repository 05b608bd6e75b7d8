-- Grain: basis × indicator × commitment × period: the rows of `judged` about the city, without a look at any unit's.
-- Columns: basis, indicator, commitment, theme, period, subject, value, measure, target, pace, baseline, change, rank, ranked_of, light, verdict, firm, filed, approved, expected, numerator, denominator, same_units, low, high, whole_verdict
select
    basis, indicator, nullif(commitment, '') as commitment, theme, period, null::varchar as subject,
    value, measure, target, pace, baseline, change, null::bigint as rank, null::bigint as ranked_of,
    light, verdict, firm, filed, approved, expected, numerator, denominator, same_units, low, high, whole_verdict
from judged_city
