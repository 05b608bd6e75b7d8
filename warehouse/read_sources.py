"""What every number of a quarter stands on, read at once: for files that print them all."""

from __future__ import annotations

import duckdb
import pandas as pd

from warehouse.frames import frame

Con = duckdb.DuckDBPyConnection


def sources(con: Con, period: str | None, basis: str = "filed") -> pd.DataFrame:
    """Rows of the mart `source`, by quarter, in the plan's order of indicators and units, numerator before denominator.

    period None: every quarter.
    """
    return frame(
        con,
        """
        select s.*
        from source as s
        join plan_indicator as i on i.indicator = s.indicator
        left join plan_unit as u on u.unit = s.subject
        left join plan_element as e on e.element = s.element
        where s.basis = $basis and ($period is null or s.period = $period)
        order by s.period, i.position, u.position, s.subject, s.part desc, e.line, s.element
        """,
        {"basis": basis, "period": period},
    )


def all_gaps(con: Con, period: str, basis: str = "filed") -> pd.DataFrame:
    """Rows of the mart `gap`, subject None for the city, in the plan's order."""
    return frame(
        con,
        """
        select g.* replace (nullif(g.commitment, '') as commitment, nullif(g.subject, 'city') as subject)
        from gap as g
        join plan_indicator as i on i.indicator = g.indicator
        left join plan_unit as u on u.unit = g.subject
        where g.basis = $basis and g.period = $period
        order by i.position, g.subject <> 'city', u.position, g.subject
        """,
        {"basis": basis, "period": period},
    )
