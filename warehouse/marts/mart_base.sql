-- Grain: basis × period of the plan × subject × element: the entry that counts. Blank, 不适用 and 0 stay apart.
-- Columns: basis, period, subject, element, state, value, text, load_id, sheet, cell
select r.basis, r.period, f.subject, f.element, f.state, f.value, f.text, f.load_id, f.sheet, f.cell
from current_receipt as r
semi join plan_period as p on p.period = r.period
join fact as f on f.load_id = r.load_id and f.period = r.period
qualify row_number() over (
    partition by r.basis, r.period, f.subject, f.element order by r.received_at desc, f.load_id desc
) = 1
