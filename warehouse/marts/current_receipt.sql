-- Grain: basis × reporter × form × period: the receipt that speaks for it.
-- The latest received wins, not the latest loaded: an old file replayed does not beat its correction.
-- Returned and withdrawn ones never speak; on the basis 'approved' only approved and locked ones do.
-- Columns: basis, reporter, form, period, load_id, received_at
with speaking (basis, state) as (
    values ('filed', 'filed'), ('filed', 'approved'), ('filed', 'locked'), ('approved', 'approved'), ('approved', 'locked')
)
select
    s.basis, r.reporter, r.form, r.period,
    arg_max(r.load_id, (r.received_at, r.load_id)) as load_id,
    max(r.received_at) as received_at
from receipt_state as r
join speaking as s on s.state = r.state
group by s.basis, r.reporter, r.form, r.period
