"""A disk that is full or cannot be written: who is in goes on looking, who wants to write is told so in a sentence."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest
from access_fixtures import clock  # noqa: F401  (fixture)
from gate_fixtures import PASSWORD, Browser, two_accounts  # noqa: F401  (fixture)
from sqlalchemy import event
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from access import accounts, audit, db, sessions
from access.web.gate import Gate
from access.web.routes import ROUTES
from catalogue import free_space
from catalogue.free_space import NoStorage

APP = Starlette(
    routes=[*ROUTES, Route("/{rest:path}", lambda request: PlainTextResponse("inside"))], middleware=[Middleware(Gate)]
)
TROUBLE = {"full": "database or disk is full", "read_only": "attempt to write a readonly database"}
WORDS = {"full": "数据盘已满", "read_only": "不能写入"}


@pytest.fixture(params=list(TROUBLE))
def trouble(request, two_accounts) -> str:  # noqa: F811
    """Call `begin` and no statement that writes succeeds any more."""

    def begin() -> None:
        @event.listens_for(db.engine(), "before_cursor_execute")
        def fail(con, cursor, statement, *_):
            if statement.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE"):
                raise sqlite3.OperationalError(TROUBLE[request.param])

    request.begin = begin
    return request


def test_who_is_signed_in_goes_on_looking(trouble, clock):  # noqa: F811
    token, session = sessions.start(accounts.get("xinfu"), "127.0.0.1")
    trouble.begin()
    clock.forward(minutes=20)
    assert sessions.find(session).name == "xinfu"
    browser = Browser(APP, cookies={"plan_session": token})
    assert browser.get("/overview").text == "inside"
    clock.forward(minutes=20)
    assert sessions.find(session) is None  # nobody saw them, so they are idle: it fails closed


def test_signing_in_says_that_nothing_can_be_saved(trouble):
    browser = Browser(APP)
    trouble.begin()
    answer = browser.post("/sign-in", {"name": "xinfu", "password": PASSWORD})
    assert (answer.status, "plan_session" in browser.cookies) == (503, False)
    assert WORDS[trouble.param] in answer.text and "管理员" in answer.text


def test_what_is_refused_stays_refused(trouble):
    trouble.begin()
    assert Browser(APP).get("/_stcore/metrics", accept="*/*").status == 401


def test_the_command_line_says_it_too(trouble, capsys):
    from access.__main__ import main

    trouble.begin()
    assert main(["unlock", "xinfu"]) == 2
    assert WORDS[trouble.param] in capsys.readouterr().err


@pytest.fixture
def read_only_folder(two_accounts, tmp_path, monkeypatch):  # noqa: F811
    """The same store in a folder that really cannot be written, whoever runs the tests."""
    sessions.start(accounts.get("xinfu"), "127.0.0.1")
    db.dispose()
    folder = Path(tempfile.mkdtemp())
    shutil.copytree(tmp_path, folder, dirs_exist_ok=True)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    monkeypatch.setenv("DASHBOARD_DATA", str(folder))
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    yield folder
    db.dispose()
    if root:
        os.seteuid(0)
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_server_started_on_a_folder_that_cannot_be_written_shows_what_there_is(read_only_folder):
    assert accounts.get("xinfu").office == "210402"
    assert audit.verify().ok and len(sessions.living("xinfu")) == 1
    with pytest.raises(NoStorage) as told:
        sessions.start(accounts.get("xinfu"), "127.0.0.1")
    assert told.value.kind == "read_only"


# Room


def test_room_is_asked_for_before_it_is_used(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda place: shutil._ntuple_diskusage(10**9, 0, 100 * 2**20))
    free_space.require(tmp_path / "not" / "yet", 30 * 2**20)
    with pytest.raises(NoStorage, match=r"剩余 100 MB，需要 104 MB"):
        free_space.require(tmp_path, 40 * 2**20)


@pytest.mark.parametrize(
    ("problem", "kind"),
    [
        (OSError(28, "No space left on device"), "full"),
        (OSError(122, "Disk quota exceeded"), "full"),
        (PermissionError(13, "Permission denied"), "read_only"),
        (OSError(30, "Read-only file system"), "read_only"),
        (sqlite3.OperationalError("disk I/O error"), "fault"),
        (sqlite3.OperationalError("database is locked"), None),
        (ValueError("disk is full"), None),
        (FileNotFoundError(2, "No such file"), None),
    ],
)
def test_trouble_with_the_disk_is_told_from_other_trouble(problem, kind):
    assert free_space.kind_of(problem) == kind
    wrapped = RuntimeError("x")
    wrapped.__cause__ = problem
    assert free_space.kind_of(wrapped) == kind
    with pytest.raises(NoStorage if kind else type(problem)), free_space.told():
        raise problem
