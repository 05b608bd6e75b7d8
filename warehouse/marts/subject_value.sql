-- Grain: basis × indicator × period × subject, the whole city among them as 'city'.
-- num / den is the value, exact (den is 1 for sums, blank where there is nothing to divide by).
-- Columns: basis, indicator, period, subject, state, answered, expected, numerator, denominator, num, den
select
    basis, indicator, period, subject, state, answered::integer as answered, 1 as expected, numerator, denominator, num, den
from unit_value
union all
select basis, indicator, period, 'city', state, answered, expected, numerator, denominator, num, den
from city_sum
