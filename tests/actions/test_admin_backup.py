"""A backup holds everything, says what it holds, and comes back as the same house."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from admin_fixtures import (  # noqa: F401  (fixtures among them)
    AT,
    DRAFT,
    acting,
    house,
    lines_of,
    lived_in,
    move_to,
    newest,
    publish,
)
from command_line import ROOT
from pages_fixtures import demonstration  # noqa: F401
from warehouse_fixtures import a_receipt

from access import accounts, audit, sessions
from actions import backup, drafts, restoring, versions
from actions.backup_file import BackupProblem
from actions.errors import NotAllowed
from catalogue.free_space import NoStorage
from warehouse import originals, store


def test_a_backup_comes_back_as_the_same_house_in_an_empty_folder(lived_in, tmp_path, monkeypatch):  # noqa: F811
    path, latest, before = tmp_path / "out" / "b.zip", newest(), audit.verify()
    made = backup.make(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert backup.verify(path) == made
    says, people = backup.judged(latest), accounts.every()
    files = sorted(each.relative_to(lived_in) for each in (lived_in / "originals").glob("??/*.bin"))
    move_to(tmp_path / "new", monkeypatch)
    proof = restoring.restore(path)
    assert (proof.newest, proof.judged_rows, proof.head) == (latest.number, says[0], before.head)
    assert backup.judged(newest()) == says
    assert accounts.every() == people
    assert accounts.sign_in("li.si", "Tq3d-wKmr-48hX", "10.1.1.1").outcome == "ok"
    assert sessions.living() == []  # whoever was signed in signs in again
    assert drafts.find(DRAFT).file_name == "草稿.xlsx"
    assert originals.content(drafts.find(DRAFT).sha256) == b"a workbook"
    assert (
        sorted(each.relative_to(tmp_path / "new") for each in (tmp_path / "new" / "originals").glob("??/*.bin"))
        == files
    )
    assert [kept.title for kept in versions.frozen()] == ["三季度调度会"]
    assert store.version(tmp_path / "new", 1).number == 1
    assert audit.verify(before.head).ok
    assert audit.entries(event="restored")[0].object == "backup:b.zip"


def test_life_goes_on_in_a_restored_house(lived_in, tmp_path, monkeypatch):  # noqa: F811
    backup.make(tmp_path / "b.zip")
    move_to(tmp_path / "new", monkeypatch)
    restoring.restore(tmp_path / "b.zip")
    number = newest().number
    publish(lambda writer: writer.add_receipt(a_receipt("210402", "2021Q3", AT)))
    assert newest().number == number + 1
    accounts.set_password("li.si", "Another-1-pass", by=None, must_change=False)
    versions.freeze(acting(), newest().number, "又一次会议")
    assert audit.verify().ok


def test_a_backup_moves_from_one_kind_of_store_to_the_other_and_back(lived_in, tmp_path, monkeypatch, postgres_server):  # noqa: F811
    people, frozen = accounts.every(), versions.frozen()
    backup.make(tmp_path / "sqlite.zip")
    move_to(tmp_path / "there", monkeypatch)
    url = postgres_server.fresh_database()
    monkeypatch.setenv("DASHBOARD_ACCOUNTS", url)
    restoring.restore(tmp_path / "sqlite.zip")
    assert (accounts.every(), versions.frozen()) == (people, frozen)
    accounts.set_password("li.si", "Another-1-pass", by=None, must_change=False)  # numbers given out go on
    head = audit.verify().head
    backup.make(tmp_path / "postgresql.zip")
    move_to(tmp_path / "elsewhere", monkeypatch)
    with pytest.raises(BackupProblem, match="不是空的"):  # the database is somebody's
        restoring.restore(tmp_path / "postgresql.zip")
    monkeypatch.delenv("DASHBOARD_ACCOUNTS")
    assert restoring.restore(tmp_path / "postgresql.zip").head == head
    assert accounts.sign_in("li.si", "Another-1-pass", "").outcome == "ok"


def test_all_versions_go_in_when_asked_for_and_else_the_newest_and_the_frozen(lived_in, tmp_path):  # noqa: F811
    publish(lambda writer: writer.lock("2021Q1", "county", "", AT, "李四"))
    assert backup.make(tmp_path / "few.zip").versions == [1, 3]
    assert backup.make(tmp_path / "all.zip", everything=True).versions == [1, 2, 3]


def test_a_backup_made_while_somebody_writes_is_consistent(lived_in, tmp_path, monkeypatch):  # noqa: F811
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            sha256 = originals.keep(f"workbook {number}".encode(), lived_in)
            publish(lambda writer, sha256=sha256: writer.add_receipt(a_receipt("210402", "2021Q3", AT, sha256=sha256)))
            audit.record(None, "submitted", f"{number}", name="li.si")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [backup.make(tmp_path / "0.zip")]
        while len(made) < 4 or (made[-1].newest == made[0].newest and len(made) < 40):
            made.append(backup.make(tmp_path / f"{len(made)}.zip"))
    finally:
        stop.set()
        writer.join()
    assert made[-1].newest > made[0].newest
    for n, each in [*enumerate(made)][-3:]:
        move_to(tmp_path / f"new{n}", monkeypatch)
        with zipfile.ZipFile(tmp_path / f"{n}.zip") as file:
            there = {name for name in file.namelist() if name.startswith("originals/")}
        assert restoring.restore(tmp_path / f"{n}.zip").newest == each.newest
        with store.open_version(newest()) as con:
            wanted = [
                row[0]
                for row in con.execute("select distinct sha256 from receipt where reporter = '210402'").fetchall()
            ]
        assert {f"originals/{sha256[:2]}/{sha256}.bin" for sha256 in wanted} <= there


def test_nothing_is_overwritten(lived_in, tmp_path, monkeypatch):  # noqa: F811
    backup.make(tmp_path / "b.zip")
    with pytest.raises(BackupProblem, match="不覆盖"):
        backup.make(tmp_path / "b.zip")
    with pytest.raises(BackupProblem, match="不是空的"):
        restoring.restore(tmp_path / "b.zip")
    assert newest().number == 2


def test_a_folder_that_may_not_be_made_is_told_in_a_sentence(lived_in, tmp_path, monkeypatch):  # noqa: F811
    backup.make(tmp_path / "b.zip")
    move_to(tmp_path / "new", monkeypatch)
    monkeypatch.setattr(Path, "mkdir", lambda *_, **__: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
    with pytest.raises(NoStorage, match="不能写入"):
        restoring.restore(tmp_path / "b.zip")


def test_the_command_line_backs_up_verifies_and_restores(lived_in, tmp_path):  # noqa: F811
    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "actions", *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            env={**os.environ, "PYTHONUTF8": "1"},
        )

    file, into = str(tmp_path / "b.zip"), str(tmp_path / "new")
    made = call("backup", file)
    assert made.returncode == 0 and "第2版" in made.stdout, made.stderr
    assert call("backup", file).returncode == 1
    good = call("verify", file, "--lang", "en")
    assert good.returncode == 0 and "is whole" in good.stdout
    done = call("restore", file, "--into", into)
    assert done.returncode == 0 and "与原来相同" in done.stdout, done.stderr
    again = call("restore", file, "--into", into)
    assert again.returncode == 1 and "不是空的" in again.stderr
    assert call("restore", file).returncode == 2
    assert lines_of("backup") == [("operator", "backup:b.zip", lines_of("backup")[0][2])]
    shutil.rmtree(into)


def test_on_the_screen_backups_lie_below_the_data_folder_and_are_the_administrators(lived_in):  # noqa: F811
    name, made = backup.make_here(acting())
    assert [each.name for each in backup.listing(acting())] == [name]
    assert backup.verify_here(acting(), name) == made
    assert backup.content(acting(), name)[:2] == b"PK"
    assert lines_of("backup")[0][:2] == ("demo-admin", f"backup:{name}")
    assert lines_of("download")[-1][:2] == ("demo-admin", f"backup:{name}")
    for wanted in ("../accounts.db", "backup-20211015-101010.zip", f"./{name}"):
        with pytest.raises(BackupProblem, match="没有备份文件"):
            backup.content(acting(), wanted)


@pytest.mark.parametrize("who", ["leader", "210402", "planning", "auditor"])
def test_nobody_but_an_administrator_makes_or_takes_a_backup(house, who):  # noqa: F811
    for tried in (
        lambda: backup.make_here(acting(who)),
        lambda: backup.listing(acting(who)),
        lambda: backup.content(acting(who), "backup-20211015-101010.zip"),
    ):
        with pytest.raises(NotAllowed):
            tried()
    assert not (house / "backups").exists()
    assert len(lines_of("refused", "refused")) == 3
