"""A long day: fifty look, ten upload and submit, and the server needs at its end what it needed after its first hour."""

from __future__ import annotations

import os
import shutil
import statistics
import threading
from pathlib import Path

import pytest
from browser_fixtures import serving
from long_people import Done, Person, Uploader, Viewer, at_work
from pages_fixtures import on_stage

from access import audit, db, demo
from catalogue.load import current_plan

MINUTES = float(os.environ.get("LONG_MINUTES", "30"))
VIEWERS, UPLOADERS = int(os.environ.get("LONG_VIEWERS", "50")), int(os.environ.get("LONG_UPLOADERS", "10"))
FLAT = 1.10
MB = 2**20


def descendants(pid: int) -> list[int]:
    """Processes begun by `pid`, and by those."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += [child, *descendants(child)]
    return found


def needed() -> float:
    """MB of the server and its reading processes, what they share counted once."""
    total = 0
    for pid in descendants(os.getpid()):
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:  # ended meanwhile
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


@pytest.fixture
def house(demo_data, tmp_path, monkeypatch):
    folder = tmp_path / "var"
    shutil.copytree(demo_data, folder)
    on_stage(folder, monkeypatch)
    accounts = [account.name for account in demo.ensure_demo(current_plan()) if account.role in ("filer", "reviewer")]
    db.dispose()
    with serving(folder, MALLOC_ARENA_MAX="2") as address:  # as the systemd unit has it
        yield folder, address, accounts


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory is told by Linux alone")
def test_fifty_viewers_and_ten_uploaders_leave_the_memory_flat(house, capsys, monkeypatch):
    folder, address, accounts = house
    done, stop, told = Done(), threading.Event(), []
    people: list[Person] = [Viewer(address, folder, "demo-leader", done, stop, n) for n in range(VIEWERS)]
    people += [Uploader(address, folder, name, done, stop, 1000 + n) for n, name in enumerate(accounts[:UPLOADERS])]
    at_work(people, lambda: told.append(needed()), MINUTES * 60, stop)
    third = len(told) // 3
    middle, last = statistics.median(told[third : 2 * third]), statistics.median(told[2 * third :])
    waits = sorted(done.waits)
    with capsys.disabled():
        print(
            f"\n{MINUTES:g} minutes, {VIEWERS} viewers, {len(people) - VIEWERS} uploaders: {dict(done.counts)}; "
            f"a screen took {statistics.median(waits):.2f} s, one in twenty more than {waits[len(waits) * 19 // 20]:.2f} s; "
            f"memory at first {told[0]:.0f} MB, by thirds {statistics.median(told[:third]):.0f}, {middle:.0f}, {last:.0f} MB, "
            f"most {max(told):.0f} MB; problems: {len(done.problems)}"
        )
    assert done.problems == []
    monkeypatch.setenv("DASHBOARD_DATA", str(folder))
    assert len(audit.entries(event="upload", result="ok", limit=None)) == done.counts["uploads"]
    assert len(audit.entries(event="submitted", result="ok", limit=None)) == done.counts["submissions"]
    assert last <= middle * FLAT
