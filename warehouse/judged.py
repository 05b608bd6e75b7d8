"""Rows of the mart `judged` as they are asked for: of the city, of one who reports, of everybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import duckdb
import pandas as pd

from warehouse.frames import frame

ALL = "*"
_COLUMNS = """
    j.basis, j.indicator, j.commitment, j.theme, j.period, j.subject, j.value, j.measure, j.target, j.pace, j.baseline,
    j.change, j.rank, j.ranked_of, j.light, j.verdict, j.firm, j.filed, j.approved, j.expected, j.numerator,
    j.denominator, j.same_units, j.low, j.high, j.whole_verdict
"""
_ASKED = """
select {columns}
from {rows} as j
join plan_indicator as i on i.indicator = j.indicator
left join plan_commitment as c on c.commitment = j.commitment
left join plan_unit as u on u.unit = j.subject
where {where}
order by j.period, i.position, c.position, j.subject is not null, u.position, j.subject
"""
# Without their places.
_SUPPRESSED = """
(
    select
        m.* replace (nullif(m.commitment, '') as commitment), null::bigint as rank, null::bigint as ranked_of,
        null::double as low, null::double as high, null::varchar as whole_verdict
    from judged_unit as m
)
"""
# Its places are counted for itself: to rank everybody and then look at one is the longer way.
_OF_ONE = """
(
    with
    mine as (
        select * from judged_unit as j where {where}
    ),
    places as (
        select
            m.indicator, m.commitment, m.period, count(*) as ranked_of,
            1 + count(*) filter (case when i.better = 'lower' then o.value < m.value else o.value > m.value end) as rank
        from mine as m
        join plan_indicator as i on i.indicator = m.indicator and i.better <> 'neither'
        join judged_unit as o
            on o.basis = m.basis and o.indicator = m.indicator and o.commitment = m.commitment and o.period = m.period
        where m.value is not null and o.value is not null
        group by m.indicator, m.commitment, m.period
        having count(*) > 1
    )
    select
        m.* replace (nullif(m.commitment, '') as commitment), p.rank, p.ranked_of,
        null::double as low, null::double as high, null::varchar as whole_verdict
    from mine as m
    left join places as p on p.indicator = m.indicator and p.commitment = m.commitment and p.period = m.period
)
"""


def judged(con: duckdb.DuckDBPyConnection, wanted: Mapping[str, str | None]) -> pd.DataFrame:
    """In the plan's order, the city before its units. wanted: column -> value; subject None is the city, ALL everybody.

    A version of an older program knows only the whole mart.
    """
    terms = {name: value for name, value in wanted.items() if value is not None and value != ALL}
    where = " and ".join(["true", *(f"j.{name} = ${name}" for name in terms)])
    match wanted.get("subject", ALL):
        case None:
            return of_city(con, lambda rows: _ASKED.format(columns=_COLUMNS, rows=rows, where=where), terms)
        case "*":
            return frame(con, _ASKED.format(columns=_COLUMNS, rows="judged", where=where), terms)
        case _:
            rows = _OF_ONE.format(where=where)
            try:
                return frame(con, _ASKED.format(columns=_COLUMNS, rows=rows, where="true"), terms)
            except duckdb.CatalogException:
                return frame(con, _ASKED.format(columns=_COLUMNS, rows="judged", where=where), terms)


def every_row(con: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    """All that the mart says, every column, in an order that hangs on nothing but the rows: two versions that judge alike
    give the same list."""
    return con.execute("select * from judged order by all").fetchall()


def suppressed(con: duckdb.DuckDBPyConnection, period: str, basis: str) -> pd.DataFrame:
    """Rows of a quarter of units whose answer is 保密; their ranks are blank, as they have no value."""
    where = "j.basis = $basis and j.period = $period and j.verdict = 'suppressed' and j.subject is not null"
    terms = {"basis": basis, "period": period}
    try:
        return frame(con, _ASKED.format(columns=_COLUMNS, rows=_SUPPRESSED, where=where), terms)
    except duckdb.CatalogException:
        return frame(con, _ASKED.format(columns=_COLUMNS, rows="judged", where=where), terms)


def of_city(
    con: duckdb.DuckDBPyConnection, asked: Callable[[str], str], given: Mapping[str, Any] | None = None
) -> pd.DataFrame:
    """asked: the name of a table with the city's rows of `judged` -> SQL."""
    return _of(con, asked, "judged_of_city", "null", given)


def of_units(
    con: duckdb.DuckDBPyConnection, asked: Callable[[str], str], given: Mapping[str, Any] | None = None
) -> pd.DataFrame:
    """As `of_city`, of those who report; without their places."""
    return _of(con, asked, "judged_unit", "not null", given)


def _of(
    con: duckdb.DuckDBPyConnection,
    asked: Callable[[str], str],
    name: str,
    subject: str,
    given: Mapping[str, Any] | None,
) -> pd.DataFrame:
    try:
        return frame(con, asked(name), given)
    except duckdb.CatalogException:
        return frame(con, asked(f"(select * from judged where subject is {subject})"), given)
