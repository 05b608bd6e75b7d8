-- Grain: indicator × period: how many subjects owe it, how many answered, how many of these are approved.
-- Columns: indicator, period, expected, filed, approved
select
    indicator, period,
    count(*) filter (basis = 'filed') as expected,
    count(*) filter (basis = 'filed' and answered) as filed,
    count(*) filter (basis = 'approved' and answered) as approved
from unit_value
group by indicator, period
