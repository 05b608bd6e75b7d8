"""What each light of a quarter was judged by: the rule, its bounds, and what is lacking of a green one."""

from __future__ import annotations

import duckdb
import pandas as pd

from warehouse.frames import frame

Con = duckdb.DuckDBPyConnection


def yardsticks(con: Con, period: str, basis: str = "filed", indicator: str | None = None) -> pd.DataFrame:
    """Grain: indicator × commitment × subject (None: the city), in the plan's order, the city before its units; of one
    indicator or (None) of all.

    rule: as in `target_pace`; sign: 1 where more is better. green_at, yellow_at: from there on the light is green, or
    yellow. base: the value it is compared with where the rule is direction. lacking: what is still to be counted above the
    line for a green light with the denominator as it is, in `counts`; above 0 is lacking; blank where nothing was
    answered or nothing is judged; whole where only whole things are counted.
    """
    return frame(
        con,
        """
        select
            t.indicator, nullif(t.commitment, '') as commitment, nullif(t.subject, 'city') as subject,
            t.rule, t.operator, t.sign, t.target::double as target, t.green_at::double as green_at,
            t.yellow_at::double as yellow_at, (t.base_num / nullif(t.base_den, 0))::double as base, c.measure as counts,
            case
                when t.rule = 'direction' and c.is_whole then floor(need.base) + 1
                when t.rule = 'direction' then need.base
                when c.is_whole then ceil(need.green)
                else need.green
            end::double as lacking
        from target_pace as t
        join plan_indicator as i on i.indicator = t.indicator
        join counted as c on c.indicator = t.indicator
        left join plan_commitment as p on p.commitment = t.commitment
        left join plan_unit as u on u.unit = t.subject
        join subject_value as v
            on v.basis = t.basis and v.indicator = t.indicator and v.period = t.period and v.subject = t.subject
        cross join lateral (
            select
                (t.sign * (t.green_at * v.den - v.num) / i.scale)::decimal(28, 6) as green,
                (t.sign * (t.base_num * v.den / nullif(t.base_den, 0) - v.num) / i.scale)::decimal(28, 6) as base
        ) as need
        where t.basis = $basis and t.period = $period and ($indicator is null or t.indicator = $indicator)
        order by i.position, p.position, t.subject <> 'city', u.position, t.subject
        """,
        {"basis": basis, "period": period, "indicator": indicator},
    )
