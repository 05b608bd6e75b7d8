-- Grain: basis × period of the plan × subject × element: the entry that counts. Blank, 不适用 and 0 stay apart.
-- Of several receipts about one entry the latest received counts.
-- Columns: basis, period, subject, element, state, value, text, load_id, sheet, cell
select
    r.basis, r.period, f.subject, f.element,
    unnest(
        arg_max(
            {state: f.state, value: f.value, text: f.text, load_id: f.load_id, sheet: f.sheet, cell: f.cell},
            (r.received_at, f.load_id)
        )
    )
from current_receipt as r
semi join plan_period as p on p.period = r.period
join fact as f on f.load_id = r.load_id and f.period = r.period
group by r.basis, r.period, f.subject, f.element
