"""An indicator through the quarters of every plan that a version holds, each quarter under the plan that speaks for it."""

from __future__ import annotations

import duckdb
import pandas as pd

from warehouse import read, store
from warehouse.versions import editions

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
    if len(held) < 2:
        with store.open_version(version) as con:
            return read.trend(con, indicator, basis)
    found, alike = [], _defined_alike(version, indicator, period)
    for edition in held:
        with store.open_version(version, edition.last) as con:
            rows = read.trend(con, indicator, basis)
        own = {at: edition in alike and editions.speaking(held, at) == edition for at in rows["period"].unique()}
        found.append(rows[rows["period"].map(own).astype(bool)])
    return pd.concat([rows for rows in found if len(rows)] or found[-1:], ignore_index=True)


def defined_otherwise(version: store.Version, indicator: str, period: str | None = None) -> list[str]:
    """Codes of the plans in which the indicator is computed of other things than in the plan that speaks for `period`."""
    alike = {edition.plan for edition in _defined_alike(version, indicator, period)}
    return [edition.plan for edition in store.editions_of(version) if edition.plan not in alike]


def definitions(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Indicator -> a text that is another as soon as its elements, factor or measure are. Of the plan in use."""
    return dict(con.execute(_DEFINED).fetchall())


def _defined_alike(version: store.Version, indicator: str, period: str | None) -> list[store.Edition]:
    """Those that do not have the indicator at all are among them."""
    told: dict[store.Edition, str] = {}
    held = store.editions_of(version)
    for edition in held:
        with store.open_version(version, edition.last) as con:
            told[edition] = definitions(con).get(indicator, "")
    here = editions.speaking(held, period)
    return [edition for edition in held if not told[edition] or here is None or told[edition] == told[here]]
