"""Lights of some of many units, and which units have the worst: read without the rest, however many there are.

Import it beside `read`: `from warehouse import read, read_units`.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pandas as pd

from warehouse import judged

Con = duckdb.DuckDBPyConnection
_LIGHTS = """
select subject, nullif(commitment, '') as commitment, light, verdict, target
from {rows}
where basis = $basis and period = $period and list_contains($subjects, subject)
"""
# A promise that is not settled by what is approved counts by what is filed, as in sentences/by_theme.py.
_BEHIND = """
with own as (
    select j.basis, j.indicator, j.commitment, j.subject, j.light
    from {rows} as j
    join plan_commitment as c on c.commitment = j.commitment
    where j.period = $period and j.verdict <> 'not_applicable' and (c.operator in ('up', 'down') or j.target is not null)
),
settled as (
    select f.subject, case when $basis = 'approved' and coalesce(a.light, 'grey') <> 'grey' then a.light else f.light end as light
    from own as f
    left join own as a
        on a.basis = 'approved' and a.indicator = f.indicator and a.commitment = f.commitment and a.subject = f.subject
    where f.basis = 'filed'
)
select subject, count(*) filter (light = 'red') as red, count(*) filter (light = 'yellow') as yellow
from settled
where light in ('red', 'yellow')
group by subject
order by red desc, yellow desc, subject
"""


def lights(con: Con, period: str, basis: str, subjects: Sequence[str]) -> pd.DataFrame:
    """Grain: promise × subject of `subjects`. subject, commitment, light, verdict, target, as in `judged`."""
    given = {"basis": basis, "period": period, "subjects": list(subjects)}
    return judged.of_units(con, lambda rows: _LIGHTS.format(rows=rows), given)


def behind(con: Con, period: str, basis: str) -> pd.DataFrame:
    """Subjects with a red or yellow light of their own, the most red ones first, then the most yellow ones.

    red, yellow: how many. basis: of the numbers on show, see `by_theme.settled`.
    """
    return judged.of_units(con, lambda rows: _BEHIND.format(rows=rows), {"basis": basis, "period": period})
