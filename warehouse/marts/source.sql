-- Grain: basis × indicator × period × subject × element × part: the cell a number stands on.
-- entered: it counts: of a subject that has a figure its values, of one that has none its 不适用. What stands beside a
-- figure as 不适用, 保密, or values of a subject that answered only a part, is told and is in no sum.
-- Columns: basis, indicator, period, subject, element, part, state, value, entered, load_id, number, sha256, file_name, sheet, cell
select
    b.basis, p.indicator, b.period, b.subject, b.element, p.part, b.state, b.value,
    (v.state = 'whole' and b.state = 'value') or (v.state = 'na' and b.state = 'na') as entered,
    b.load_id, r.number, r.sha256, r.file_name, b.sheet, b.cell
from mart_base as b
join indicator_part as p on p.element = b.element
join unit_value as v
    on v.basis = b.basis and v.indicator = p.indicator and v.period = b.period and v.subject = b.subject
join receipt as r on r.load_id = b.load_id
where b.state <> 'blank'
