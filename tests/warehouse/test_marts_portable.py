"""The marts in another engine's words: every one of them can be written for Spark, where a province has no DuckDB."""

from __future__ import annotations

import pytest
import sqlglot

from warehouse.build import MARTS


@pytest.mark.parametrize("mart", MARTS, ids=[mart.name for mart in MARTS])
def test_every_mart_can_be_read_and_written_for_spark(mart):
    [told] = sqlglot.transpile(mart.sql, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)
    [again] = sqlglot.parse(told, read="spark")
    names = {name.lower() for name in sqlglot.parse_one(mart.sql, read="duckdb").named_selects}
    assert {name.lower() for name in again.named_selects} == names
