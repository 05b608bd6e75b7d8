"""Killed between the publication and the log: nothing is filed without its line for longer than until the next act."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from datetime import date

import pytest
from actions_fixtures import KEY, actor, right, uploaded, wrong
from admin_fixtures import move_to
from command_line import ROOT
from pages_fixtures import on_stage
from returns_fixtures import put
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from access import audit, db, demo, log_detail
from access.tables import intent
from actions import (
    backup,
    deadlines,
    drafts,
    going_back,
    publishing,
    restoring,
    reviewing,
    submitting,
)
from actions.errors import NotNow
from actions.saying import what
from actions.standing import standing
from catalogue import clock
from catalogue.load import current_plan
from etl.submission import fingerprint
from ui.app import serving, starting
from warehouse import store
from warehouse.versions import file_store
from warehouse.versions.done import Done


class Killed(BaseException):
    """Stands for SIGKILL: nothing of ours runs after it."""


@pytest.fixture
def bare_desk(tmp_path, monkeypatch):
    """No returns on record yet, so that a publication is quick; 抚顺县's draft lies ready."""
    on_stage(tmp_path, monkeypatch)
    demo.ensure_demo(current_plan())
    uploaded()
    yield tmp_path
    db.dispose()


def submit() -> None:
    submitting.submit(actor("210421"), KEY, seen=standing(KEY).seen)


def approve() -> None:
    reviewing.approve(actor("planning"), KEY, seen=standing(KEY).seen)


def lines(event: str) -> list[audit.LogEntry]:
    return audit.entries(event=event, result="ok")


def waiting() -> int:
    with db.reading() as con:
        return len(con.execute(select(intent)).all())


def killed_in(monkeypatch, where: str, act) -> None:
    """`act` runs until `where` of actions.publishing or warehouse.versions.file_store, and no further."""
    place = publishing if where.startswith("publishing") else file_store

    def die(*_, **__):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(place, where.partition(".")[2], die)
        patch.setattr(publishing, "_ended", die)
        with pytest.raises(Killed):
            act()


def test_killed_before_the_log_the_next_start_writes_the_line_and_drops_the_draft(bare_desk, monkeypatch):
    killed_in(monkeypatch, "publishing._finish", submit)
    assert (standing(KEY).state, lines("submitted"), drafts.find(KEY) is not None) == ("filed", [], True)
    assert publishing.settle() == 1
    [line] = lines("submitted")
    assert (line.name, line.role, line.ip, line.object) == ("demo-210421", "filer", "10.20.3.4", KEY.object)
    told = log_detail.facts(line.detail)
    assert list(told) == ["published_at", "number", "sha256"] and told["number"] == standing(KEY).number
    assert drafts.find(KEY) is None and waiting() == 0 and audit.verify().ok
    assert publishing.settle() == 0 and len(lines("submitted")) == 1


def test_killed_before_the_publication_nothing_is_filed_nothing_logged_and_the_draft_is_there(bare_desk, monkeypatch):
    killed_in(monkeypatch, "file_store._settle", submit)
    assert (standing(KEY).state, waiting(), publishing.settle()) == ("missing", 1, 0)
    assert drafts.find(KEY) is not None and lines("submitted") == []
    submit()
    assert len(lines("submitted")) == 1 and waiting() == 0


def test_submitting_again_after_a_kill_says_that_there_is_no_draft_and_not_that_it_failed(bare_desk, monkeypatch):
    killed_in(monkeypatch, "publishing._finish", submit)
    with pytest.raises(NotNow) as problem:
        submit()
    assert problem.value.key == "no_draft" and len(lines("submitted")) == 1


def test_a_new_upload_heals_what_was_left_and_is_kept_itself(bare_desk, monkeypatch):
    killed_in(monkeypatch, "publishing._finish", submit)
    uploaded(wrong(put("学前教育", "E7", 14)))
    assert len(lines("submitted")) == 1 and drafts.find(KEY) is not None


def test_a_draft_that_came_meanwhile_is_not_dropped(bare_desk, monkeypatch):
    killed_in(monkeypatch, "publishing._finish", submit)
    other = wrong(put("学前教育", "E7", 14))
    with monkeypatch.context() as patch:
        patch.setattr(publishing, "settle", lambda: 0)
        uploaded(other)
    assert publishing.settle() == 1
    assert drafts.find(KEY).sha256 == fingerprint(other)


def test_an_error_after_the_version_is_in_place_still_leaves_the_line(bare_desk, monkeypatch):
    def fail(folder):
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(file_store, "sync_folder", fail)
        with pytest.raises(Exception, match=r".+"):
            submit()
    assert standing(KEY).state == "filed" and len(lines("submitted")) == 1 and drafts.find(KEY) is None


def test_what_is_published_counts_even_where_the_log_cannot_be_written(bare_desk, monkeypatch):
    def full(*_, **__):
        raise OperationalError("insert", {}, Exception("database or disk is full"))

    with monkeypatch.context() as patch:
        patch.setattr(publishing, "_finish", full)
        submit()
    assert standing(KEY).state == "filed" and lines("submitted") == []
    assert publishing.settle() == 1 and len(lines("submitted")) == 1


def test_an_act_refused_leaves_no_intent(bare_desk):
    submit()
    with pytest.raises(NotNow):
        reviewing.reopen(actor("planning"), str(KEY.period), KEY.form, KEY.reporter, "没有锁定")
    assert waiting() == 0 and lines("reopened") == []


