"""How far it is, who moved it, and where the year would end, as DataFrames; blanks as in read.py.

subject None is the whole city.
"""

from __future__ import annotations

import duckdb
import pandas as pd

from warehouse.build import Mart
from warehouse.frames import frame

Con = duckdb.DuckDBPyConnection
# The mart itself, over a number that nobody reported instead of those that are there.
_IF = f"""
with subject_value as (
    select
        $basis as basis, $indicator as indicator, $period as period, 'city' as subject,
        $num::decimal(28, 4) as num, $den::decimal(28, 4) as den
)
select v.light
from ({Mart("case_verdict").sql}) as v
left join plan_commitment as c on c.commitment = v.commitment
where v.basis = $basis and v.indicator = $indicator and v.period = $period and v.subject = 'city' and v.extent = 'actual'
order by c.position
limit 1
"""


def gaps(con: Con, indicator: str | None, period: str, basis: str = "filed") -> pd.DataFrame:
    """Rows of the mart `gap` in one quarter, about one indicator or (None) all, the city before its units in the plan's order."""
    return _of_indicator(con, "gap", indicator, period, basis)


def contributions(con: Con, indicator: str | None, period: str, basis: str = "filed") -> pd.DataFrame:
    """Rows of the mart `contribution` in one quarter, about one indicator or (None) all, in the plan's order of units."""
    return _of_indicator(con, "contribution", indicator, period, basis)


def projection(con: Con, period: str, basis: str = "filed", indicator: str | None = None) -> pd.DataFrame:
    """Rows of the mart `projection` as seen from `period`, about one indicator or (None) all, in the plan's order, the city
    before its units."""
    return frame(
        con,
        """
        select p.* replace (nullif(p.commitment, '') as commitment, nullif(p.subject, 'city') as subject)
        from projection as p
        join plan_indicator as i on i.indicator = p.indicator
        left join plan_commitment as c on c.commitment = p.commitment
        left join plan_unit as u on u.unit = p.subject
        where p.basis = $basis and p.period = $period and ($indicator is null or p.indicator = $indicator)
        order by i.position, c.position, p.subject <> 'city', u.position, p.subject
        """,
        {"basis": basis, "period": period, "indicator": indicator},
    )


def _of_indicator(con: Con, mart: str, indicator: str | None, period: str, basis: str) -> pd.DataFrame:
    return frame(
        con,
        f"""
        select m.* replace (nullif(m.commitment, '') as commitment, nullif(m.subject, 'city') as subject)
        from {mart} as m
        join plan_indicator as i on i.indicator = m.indicator
        left join plan_commitment as c on c.commitment = m.commitment
        left join plan_unit as u on u.unit = m.subject
        where m.basis = $basis and ($indicator is null or m.indicator = $indicator) and m.period = $period
        order by i.position, c.position, m.subject <> 'city', u.position, m.subject
        """,
        {"basis": basis, "indicator": indicator, "period": period},
    )


def yardstick(con: Con, indicator: str, period: str, basis: str = "filed") -> pd.DataFrame:
    """The city's row of the mart `target_pace`: what its number is held against. One row per commitment."""
    return frame(
        con,
        """
        select t.* replace (nullif(t.commitment, '') as commitment, t.base_num::double as base_num, t.base_den::double as base_den)
        from target_pace as t
        left join plan_commitment as c on c.commitment = t.commitment
        where t.basis = $basis and t.indicator = $indicator and t.period = $period and t.subject = 'city'
        order by c.position
        """,
        {"basis": basis, "indicator": indicator, "period": period},
    )


def light_if(con: Con, indicator: str, period: str, basis: str, value: tuple[float, float]) -> str:
    """The light of the city if its number were another: as the mart `case_verdict` judges, for the indicator's first promise;
    grey where there is nothing to judge by. value: (num, den) of it, as in `subject_value`; den 1 for a sum.
    """
    num, den = value
    given = {"basis": basis, "indicator": indicator, "period": period, "num": num, "den": den}
    found = con.execute(_IF, given).fetchone()
    return found[0] if found else "grey"
