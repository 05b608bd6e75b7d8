"""Through the quarters of every plan that a version holds, each quarter under the plan that speaks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import duckdb
import pandas as pd

from warehouse import read, store
from warehouse.versions import editions

_SIGN = {"higher": 1, "lower": -1}
_DEFINED = """
select i.indicator, i.scale || i.measure || string_agg(p.part || p.element, ',' order by p.part, p.element) as told
from plan_indicator as i
join indicator_part as p on p.indicator = i.indicator
group by i.indicator, i.scale, i.measure
"""


def across(version: store.Version, indicator: str, basis: str, period: str | None = None) -> pd.DataFrame:
    """As `read.trend`, oldest first, of all years in which the indicator is computed as in the plan that speaks for `period`
    (None: the newest): 2021Q4 against the target of 2021, 2022Q1 against that of 2022.

    Example: across(version, "public-share", "filed", "2022Q1")
    """
    held = store.editions_of(version)
    alike = _defined_alike(version, indicator, period) if len(held) > 1 else held
    return each_year(version, lambda con: read.trend(con, indicator, basis), alike)


def each_year(
    version: store.Version,
    question: Callable[[duckdb.DuckDBPyConnection], pd.DataFrame],
    alike: Sequence[store.Edition] | None = None,
) -> pd.DataFrame:
    """Rows with a column `period`, oldest year first: of each plan those about the quarters it speaks for. alike: of these only.

    Example: each_year(version, lambda con: read.values(con, basis="filed"))
    """
    held = store.editions_of(version)
    if len(held) < 2:
        with store.open_version(version) as con:
            return question(con)
    found = []
    for edition in held:
        with store.open_version(version, edition.last) as con:
            rows = question(con)
        wanted = alike is None or edition in alike
        own = {at: wanted and editions.speaking(held, at) == edition for at in rows["period"].unique()}
        found.append(rows[rows["period"].map(own).astype(bool)])
    return pd.concat([rows for rows in found if len(rows)] or found[-1:], ignore_index=True)


def defined_otherwise(version: store.Version, indicator: str, period: str | None = None) -> list[str]:
    """Codes of the plans in which the indicator is computed of other things than in the plan that speaks for `period`."""
    alike = {edition.plan for edition in _defined_alike(version, indicator, period)}
    return [edition.plan for edition in store.editions_of(version) if edition.plan not in alike]


def definitions(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Indicator -> a text that is another as soon as its elements, factor or measure are. Of the plan in use."""
    return dict(con.execute(_DEFINED).fetchall())


def periods_of(version: store.Version) -> list[str]:
    """Quarters with returns, of every year that the version holds, oldest first."""
    found: set[str] = set()
    for edition in store.editions_of(version) or (None,):
        with store.open_version(version, edition.last if edition else None) as con:
            found |= set(read.periods(con))
    return sorted(found)


def ranks_since(
    now: duckdb.DuckDBPyConnection, then: duckdb.DuckDBPyConnection, basis: str, before: str, period: str, unit: str
) -> dict[str, int]:
    """Ranks a unit gained since an earlier quarter, by indicator: among the units that have a value in both, itself among them.

    now, then: opened for `period` and for `before`. Left out: where it has none of the two, is alone, where neither is better, and
    what is computed of other things since.
    """
    better = dict(now.execute("select indicator, better from plan_indicator").fetchall())
    is_unit = {code for (code,) in now.execute("select unit from plan_unit").fetchall()}
    told, earlier = definitions(now), definitions(then)
    values = [
        rows.loc[rows["subject"].isin(is_unit) & rows["value"].notna(), ["indicator", "subject", "value"]]
        for rows in (read.values(now, period, basis=basis), read.values(then, before, basis=basis))
    ]
    both = values[0].merge(values[1], on=["indicator", "subject"], suffixes=("", "_then"))
    found = {}
    for indicator, rows in both.groupby("indicator"):
        sign, mine = _SIGN.get(better[indicator]), rows[rows["subject"] == unit]
        if sign and len(mine) and len(rows) > 1 and earlier[indicator] == told[indicator]:
            past, present = (sign * (rows[name] - mine[name].iloc[0]) > 0 for name in ("value_then", "value"))
            found[str(indicator)] = int(past.sum() - present.sum())
    return found


def _defined_alike(version: store.Version, indicator: str, period: str | None) -> list[store.Edition]:
    """Those that do not have the indicator at all are among them."""
    told: dict[store.Edition, str] = {}
    held = store.editions_of(version)
    for edition in held:
        with store.open_version(version, edition.last) as con:
            told[edition] = definitions(con).get(indicator, "")
    here = editions.speaking(held, period)
    return [edition for edition in held if not told[edition] or here is None or told[edition] == told[here]]
