"""A lake of the test's own: a database on the tests' PostgreSQL server, and a folder for its files."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from warehouse.lake import address, connections
from warehouse.lake.address import LakeAddress


@pytest.fixture
def lake(postgres_server, tmp_path, monkeypatch) -> Iterator[LakeAddress]:
    """DASHBOARD_WAREHOUSE names it."""
    files = tmp_path / "lake-files"
    files.mkdir()
    monkeypatch.setenv(address.VARIABLE, written(postgres_server.fresh_conninfo(), f"{files}/"))
    found = address.configured()
    assert found is not None
    yield found
    connections.forget(found)


def written(conninfo: str, data: str) -> str:
    return f"{address.PREFIX}{conninfo}?DATA_PATH '{data}'"
