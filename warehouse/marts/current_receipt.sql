-- Grain: basis × reporter × form × period: the receipt that speaks for it.
-- The latest received wins, not the latest loaded: an old file replayed does not beat its correction.
-- Returned and withdrawn ones never speak; on the basis 'approved' only approved and locked ones do.
-- Columns: basis, reporter, form, period, load_id, received_at
with speaking as (
    select 'filed' as basis, * from receipt_state where state in ('filed', 'approved', 'locked')
    union all
    select 'approved' as basis, * from receipt_state where state in ('approved', 'locked')
)
select basis, reporter, form, period, load_id, received_at
from speaking
qualify row_number() over (
    partition by basis, reporter, form, period order by received_at desc, load_id desc
) = 1
