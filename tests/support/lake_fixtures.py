"""A lake of the test's own: a database on the tests' PostgreSQL server, and a folder for its files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from postgres_fixtures import Server
from small_plan import small_plan

from warehouse.lake import address, connections
from warehouse.lake.address import LakeAddress
from warehouse.versions import editions


@dataclass(frozen=True)
class ReadyLake:
    """A lake in which the tables and marts of the small plan were made and nothing was published; to be copied."""

    server: Server
    database: str

    def copied(self, files: Path) -> str:
        """The conninfo of a copy whose files will lie in `files`."""
        conninfo = self.server.fresh_conninfo(self.database)
        with psycopg.connect(conninfo, autocommit=True) as con:
            con.execute("update ducklake_metadata set value = %s where key = 'data_path'", [f"{files}/"])
        return conninfo


@pytest.fixture
def lake(postgres_server, tmp_path, monkeypatch) -> Iterator[LakeAddress]:
    """DASHBOARD_WAREHOUSE names it; there is nothing in it."""
    yield from _told(postgres_server.fresh_conninfo(), _files(tmp_path), monkeypatch)


@pytest.fixture
def begun_lake(ready_lake, tmp_path, monkeypatch) -> Iterator[LakeAddress]:
    """As `lake`, with the tables and marts of the small plan made: of a first publication most of the time."""
    files = _files(tmp_path)
    yield from _told(ready_lake.copied(files), files, monkeypatch)


@pytest.fixture(scope="session")
def ready_lake(postgres_server, tmp_path_factory) -> ReadyLake:
    conninfo = postgres_server.fresh_conninfo()
    with pytest.MonkeyPatch.context() as patch:
        for found in _told(conninfo, tmp_path_factory.mktemp("ready-lake"), patch):
            with connections.writing(found) as con:
                con.execute("begin")
                editions.bring(con, [small_plan()], fresh=True)
                con.execute("commit")
    return ReadyLake(postgres_server, conninfo.rpartition("=")[2])


def written(conninfo: str, data: str) -> str:
    return f"{address.PREFIX}{conninfo}?DATA_PATH '{data}'"


def one_thread(patch: pytest.MonkeyPatch) -> None:
    """For so few rows, handing work from thread to thread costs more than the work; programs that a test starts do it all the same."""
    patch.setattr(connections, "_RETRY", (*connections._RETRY, "set threads = 1"))


def _files(folder: Path) -> Path:
    files = folder / "lake-files"
    files.mkdir()
    return files


def _told(conninfo: str, files: Path, patch: pytest.MonkeyPatch) -> Iterator[LakeAddress]:
    patch.setenv(address.VARIABLE, written(conninfo, f"{files}/"))
    one_thread(patch)
    found = address.configured()
    assert found is not None
    yield found
    connections.forget(found)
