"""A query's rows as a DataFrame whose blanks look the same in every column."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb
import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype, is_object_dtype, is_string_dtype


def frame(con: duckdb.DuckDBPyConnection, sql: str, given: Mapping[str, Any] | None = None) -> pd.DataFrame:
    """Numbers are float64 or int64, a blank number NaN, a blank text None, a blank day or time NaT."""
    found = con.execute(sql, given or {}).df()
    for name in found.columns:
        column = found[name]
        if is_bool_dtype(column.dtype):
            continue
        if is_numeric_dtype(column.dtype):
            if column.isna().any():
                found[name] = column.astype("float64")
        elif is_string_dtype(column.dtype) or is_object_dtype(column.dtype):
            texts = column.astype(object)
            found[name] = texts.where(texts.notna(), None)
    return found
