"""One unit: its place among the others, and what was found in its returns."""
from __future__ import annotations

import duckdb
import pandas as pd

from warehouse.frames import frame


def places(con: duckdb.DuckDBPyConnection, unit: str, basis: str) -> pd.DataFrame:
    """Grain: indicator × period in which the unit has a value.

    alike: how many units have this value, it among them. moved: ranks gained since the quarter before among the units
    that have a value in both quarters, so that one that is late moves nobody; NaN where it has none before, is alone,
    or neither is better.
    """
    return frame(
        con,
        """
        with valued as (
            select j.indicator, j.period, j.subject, j.value, p.previous,
                case i.better when 'higher' then 1 when 'lower' then -1 end as sign
            from judged as j
            join plan_period as p on p.period = j.period
            join plan_indicator as i on i.indicator = j.indicator
            where j.basis = $basis and j.subject is not null and j.value is not null
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
        where mine.subject = $unit
        group by mine.indicator, mine.period, mine.sign
        order by mine.indicator, mine.period
        """,
        {"unit": unit, "basis": basis},
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