def test_every_act_that_is_published_gets_its_line(bare_desk, monkeypatch):
    """One after another, each killed before its line and healed by the next."""
    who, desk, admin = actor("210421"), actor("planning"), actor("admin")
    period = str(KEY.period)
    submit()
    acts = {
        "withdrawn": lambda: submitting.withdraw(who, KEY, seen=standing(KEY).seen, reason="填错了"),
        "submitted": lambda: (uploaded(), submit()),
        "returned": lambda: reviewing.send_back(desk, KEY, seen=standing(KEY).seen, reason="请核对"),
        "approved": lambda: (uploaded(wrong(put("学前教育", "E7", 14))), submit(), approve()),
        "locked": lambda: reviewing.lock(desk, period, KEY.form),
        "reopened": lambda: reviewing.reopen(desk, period, KEY.form, KEY.reporter, "补正"),
        "deadline_changed": lambda: deadlines.move(admin, period, "", "", date(2021, 11, 5), "放假"),
        "went_back": lambda: going_back.go_back(admin, 1, "试验"),
    }
    for event, act in acts.items():
        before = len(lines(event))
        finish = publishing._finish

        def die_at(token, late=None, finish=finish, event=event):
            with db.reading() as con:
                row = con.execute(select(intent).where(intent.c.token == token)).one()
            if row.event == event and late is None:
                raise Killed
            return finish(token, late)

        with monkeypatch.context() as patch:
            patch.setattr(publishing, "_finish", die_at)
            with pytest.raises(Killed):
                act()
        assert len(lines(event)) == before, event
        assert publishing.settle() == 1 and len(lines(event)) == before + 1, event


def test_an_act_about_many_gets_all_its_lines_or_heals_them_together(bare_desk, monkeypatch):
    submit()
    act = publishing.Act(actor=actor("planning"), event="approved", object="queue", did="approved", about="2021Q3")
    told = [(f"county/{n}/2021Q3", f"{n}") for n in range(12)]

    def change(writer):
        writer.review_all([standing(KEY).load_id], "approved", clock.now(), "x")
        return told

    killed_in(monkeypatch, "publishing._finish", lambda: publishing.publish(act, change))
    assert (waiting(), lines("approved")) == (12, [])
    assert publishing.settle() == 12
    assert [line.object for line in reversed(lines("approved"))] == [about for about, _ in told]
    assert waiting() == 0 and audit.verify().ok


def test_a_versions_note_is_shown_without_its_token(bare_desk):
    submit()
    version = store.newest(store.data_folder())
    done = Done.read(version.note)
    assert (done.did, done.about) == ("submit", str(KEY))
    assert done.token and done.token not in what(version, current_plan())


def test_what_waits_for_its_line_is_in_a_backup_and_healed_where_it_comes_back(bare_desk, tmp_path, monkeypatch):
    killed_in(monkeypatch, "publishing._finish", submit)
    backup.make(tmp_path / "b.zip")
    move_to(tmp_path / "new", monkeypatch)
    restoring.restore(tmp_path / "b.zip")
    assert drafts.find(KEY) is not None and publishing.settle() == 1
    assert len(lines("submitted")) == 1 and drafts.find(KEY) is None


def test_a_backup_made_before_there_were_intents_comes_back(bare_desk, tmp_path, monkeypatch):
    submit()
    with monkeypatch.context() as patch:
        patch.setattr(backup, "TABLES", tuple(table for table in backup.TABLES if table is not intent))
        backup.make(tmp_path / "b.zip")
    move_to(tmp_path / "new", monkeypatch)
    restoring.restore(tmp_path / "b.zip")
    assert len(lines("submitted")) == 1 and standing(KEY).state == "filed"


def test_a_server_heals_as_it_starts_whatever_state_its_disk_is_in(bare_desk, monkeypatch):
    killed_in(monkeypatch, "publishing._finish", submit)
    cut_off, fresh = bare_desk / "originals" / "ab" / "tmpx.part", bare_desk / "originals" / "ab" / "tmpy.part"
    cut_off.parent.mkdir(exist_ok=True)
    for path in (cut_off, fresh):
        path.write_bytes(b"half")
    os.utime(cut_off, (0, 0))
    starting.heal()
    assert len(lines("submitted")) == 1 and not cut_off.exists() and fresh.exists()

    def unreadable():
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(publishing, "settle", unreadable)
    starting.heal()


async def started() -> None:
    async with serving.warm_up(None):
        assert len(lines("submitted")) == 1


def test_the_app_heals_before_its_first_visitor(bare_desk, monkeypatch):
    killed_in(monkeypatch, "publishing._finish", submit)
    asyncio.run(started())


def test_the_app_starts_though_the_lake_is_away(bare_desk, monkeypatch, caplog):
    submit()
    monkeypatch.setattr(store, "newest", lambda folder: (_ for _ in ()).throw(store.StoreError("连不上数据湖")))
    asyncio.run(started())
    assert "连不上数据湖" in caplog.text and "Traceback" not in caplog.text


DYING = """
import os, signal
from actions_fixtures import KEY, actor
from actions import publishing, submitting
from actions.standing import standing
from catalogue import clock
publishing._finish = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
submitting.submit(actor("210421"), KEY, seen=standing(KEY).seen)
"""


def test_a_server_killed_for_good_is_healed_by_the_next_one(bare_desk):
    search = os.pathsep.join((str(ROOT), str(ROOT / "tests/support")))
    env = {**os.environ, "PYTHONPATH": search, "PYTHONUTF8": "1"}
    assert subprocess.run([sys.executable, "-c", DYING], cwd=ROOT, env=env).returncode == -signal.SIGKILL
    assert (standing(KEY).state, lines("submitted")) == ("filed", [])
    assert publishing.settle() == 1 and len(lines("submitted")) == 1
    assert right() and drafts.find(KEY) is None
