"""With how many decimals the plan of a version publishes the numbers of an indicator."""

from __future__ import annotations

import duckdb
import pandas as pd

from catalogue.display import Measure


def published(con: duckdb.DuckDBPyConnection, rows: pd.DataFrame) -> pd.DataFrame:
    """rows: of `judged`. As given, but measure knows its decimals where the plan sets them; units that are counted have none."""
    told = con.execute("select * from plan_indicator")
    names = [name for name, *_ in told.description or ()]
    plan = [dict(zip(names, row, strict=True)) for row in told.fetchall()]
    set_to = {
        one["indicator"]: Measure(one["measure"], one["decimals"]) for one in plan if one.get("decimals") is not None
    }
    if not set_to:
        return rows
    pairs = zip(rows["indicator"], rows["measure"], strict=True)
    measures = [set_to[code] if set_to.get(code) == measure else measure for code, measure in pairs]
    return rows.assign(measure=pd.Series(measures, index=rows.index, dtype=object))
