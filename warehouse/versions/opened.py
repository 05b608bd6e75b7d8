"""A version opened for reading, whichever kind of store holds it."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

import duckdb

from warehouse.versions import connections, editions, files
from warehouse.versions.model import Version


def reading(version: Version) -> duckdb.DuckDBPyConnection:
    """A read-only cursor of the caller's own, to be closed by the caller; no plan is in use yet. Raises StoreError."""
    if version.snapshot:
        from warehouse.lake import connections as lake

        return lake.reading(version)
    return connections.reading(version.path)


def identity(version: Version) -> tuple[int, ...]:
    """Another for other contents under the same number. Raises OSError for a file that is gone."""
    if version.snapshot:
        return version.snapshot, int(version.published_at.timestamp())
    return files.identity(version.path)


def editions_of(version: Version) -> tuple[editions.Edition, ...]:
    """The plans it holds, oldest first; none in a version that knows one plan only."""
    return _editions(version, identity(version))


@lru_cache(maxsize=64)
def _editions(version: Version, identity: Hashable) -> tuple[editions.Edition, ...]:
    with reading(version) as con:
        return editions.held(con)
