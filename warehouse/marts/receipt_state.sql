-- Grain: receipt. Its latest review says how it stands; without one it is filed.
-- Columns: load_id, number, form, reporter, period, received_at, sha256, file_name, state, decided_at, by_whom, reason
with latest as (
    select
        load_id,
        arg_max(state, event_id) as state,
        arg_max(decided_at, event_id) as decided_at,
        arg_max(by_whom, event_id) as by_whom,
        arg_max(reason, event_id) as reason
    from review
    group by load_id
)
select
    load_id, number, form, reporter, period, received_at, sha256, file_name,
    coalesce(state, 'filed') as state, decided_at, by_whom, reason
from receipt
left join latest using (load_id)
