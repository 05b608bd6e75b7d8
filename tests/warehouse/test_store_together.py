"""Several at once: a killed writer leaves no trace, writers queue, readers are never in the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from warehouse_fixtures import House, a_receipt, rows_in

from warehouse import store
from warehouse.lock import StoreBusy
from warehouse.versions import journal

ROOT = Path(__file__).resolve().parents[2]

# Run as a process of its own, to be killed. argv: the data folder, and what to do in the change.
WRITER = """
import sys, time
from datetime import datetime
from pathlib import Path
from warehouse_fixtures import House, a_fact, a_receipt
house, how = House(Path(sys.argv[1])), sys.argv[2]
def change(writer):
    load_id = writer.add_receipt(a_receipt(received=datetime.now()))
    writer.add_facts(load_id, [a_fact(f"element {n}", str(n)) for n in range(70)])
    if how == "linger":
        print("written", flush=True)
        time.sleep(60)
    if how == "slow":
        print("written", flush=True)
        time.sleep(0.5)
while True:
    house.publish(change)
    print("published", flush=True)
    if how == "slow":
        break
"""


@pytest.fixture
def start_writer(house):
    """how -> a writer's process; whatever happens, none outlives its test."""
    started: list[subprocess.Popen[str]] = []

    def start(how: str) -> subprocess.Popen[str]:
        search = os.pathsep.join((str(ROOT), str(ROOT / "tests/support"), os.environ.get("PYTHONPATH", "")))
        started.append(
            subprocess.Popen(
                [sys.executable, "-c", WRITER, str(house.folder), how],
                stdout=subprocess.PIPE,
                text=True,
                env={**os.environ, "PYTHONPATH": search},
            )
        )
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


def add_one(writer) -> None:
    writer.add_receipt(a_receipt())


def test_a_writer_killed_in_its_transaction_leaves_no_trace(house, start_writer):
    before = house.publish(add_one)
    process = start_writer("linger")
    assert process.stdout.readline() == "written\n"
    kill(process)
    assert list((house.folder / "warehouse").glob("*.part"))
    assert store.newest(house.folder) == before
    assert rows_in(before, "receipt") == 1
    after = house.publish(lambda writer: writer.add_receipt(a_receipt("B")))
    assert (after.number, rows_in(after, "receipt"), rows_in(after, "fact")) == (2, 2, 0)
    assert not list((house.folder / "warehouse").glob("*.part*"))


def test_whenever_a_writer_is_killed_every_version_left_is_whole(house, start_writer):
    house.publish()
    process = start_writer("hurry")
    for _ in range(2):
        assert process.stdout.readline() == "published\n"
    time.sleep(0.13)
    kill(process)
    left = store.versions(house.folder)
    assert len(left) >= 3
    for version in left:
        assert rows_in(version, "receipt") == version.number - 1
        assert rows_in(version, "fact") == 70 * (version.number - 1)
    after = house.publish(add_one)
    told = [line.entry.version for line in journal.lines(house.folder)]
    assert told == [*range(2, len(left) + 1), after.number]
    assert (rows_in(after, "lost_version"), store.damage(house.folder)) == (0, None)


def test_what_a_killed_writer_left_is_never_replayed(house):
    house.publish(add_one)
    for name in ("000002.part", "000002.part.wal"):
        (house.folder / "warehouse" / name).write_bytes(b"left over")
    assert rows_in(house.publish(lambda writer: writer.add_receipt(a_receipt("B"))), "receipt") == 2


def test_two_writers_queue_and_neither_is_lost(house, start_writer):
    house.publish()
    process = start_writer("slow")
    assert process.stdout.readline() == "written\n"
    version = house.publish(lambda writer: writer.add_receipt(a_receipt("B")))
    assert process.stdout.readline() == "published\n"
    assert process.wait() == 0
    assert (version.number, rows_in(version, "receipt")) == (3, 2)


def test_many_threads_that_publish_queue_too(house):
    house.publish()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda unit: house.publish(lambda writer: writer.add_receipt(a_receipt(unit))), "ABCD"))
    newest = store.newest(house.folder)
    assert (newest.number, rows_in(newest, "receipt")) == (5, 4)


def test_a_writer_that_waits_too_long_is_told_who_holds_the_house(house):
    inside, done = threading.Event(), threading.Event()

    def hold(writer):
        inside.set()
        done.wait(10)

    holder = threading.Thread(target=store.publish, args=(house.folder, house.plan, hold), kwargs={"by": "王审核"})
    holder.start()
    inside.wait(10)
    try:
        with pytest.raises(StoreBusy, match=rf"王审核, .*pid {os.getpid()}, .*0\.2秒"):
            store.publish(house.folder, house.plan, add_one, busy_after=0.2)
    finally:
        done.set()
        holder.join()


def test_readers_and_writers_do_not_wait_for_each_other(house):
    before = house.publish(add_one)
    with store.open_version(before) as con:
        assert con.execute("select count(*) from receipt").fetchone() == (1,)
        after = house.publish(lambda writer: writer.add_receipt(a_receipt("B")))
        assert con.execute("select count(*) from receipt").fetchone() == (1,)
        assert rows_in(after, "receipt") == 2


def test_threads_read_one_version_side_by_side(house):
    house.file("unit | period | pupils\nA | 2021Q1 | 100\nB | 2021Q1 | 200\nC | 2021Q1 | 300")

    def total(_: int) -> float:
        return house.row("pupils", "2021Q1").value

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(total, range(64))) == {600}


def test_a_cursor_outlives_the_place_of_its_version_among_the_open_ones(house):
    oldest = house.publish(add_one)
    with store.open_version(oldest) as con:
        for unit in "BCDEFG":
            rows_in(house.publish(lambda writer, unit=unit: writer.add_receipt(a_receipt(unit))), "receipt")
        assert con.execute("select count(*) from receipt").fetchone() == (1,)


def test_a_file_that_took_the_name_of_another_is_read_anew(house, tmp_path):
    house.publish(add_one)
    second = house.publish(lambda writer: writer.add_receipt(a_receipt("B")))
    assert rows_in(second, "receipt") == 2
    other = House(tmp_path / "other")
    other.publish(add_one)
    again = other.publish(lambda writer: [writer.add_receipt(a_receipt(unit)) for unit in "CDE"])
    for name in ("000002.duckdb", "000002.json"):
        os.replace(again.path.with_name(name), second.path.with_name(name))
    newest = store.newest(house.folder)
    assert (newest.number, rows_in(newest, "receipt")) == (2, 4)
