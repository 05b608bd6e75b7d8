"""A query's rows as a DataFrame whose blanks look the same in every column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb
import numpy as np
import pandas as pd

BLANK_DAY = np.datetime64("NaT")


def frame(con: duckdb.DuckDBPyConnection, sql: str, given: Mapping[str, Any] | None = None) -> pd.DataFrame:
    """Numbers are float64 or int64, a blank number NaN, a blank text None, a blank day or time NaT, a blank yes or no pd.NA.

    By way of numpy: DuckDB's own DataFrame holds pandas' strings, which would be turned into objects column by column.
    """
    columns = con.execute(sql, given or {}).fetchnumpy()
    return pd.DataFrame({name: _column(found) for name, found in columns.items()})


def _column(found: Any) -> Any:
    """found: an array, masked where something is blank."""
    values, blank = np.ma.getdata(found), np.ma.getmaskarray(found)
    if values.dtype.kind == "O":
        texts = values.copy()
        texts[blank] = None
        return pd.Series(texts, dtype=object)
    if not blank.any():
        return values
    if values.dtype.kind in "iuf":
        return np.where(blank, np.nan, values.astype("float64"))
    if values.dtype.kind == "M":
        return np.where(blank, BLANK_DAY, values)
    return pd.arrays.BooleanArray(values, blank)
