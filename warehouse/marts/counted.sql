-- Grain: indicator: what it counts above the line. measure: of those elements, e.g. person where the indicator is a share of
-- children; place for several. is_whole: only whole things are counted.
-- Columns: indicator, measure, is_whole
select
    p.indicator,
    case when count(distinct e.measure) = 1 then any_value(e.measure) else 'place' end as measure,
    bool_and(e.kind = 'integer') as is_whole
from indicator_part as p
join plan_element as e on e.element = p.element
where p.part = 'numerator'
group by p.indicator
