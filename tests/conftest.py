"""Shared by every chapter of the tests."""
from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest
from browser_fixtures import address, browser  # noqa: F401  (fixtures: one browser for the whole run)

from catalogue.wording import use_language

ROOT = Path(__file__).parents[1]


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


def run_etl(data: Path, *arguments: str, code: int | None = 0) -> subprocess.CompletedProcess[str]:
    """`python -m etl …` as a script would call it, writing below `data`. code None: any exit code will do."""
    done = subprocess.run(
        [sys.executable, "-m", "etl", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=300,
        env={**os.environ, "DASHBOARD_DATA": str(data), "PYTHONUTF8": "1"},
    )
    assert code is None or done.returncode == code, done.stdout + done.stderr
    return done
