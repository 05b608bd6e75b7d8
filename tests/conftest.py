"""Shared by every chapter of the tests."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest
from browser_fixtures import address, browser  # noqa: F401  (fixtures: one browser for the whole run)
from command_line import run_etl

from catalogue.wording import use_language


@pytest.fixture(autouse=True)
def _chinese_again():
    """A test that speaks English leaves Chinese behind."""
    yield
    use_language("zh")


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
