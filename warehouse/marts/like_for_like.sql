-- Grain: basis × indicator × commitment × period × subject, the whole city among them as 'city': the change to the
-- quarter before over exactly those subjects that answered in both quarters (see unit_change, city_change).
-- same_units: how many answered in both, of those expected.
-- Columns: basis, indicator, commitment, period, subject, change, same_units, expected
select
    c.basis, c.indicator, r.commitment, c.period, c.subject, c.change, c.same::integer as same_units, 1::integer as expected
from unit_change as c
join indicator_rule as r on r.indicator = c.indicator
union all
select basis, indicator, commitment, period, 'city', change, same_units, expected from city_change
