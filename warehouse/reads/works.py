"""Money and works: what each project has been given, has spent and has built; what aid comes to per pupil.

Import it beside `read`: `from warehouse import read, read_works`.
"""

from __future__ import annotations

import duckdb
import pandas as pd

from warehouse.frames import frame

Con = duckdb.DuckDBPyConnection


def projects(con: Con, basis: str = "filed") -> pd.DataFrame:
    """Rows of the mart `project_status`, oldest quarter first; the projects in the order of their form."""
    return frame(
        con,
        """
        select s.*
        from project_status as s
        join plan_element as e on e.element = 'project.' || s.project || '.invested'
        where s.basis = $basis
        order by s.period, e.line
        """,
        {"basis": basis},
    )


def together(con: Con, basis: str = "filed") -> pd.DataFrame:
    """All projects as one. Grain: quarter of the plan; columns as in `project_status` where they can be added up.

    A sum is blank unless every project is in it: a part would read like the whole. told, projects: how many are.
    """
    return frame(
        con,
        """
        with added as (
            select
                period,
                count(invested) as told, count(*) as projects, any_value(state) as state,
                case when count(funded) = count(*) then sum(funded) end as funded,
                case when count(invested) = count(*) then sum(invested) end as invested,
                case when count(planned) = count(*) then sum(planned) end as planned,
                case when count(pace) = count(*) then sum(pace) end as pace
            from project_status
            where basis = $basis
            group by period
        )
        select
            *,
            100 * invested / nullif(planned, 0) as invested_share,
            100 * funded / nullif(planned, 0) as funded_share,
            100 * pace / nullif(planned, 0) as pace_share,
            pace_share - invested_share as lag,
            pace - invested as behind,
            funded - invested as unspent
        from added
        order by period
        """,
        {"basis": basis},
    )


def project_cells(con: Con, period: str, basis: str = "filed") -> pd.DataFrame:
    """The cells the project return of one quarter consists of, blank ones too. Grain: entry; totals last."""
    return frame(
        con,
        """
        select b.element, b.state, b.value::double as value, b.text, b.sheet, b.cell, r.number, r.file_name, r.sha256
        from mart_base as b
        join plan_element as e on e.element = b.element
        join receipt as r on r.load_id = b.load_id
        where b.basis = $basis and b.period = $period and b.element like 'project.%'
        order by b.element like 'project.total.%', e.line, length(b.cell), b.cell
        """,
        {"period": period, "basis": basis},
    )


def per_head(con: Con, amount: str, heads: str, basis: str = "filed") -> pd.DataFrame:
    """元 per head: an indicator in 万元 over one of persons. Grain: quarter of the plan × subject (None: the city).

    A subject enters with both numbers or not at all; the city is a ratio of sums over those. state: whole, na
    (不适用), suppressed (保密), nobody (0 heads), part, unreviewed (filed, and only approved ones count), missing. planned: the plan's own money over its own heads. entered of expected
    stand behind the city.
    """
    return frame(
        con,
        """
        with pairs as (
            select
                a.period, a.subject, a.numerator as amount, h.numerator as heads,
                case
                    when a.state = 'whole' and h.state = 'whole' then case when h.numerator > 0 then 'whole' else 'nobody' end
                    when a.state = 'na' and h.state = 'na' then 'na'
                    when 'suppressed' in (a.state, h.state) then 'suppressed'
                    when a.state = 'missing' and h.state = 'missing' then case when f.answered then 'unreviewed' else 'missing' end
                    else 'part'
                end as state
            from unit_value as a
            join unit_value as h on h.basis = a.basis and h.period = a.period and h.subject = a.subject
            join plan_period as p on p.period = a.period and not p.is_baseline
            join unit_value as f on f.basis = 'filed' and f.indicator = $amount and f.period = a.period and f.subject = a.subject
            where a.basis = $basis and a.indicator = $amount and h.indicator = $heads
        ),
        everyone as (
            select
                period, subject, state,
                amount, heads, (state in ('whole', 'nobody', 'na'))::integer as entered, 1 as expected
            from pairs
            union all
            select
                period, null, case when bool_or(state = 'whole') then 'whole' else 'missing' end,
                sum(amount) filter (state in ('whole', 'nobody')), sum(heads) filter (state in ('whole', 'nobody')),
                count(*) filter (state in ('whole', 'nobody', 'na')), count(*)
            from pairs
            group by period
        ),
        plan as (
            select
                10000 * (select value from plan_commitment where indicator = $amount)
                / nullif((select value from plan_commitment where indicator = $heads), 0) as planned
        )
        select
            e.period, e.subject, e.state, e.amount::double as amount, e.heads::double as heads,
            (10000 * e.amount / nullif(e.heads, 0))::double as per_head,
            plan.planned::double as planned, e.entered, e.expected
        from everyone as e
        cross join plan
        left join plan_unit as u on u.unit = e.subject
        order by e.period, e.subject is not null, u.position, e.subject
        """,
        {"amount": amount, "heads": heads, "basis": basis},
    )
