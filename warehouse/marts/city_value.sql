-- Grain: basis × indicator × commitment × period, whole city: the number, what it is held against, how many it stands on.
-- For whoever reads the version from outside; city_light has the same numbers with their lights.
-- Columns: basis, indicator, commitment, period, value, measure, target, numerator, denominator, answered, expected
select
    l.basis, l.indicator, l.commitment, l.period, l.value, l.measure, l.target, l.numerator, l.denominator, s.answered, s.expected
from city_light as l
join city_sum as s on s.basis = l.basis and s.indicator = l.indicator and s.period = l.period
