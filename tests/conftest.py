"""Shared by every chapter of the tests."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser_fixtures import address, browser  # noqa: F401  (fixtures: one browser for the whole run)
from command_line import ROOT, run_etl
from postgres_fixtures import postgres_server  # noqa: F401  (fixture: one server for each worker)
from ready_tables import in_one_go, ready_tables

from catalogue.wording import use_language

if TYPE_CHECKING:
    from reports.snapshot import Snapshot

TODAY = "2021-10-15"  # of the demonstration: the sample returns of 2021Q3 were due the day before

# `make check` leaves these out: they wait for a server, a browser, another program, many workbooks or publications.
SLOW_FIXTURES = {"demo_data", "browser", "postgres_server", "either_store", "house", "renderer"}
SLOW_CHAPTERS = (
    "tests/actions",
    "tests/browser",
    "tests/pages",
    "tests/reports/test_picture",
    "tests/reports/test_posters",
    "tests/reports/test_workbook_",
    "tests/etl/test_returns",
    "tests/etl/test_template",
    "tests/etl/test_margins",
    "tests/etl/test_cli",
    "tests/ui/test_what_if",
    "tests/ui/test_reads_narrow",
    "tests/access/test_access_cli",
    "tests/etl/test_demo_files",
    "tests/etl/test_cells_readers",
    "tests/etl/test_cells_typed",
    "tests/etl/test_batch",
    "tests/etl/test_later",
    "tests/etl/test_watch",
    "tests/etl/test_executor",
    "tests/etl/test_personal",
    "tests/etl/test_formulas",
    "tests/etl/test_live_formulas",
    "tests/reports/test_briefing_few",
    "tests/etl/test_annotate",
    "tests/warehouse/test_store_together",
    "tests/warehouse/test_incremental",
    "tests/warehouse/test_editions",
    "tests/warehouse/test_marts_ties",
    "tests/warehouse/test_years_compared",
    "tests/warehouse/test_originals",
    "tests/house/test_operate",
)
LONG_CHAPTER = "tests/long"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """`make check` does not even read the slow chapters, and nobody but `make test-long` the long one."""
    chapter = collection_path.relative_to(ROOT).as_posix()
    if chapter.startswith(LONG_CHAPTER) and not os.environ.get("TEST_LONG"):
        return True
    quick = config.option.markexpr == "not slow"
    return True if quick and chapter.startswith(SLOW_CHAPTERS) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        chapter = item.path.relative_to(ROOT).as_posix()
        if chapter.startswith(SLOW_CHAPTERS) or SLOW_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("slow")


@pytest.fixture(autouse=True)
def _chinese_again():
    """A test that speaks English leaves Chinese behind."""
    yield
    use_language("zh")


@pytest.fixture(scope="session", autouse=True)
def _tables_are_ready():
    """For first versions; a test that is about those takes `made_in_one_go`."""
    with ready_tables():
        yield


@pytest.fixture
def made_in_one_go():
    with in_one_go():
        yield


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory, worker_id) -> Path:
    """A data folder with the sample returns loaded by the real command line; read only, shared by all workers."""
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent
    folder = shared / "demo-data"
    with (shared / "demo-data.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "loaded").exists():
            run_etl(folder, "load", "data/demo", "--quiet")
            (folder / "loaded").touch()
    return folder


@pytest.fixture
def demo(demo_data, monkeypatch) -> Path:
    """The code under test reads the sample returns."""
    monkeypatch.setenv("DASHBOARD_DATA", str(demo_data))
    return demo_data


@pytest.fixture(scope="session")
def snapshots(demo_data) -> Callable[[str, str], Snapshot]:
    """Asks for a snapshot of the sample returns, of a quarter in a basis; each is read once, and nobody writes into it."""
    from reports.snapshot import take

    @cache
    def snapshot(period: str = "2021Q3", basis: str = "filed") -> Snapshot:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DASHBOARD_DATA", str(demo_data))
            patch.setenv("DASHBOARD_TODAY", TODAY)
            return take(period, basis)

    return snapshot


@pytest.fixture(scope="session")
def demo_house(demo_data, tmp_path_factory) -> Path:
    """The sample returns with the demo accounts, made once for each worker and to be copied, not written into."""
    from access import db, demo
    from catalogue.load import current_plan

    folder = tmp_path_factory.mktemp("demo-house") / "var"
    shutil.copytree(demo_data, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_DATA", str(folder))
        patch.setenv("DASHBOARD_DEMO", "1")
        patch.delenv("DASHBOARD_ACCOUNTS", raising=False)
        demo.ensure_demo(current_plan())
        db.dispose()
    return folder


@pytest.fixture(scope="session")
def shown_house(demo_house, tmp_path_factory) -> Path:
    """The sample returns with the demo accounts, for screens that are only looked at; who signs in writes nothing else."""
    folder = tmp_path_factory.mktemp("shown-house") / "var"
    shutil.copytree(demo_house, folder)
    return folder


@pytest.fixture(scope="session")
def two_year_house(demo_house, tmp_path_factory) -> Path:
    """plans/, returns/ and a data folder var/ with both years; to be copied, not written into."""
    from two_year_fixtures import begin_second_year

    place = tmp_path_factory.mktemp("two-years")
    begin_second_year(demo_house, place)
    return place


@pytest.fixture(scope="session")
def shown_years(two_year_house, tmp_path_factory) -> Path:
    """As `shown_house`, of both years."""
    folder = tmp_path_factory.mktemp("shown-years") / "two"
    shutil.copytree(two_year_house, folder)
    return folder
