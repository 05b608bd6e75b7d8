"""A question asked of every plan that a version holds, each about its own quarters: what runs on over the year's end."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pandas as pd

from warehouse import store
from warehouse.versions import editions


def across(version: store.Version, ask: Callable[[duckdb.DuckDBPyConnection], pd.DataFrame]) -> pd.DataFrame:
    """ask: gives rows with a column `period`, oldest first. Of each plan those of the quarters for which it speaks, oldest first.

    Example: across(version, lambda con: read.trend(con, "public-share")) has 2021Q4 against the target of 2021, 2022Q1 against
    that of 2022.
    """
    held = store.editions_of(version)
    if len(held) < 2:
        with store.open_version(version) as con:
            return ask(con)
    found = []
    for edition in held:
        with store.open_version(version, edition.last) as con:
            rows = ask(con)
        own = {period: editions.speaking(held, period) == edition for period in rows["period"].unique()}
        found.append(rows[rows["period"].map(own).astype(bool)])
    return pd.concat([rows for rows in found if len(rows)] or found[-1:], ignore_index=True)
