-- Grain: basis × period × project, for every quarter of the plan, whether its return came or not.
-- Money in 万元 and floor area in 平方米 since 1 January, as the project return of that very quarter says: a blank
-- is not 0. planned, planned_area: what the promise about that one number says; pace, lights and verdicts are its too.
-- shares in percent of what is planned; lags in points behind the pace, below 0 where it runs ahead.
-- unspent: received and not yet spent. unit costs in 元 per 平方米, their gap in percent of the planned one.
-- state: of the quarter's return, whatever the basis; said: it gave this project's money or stage.
-- Columns: basis, period, project, state, said, funded, invested, area, stage, started, finished, planned, planned_area, pace, area_pace, light, verdict, area_light, area_verdict, funded_share, invested_share, pace_share, area_share, area_pace_share, lag, area_lag, behind, unspent, planned_unit_cost, unit_cost, unit_cost_gap, load_id, sheet
with
entry as (
    select
        element, form, line,
        split_part(element, '.', 2) as project,
        split_part(element, '.', 3) as entry
    from plan_element
    where element like 'project.%' and split_part(element, '.', 2) <> 'total'
),
project as (
    select project, min(form) as form, min(line) as line from entry group by project
),
given as (
    select
        b.basis, b.period, e.project,
        max(b.value) filter (e.entry = 'funded') as funded,
        max(b.value) filter (e.entry = 'invested') as invested,
        max(b.value) filter (e.entry = 'area') as area,
        max(b.text) filter (e.entry = 'stage') as stage,
        max(b.text) filter (e.entry = 'started') as started,
        max(b.text) filter (e.entry = 'finished') as finished,
        max(b.load_id) as load_id,
        any_value(b.sheet) as sheet
    from mart_base as b
    join entry as e on e.element = b.element
    where b.state = 'value'
    group by all
),
-- An indicator that adds several entries up says nothing of any one of them.
alone as (
    select indicator, any_value(element) as element from indicator_part group by indicator having count(*) = 1
),
promised as (
    select j.basis, j.period, e.project, e.entry, j.target, j.pace, j.light, j.verdict
    from alone as a
    join entry as e on e.element = a.element
    join judged_of_city as j on j.indicator = a.indicator and j.target is not null
),
placed as (
    select
        basis.basis, p.period, w.project, w.line,
        coalesce(r.state, 'missing') as state,
        g.invested is not null or g.stage is not null as said,
        g.funded::double as funded, g.invested::double as invested, g.area::double as area, g.stage,
        try_cast(g.started as date) as started, try_cast(g.finished as date) as finished,
        m.target as planned, a.target as planned_area, m.pace, a.pace as area_pace,
        m.light, m.verdict, a.light as area_light, a.verdict as area_verdict,
        g.load_id, g.sheet
    from (values ('filed'), ('approved')) as basis (basis)
    cross join plan_period as p
    cross join project as w
    left join given as g on g.basis = basis.basis and g.period = p.period and g.project = w.project
    left join promised as m
        on m.basis = basis.basis and m.period = p.period and m.project = w.project and m.entry = 'invested'
    left join promised as a
        on a.basis = basis.basis and a.period = p.period and a.project = w.project and a.entry = 'area'
    left join (
        select period, form, any_value(state) as state from reporting_status group by period, form having count(*) = 1
    ) as r on r.period = p.period and r.form = w.form
    where not p.is_baseline
)
select
    basis, period, project, state, said,
    funded, invested, area, stage, started, finished, planned, planned_area, pace, area_pace,
    light, verdict, area_light, area_verdict,
    100 * funded / nullif(planned, 0) as funded_share,
    100 * invested / nullif(planned, 0) as invested_share,
    100 * pace / nullif(planned, 0) as pace_share,
    100 * area / nullif(planned_area, 0) as area_share,
    100 * area_pace / nullif(planned_area, 0) as area_pace_share,
    pace_share - invested_share as lag,
    area_pace_share - area_share as area_lag,
    pace - invested as behind,
    funded - invested as unspent,
    10000 * planned / nullif(planned_area, 0) as planned_unit_cost,
    10000 * invested / nullif(area, 0) as unit_cost,
    100 * (unit_cost - planned_unit_cost) / nullif(planned_unit_cost, 0) as unit_cost_gap,
    load_id, sheet
from placed
