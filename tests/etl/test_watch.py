"""An inbox that is watched: what arrived whole is taken and moved aside, what is still arriving waits, nothing is lost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time

import openpyxl
import pytest
from command_line import ROOT
from demo_fixtures import FOLDER
from returns_fixtures import edited, put, values_only

from etl import __main__ as etl
from etl import batch
from etl.watch import InboxProblem, Watch
from warehouse import store

GOOD = next((FOLDER / "2021Q1").glob("*新抚区*.xlsx"))


@pytest.fixture
def inbox(tmp_path, monkeypatch):
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "var"))
    monkeypatch.setenv("DASHBOARD_TODAY", "2021-10-15")
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def watch(inbox):
    told = []
    found = Watch(inbox, "收文员", told=told.append)
    return found, told


def left(folder, place: str = "") -> list[str]:
    return sorted(path.relative_to(folder / place).as_posix() for path in (folder / place).rglob("*") if path.is_file())


def names(folder, place: str) -> list[str]:
    return [name.partition("/")[2] for name in left(folder, place)]


def receipts() -> int:
    version = store.newest(store.data_folder())
    if version is None:
        return 0
    with store.open_version(version) as con:
        return con.execute("select count(*) from receipt").fetchall()[0][0]


def test_a_file_is_taken_at_the_second_look_that_finds_it_unchanged(inbox, watch):
    found, told = watch
    shutil.copy(GOOD, inbox / GOOD.name)
    assert (found.look(), receipts()) == (0, 0)
    assert (found.look(), receipts()) == (1, 1)
    assert names(inbox, "done") == [GOOD.name] and left(inbox) == [f"done/{told[0].moved.parent.name}/{GOOD.name}"]
    assert told[0].done and found.look() == 0


def test_a_file_that_is_still_being_written_waits(inbox, watch):
    found, _ = watch
    content = GOOD.read_bytes()
    half = inbox / GOOD.name
    half.write_bytes(content[: len(content) // 2])
    found.look()
    half.write_bytes(content)
    assert (found.look(), receipts()) == (0, 0), "it grew between the looks"
    assert (found.look(), receipts()) == (1, 1)


def test_what_programs_leave_while_they_bring_a_file_is_left_alone(inbox, watch):
    found, told = watch
    for name in ("报表.xlsx.crdownload", "报表.xlsx.part", "~$报表.xlsx", ".报表.xlsx.swp", "Thumbs.db"):
        (inbox / name).write_bytes(b"x")
    found.look()
    assert found.look() == 0 and told == [] and len(left(inbox)) == 5


def test_what_is_not_accepted_is_moved_with_what_to_mend_beside_it(inbox, watch):
    found, told = watch
    (inbox / "涂改.xlsx").write_bytes(edited(values_only(GOOD.read_bytes()), put("学前教育", "E7", "约300")))
    (inbox / "通知.pdf").write_bytes(b"%PDF-1.7")
    found.look()
    assert (found.look(), receipts()) == (2, 0)
    assert names(inbox, "mend") == ["涂改.xlsx", "涂改.xlsx.1.xlsx", "通知.pdf", "通知.pdf.txt"]
    [blocked] = [taken for taken in told if taken.path.name == "涂改.xlsx"]
    sheet = openpyxl.load_workbook(blocked.moved.with_name("涂改.xlsx.1.xlsx")).active
    assert "约300" in "".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    [text] = (path for path in inbox.rglob("*.txt"))
    assert "通知.pdf" in text.read_text("utf-8")


def test_the_same_name_twice_keeps_both(inbox, watch):
    found, _ = watch
    for _ in range(2):
        shutil.copy(GOOD, inbox / GOOD.name)
        found.look()
        found.look()
    assert len(names(inbox, "done")) == 2 and receipts() == 1


def test_killed_after_publishing_the_next_finds_it_on_record(inbox, watch, monkeypatch):
    found, told = watch
    shutil.copy(GOOD, inbox / GOOD.name)

    def dies(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("etl.watch._aside", dies)
        found.look()
        with pytest.raises(KeyboardInterrupt):
            found.look()
    assert receipts() == 1 and left(inbox) == [GOOD.name]
    again = Watch(inbox, told=told.append)
    again.look()
    assert again.look() == 1 and receipts() == 1
    assert [outcome.state for outcome in told[-1].outcomes] == ["unchanged"]


def test_what_stands_in_the_way_is_told_once_and_tried_again(inbox, watch, monkeypatch):
    found, told = watch
    shutil.copy(GOOD, inbox / GOOD.name)
    problems, stop, rounds = [], threading.Event(), []

    def busy(*given, **named):
        rounds.append(1)
        if len(rounds) < 3:
            raise store.StoreError("写入忙")
        return real(*given, **named)

    real = batch.load
    monkeypatch.setattr("etl.batch.load", busy)
    threading.Thread(target=lambda: (wait_for(lambda: told), stop.set()), daemon=True).start()
    found.run(stop, 0.05, problems.append)
    assert [str(problem) for problem in problems] == ["写入忙"] and told[0].done


def test_two_watchers_of_one_inbox_take_each_file_once(inbox):
    for path in sorted((FOLDER / "2021Q1").glob("*.xlsx"))[:6]:
        shutil.copy(path, inbox)
    told, stop = [], threading.Event()
    threads = [threading.Thread(target=Watch(inbox, told=told.append).run, args=(stop, 0.1, told.append)) for _ in "ab"]
    for thread in threads:
        thread.start()
    wait_for(lambda: len(names(inbox, "done")) == 6)
    stop.set()
    for thread in threads:
        thread.join()
    assert receipts() == 6 and names(inbox, "mend") == []


def test_the_command_watches_until_it_is_told_to_end(inbox):
    command = [sys.executable, "-m", "etl", "watch", str(inbox), "--every", "0.2"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        try:
            shutil.copy(GOOD, inbox / GOOD.name)
            assert GOOD.name in program.stdout.readline()
            program.send_signal(signal.SIGTERM)
            assert program.wait(20) == 0 and names(inbox, "done") == [GOOD.name]
        finally:
            program.kill()


def test_once_says_by_its_end_whether_all_was_accepted(inbox):
    def once() -> int:
        command = [sys.executable, "-m", "etl", "watch", str(inbox), "--once", "--every", "0.1"]
        return subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1"}, capture_output=True).returncode

    shutil.copy(GOOD, inbox / GOOD.name)
    assert once() == 0
    (inbox / "坏.xlsx").write_bytes(b"no workbook")
    assert once() == 1
    assert (
        subprocess.run(
            [sys.executable, "-m", "etl", "watch", str(inbox / "no")], cwd=ROOT, capture_output=True
        ).returncode
        == 2
    )


def test_where_nothing_can_be_moved_it_is_said_and_the_file_stays(inbox, watch, monkeypatch):
    found, _ = watch
    shutil.copy(GOOD, inbox / GOOD.name)
    found.look()

    def denied(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("etl.watch.os.rename", denied)
    with pytest.raises(InboxProblem, match=GOOD.name):
        found.look()
    assert (inbox / GOOD.name).exists() and receipts() == 1


@pytest.mark.parametrize("place", ["var", "", "var/warehouse"])
def test_a_folder_that_holds_the_data_or_lies_in_it_is_no_inbox(inbox, place, capsys):
    (inbox.parent / "var" / "warehouse").mkdir(parents=True)
    kept = inbox.parent / "var" / "warehouse" / "000001.duckdb"
    kept.write_bytes(b"x")
    assert etl.main(["watch", str(inbox.parent / place), "--once", "--every", "0.1"]) == 2
    assert kept.exists() and "相套" in capsys.readouterr().err


def wait_for(told, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not told():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_return_waits_while_what_is_published_cannot_be_asked(inbox, watch, monkeypatch):
    found, told = watch
    shutil.copy(GOOD, inbox / GOOD.name)
    found.look()
    with monkeypatch.context() as patch:
        patch.setattr(store, "newest", lambda folder: (_ for _ in ()).throw(store.StoreError("连不上")))
        for _ in range(2):
            with pytest.raises(store.StoreError):
                found.look()
    assert left(inbox) == [GOOD.name] and told == []
    assert (found.look(), receipts()) == (1, 1)
