-- Grain: basis × period × task × department named in it; blanks where it said nothing.
-- cell: where the status stands, else the first of its entries.
-- Columns: basis, period, task, department, status, done, problem, next, load_id, sheet, cell
with said as (
    select
        basis, period, subject as department,
        split_part(element, '.', 2)::integer as task,
        split_part(element, '.', 3) as entry,
        text, load_id, sheet, cell
    from mart_base
    where element like 'task.%' and state = 'value'
),
told as (
    select
        basis, period, task, department,
        max(text) filter (entry = 'status') as status,
        max(text) filter (entry = 'done') as done,
        max(text) filter (entry = 'problem') as problem,
        max(text) filter (entry = 'next') as next,
        any_value(load_id) as load_id,
        arg_min(sheet, (entry <> 'status', length(cell), cell)) as sheet,
        arg_min(cell, (entry <> 'status', length(cell), cell)) as cell
    from said
    group by all
)
select
    basis.basis, p.period, d.task, d.department, t.status, t.done, t.problem, t.next, t.load_id, t.sheet, t.cell
from (values ('filed'), ('approved')) as basis (basis)
cross join plan_period as p
cross join task_department as d
left join told as t
    on t.basis = basis.basis and t.period = p.period and t.task = d.task and t.department = d.department
