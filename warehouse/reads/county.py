"""One unit: its place among the others, and what was found in its returns."""

from __future__ import annotations

import duckdb
import pandas as pd

from catalogue.period import Period
from warehouse.frames import frame
from warehouse.judged import of_units


def places(con: duckdb.DuckDBPyConnection, unit: str, basis: str, period: str | None = None) -> pd.DataFrame:
    """Grain: indicator × period in which the unit has a value; of one period or (None) all.

    alike: how many units have this value, it among them. moved: ranks gained since the quarter before among the units
    that have a value in both quarters, so that one that is late moves nobody; NaN where it has none before, is alone,
    or neither is better.
    """
    before = str(Period.parse(period).previous) if period else None
    return of_units(
        con,
        lambda units: (
            f"""
        with valued as (
            select j.indicator, j.period, j.subject, j.value, p.previous,
                case i.better when 'higher' then 1 when 'lower' then -1 end as sign
            from {units} as j
            join plan_period as p on p.period = j.period
            join plan_indicator as i on i.indicator = j.indicator
            where j.basis = $basis and j.value is not null and {"j.period in ($period, $before)" if period else "true"}
        )
        select
            mine.indicator, mine.period,
            count(*) filter (other.value = mine.value)::integer as alike,
            case when any_value(past.value) is not null and mine.sign is not null and count(earlier.value) > 1 then
                count(*) filter (mine.sign * (earlier.value - past.value) > 0)
                - count(*) filter (earlier.value is not null and mine.sign * (other.value - mine.value) > 0)
            end::double as moved
        from valued as mine
        join valued as other on other.indicator = mine.indicator and other.period = mine.period
        left join valued as past
            on past.indicator = mine.indicator and past.period = mine.previous and past.subject = mine.subject
        left join valued as earlier
            on earlier.indicator = mine.indicator and earlier.period = mine.previous and earlier.subject = other.subject
        where mine.subject = $unit and {"mine.period = $period" if period else "true"}
        group by mine.indicator, mine.period, mine.sign
        order by mine.indicator, mine.period
        """
        ),
        {"unit": unit, "basis": basis, **({"period": period, "before": before} if period else {})},
    )


def finding_counts(con: duckdb.DuckDBPyConnection, reporter: str) -> pd.DataFrame:
    """Grain: receipt × severity (blocks, explain, note) that has any. found: how many; explained: of these with a reason."""
    return frame(
        con,
        """
        select f.load_id, f.severity, count(*)::integer as found, count(nullif(f.explained, ''))::integer as explained
        from finding as f
        join receipt as r on r.load_id = f.load_id
        where r.reporter = $reporter
        group by f.load_id, f.severity
        order by f.load_id, f.severity
        """,
        {"reporter": reporter},
    )


def ranking(con: duckdb.DuckDBPyConnection, period: str, basis: str) -> pd.DataFrame:
    """Grain: unit of the plan, in its order of standing; those with nothing to compare last, place NaN.

    comparable: indicators in which it has a rank that says something: ratios, and what each unit must do; money and heads
    added up follow the unit's size. top: of these among the first three of six at least, not where all are alike. place: by the
    share of these, equal shares alike. green, yellow, red: promises it is judged on by itself.
    """
    return frame(
        con,
        """
        with mine as (
            select j.subject as unit, j.indicator, j.light, j.commitment, j.rank, j.ranked_of,
                j.verdict in ('no_target', 'no_subtarget') as unjudged,
                j.rank is not null and i.better <> 'neither' and (i.is_ratio or i.scope = 'each') as is_comparable,
                count(j.value) over (partition by j.indicator, j.commitment, j.value) as alike
            from judged as j
            join plan_indicator as i on i.indicator = j.indicator
            where j.basis = $basis and j.period = $period and j.subject is not null
        ),
        counted as (
            select u.unit, u.position,
                count(distinct m.indicator) filter (m.is_comparable) as comparable,
                count(distinct m.indicator) filter (m.is_comparable and m.rank <= 3 and m.ranked_of >= 6 and m.alike < m.ranked_of) as top,
                count(m.commitment) filter (m.light = 'green' and not m.unjudged) as green,
                count(m.commitment) filter (m.light = 'yellow' and not m.unjudged) as yellow,
                count(m.commitment) filter (m.light = 'red' and not m.unjudged) as red
            from plan_unit as u
            left join mine as m on m.unit = u.unit
            group by u.unit, u.position
        )
        select unit, comparable, top, green, yellow, red,
            case when comparable > 0 then rank() over (order by comparable = 0, top / nullif(comparable, 0) desc) end as place
        from counted
        order by place nulls last, position
        """,
        {"period": period, "basis": basis},
    )
