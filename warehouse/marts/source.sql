-- Grain: basis × indicator × period × subject × element × part: the cell a number stands on.
-- entered: the subject answered the whole of it, so that its cells are in the sums; 不适用 has a cell and no value.
-- Columns: basis, indicator, period, subject, element, part, state, value, entered, load_id, number, sha256, file_name, sheet, cell
select
    b.basis, p.indicator, b.period, b.subject, b.element, p.part, b.state, b.value,
    v.answered as entered,
    b.load_id, r.number, r.sha256, r.file_name, b.sheet, b.cell
from mart_base as b
join indicator_part as p on p.element = b.element
join unit_value as v
    on v.basis = b.basis and v.indicator = p.indicator and v.period = b.period and v.subject = b.subject
join receipt as r on r.load_id = b.load_id
where b.state <> 'blank'
