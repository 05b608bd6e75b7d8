"""Uploads are counted where they come in, and let go of when nobody takes them."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict, deque

import pytest
from gate_fixtures import Browser, two_accounts  # noqa: F401  (fixture)
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from access import accounts, audit, sessions
from access.web import bindings, upload_limits
from access.web.gate import UPLOAD, Gate

pytestmark = pytest.mark.usefixtures("two_accounts", "fresh")
KB = 1024


@pytest.fixture
def fresh(monkeypatch):
    monkeypatch.setattr(upload_limits, "_under_way", Counter())
    monkeypatch.setattr(upload_limits, "_came", defaultdict(deque))
    monkeypatch.setattr(upload_limits, "_held", 0)


class Inside:
    """What stands behind the gate: takes a body and may be slow about it."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.open.set()
        self.taken: list[int] = []
        self.app = Starlette(routes=[Route("/{rest:path}", self.take, methods=["PUT"])], middleware=[Middleware(Gate)])

    async def take(self, request):
        try:
            self.taken.append(len(await request.body()))
        except ClientDisconnect:
            return PlainTextResponse("cut off", 400)
        while not self.open.is_set():
            time.sleep(0.005)
        return PlainTextResponse("", 204)


@pytest.fixture
def inside() -> Inside:
    return Inside()


def browser(inside: Inside, name: str = "xinfu") -> Browser:
    token, session = sessions.start(accounts.get(name), "127.0.0.1")
    bindings.bind(f"streamlit-{session}", session)
    made = Browser(inside.app, cookies={"plan_session": token})
    made.into = f"{UPLOAD}streamlit-{session}/"
    return made


def put(whose: Browser, size: int = KB, told: str | None = "") -> int:
    headers = {} if told is None else {"content-length": told or str(size)}
    return whose.request("PUT", f"{whose.into}file", b"x" * size, headers).status


def test_an_account_may_send_so_many_files_and_so_many_bytes_in_ten_minutes(inside, monkeypatch):
    monkeypatch.setattr(upload_limits, "FILES", 5)
    whose = browser(inside)
    assert [put(whose) for _ in range(7)] == [204] * 5 + [429] * 2
    assert put(browser(inside)) == 429  # another session of the same account
    assert put(browser(inside, "boss")) == 204
    [line] = [line for line in audit.entries(event="refused") if line.detail == "uploads: often"][:1]
    assert line.name == "xinfu"
    monkeypatch.setattr(upload_limits, "FILES", 500)
    monkeypatch.setattr(upload_limits, "BYTES", 20 * KB)
    assert put(whose, 14 * KB) == 204 and put(whose, 14 * KB) == 429
    later = time.monotonic() + upload_limits.WINDOW + 1
    monkeypatch.setattr(upload_limits.time, "monotonic", lambda: later)
    assert put(whose, 14 * KB) == 204


def test_one_session_does_not_use_up_what_its_account_may_send(inside, monkeypatch):
    monkeypatch.setattr(upload_limits, "SESSION_FILES", 3)
    whose, another = browser(inside), browser(inside)
    assert [put(whose) for _ in range(4)] == [204] * 3 + [429]
    assert put(another) == 204  # the account has not sent too much
    assert audit.entries(event="refused")[0].detail == "uploads: session_often"
    monkeypatch.setattr(upload_limits, "SESSION_FILES", 500)
    monkeypatch.setattr(upload_limits, "SESSION_BYTES", 8 * KB)
    assert put(whose, 6 * KB) == 429 and put(another, 6 * KB) == 204
    later = time.monotonic() + upload_limits.WINDOW + 1
    monkeypatch.setattr(upload_limits.time, "monotonic", lambda: later)
    assert put(whose, 6 * KB) == 204


def test_two_of_the_largest_files_to_check_fit_into_one_session():
    assert upload_limits.SESSION_BYTES >= 2 * 64 * upload_limits.MB
    assert upload_limits.SESSION_FILES < upload_limits.FILES and upload_limits.SESSION_BYTES < upload_limits.BYTES


def test_a_session_may_have_so_many_on_their_way(inside, monkeypatch):
    monkeypatch.setattr(upload_limits, "AT_ONCE", 2)
    inside.open.clear()
    whose, answers = browser(inside), []
    crowd = [threading.Thread(target=lambda: answers.append(put(whose))) for _ in range(4)]
    for one in crowd:
        one.start()
    while len(answers) < 2:
        time.sleep(0.005)
    inside.open.set()
    for one in crowd:
        one.join()
    assert sorted(answers) == [204, 204, 429, 429] and put(whose) == 204


def test_more_than_was_announced_is_not_taken_in(inside):
    assert put(browser(inside), 64 * KB, told="10") == 400 and inside.taken == []


def test_what_does_not_say_how_large_it_is_counts_as_the_largest(inside, monkeypatch):
    monkeypatch.setattr(upload_limits, "BYTES", 2 * upload_limits.LARGEST)
    whose = browser(inside)
    assert [put(whose, told=None) for _ in range(3)] == [204, 204, 429]


def test_all_accounts_together_hold_no_more_than_the_memory_has_room_for(inside, monkeypatch):
    monkeypatch.setattr(upload_limits, "HELD", 10 * KB)
    assert [put(browser(inside, name), 6 * KB) for name in ("xinfu", "boss")] == [204, 429]


def test_what_nobody_takes_is_let_go_of_after_a_while(monkeypatch):
    manager = MemoryUploadedFileManager("/_stcore/upload_file")
    manager.add_file("s", UploadedFileRec("f", "x.xlsx", "", b"x" * KB))
    monkeypatch.setattr(Runtime, "exists", lambda: True)
    monkeypatch.setattr(Runtime, "instance", lambda: type("R", (), {"uploaded_file_mgr": manager}))
    monkeypatch.setattr(upload_limits, "_held", KB)
    upload_limits._let_go("s/f", KB)
    assert manager.get_files("s", ["f"]) == [] and upload_limits._held == 0
    upload_limits._let_go("s/f", 0)  # gone already


def test_an_upload_that_is_admitted_is_let_go_of_later(inside, monkeypatch):
    later = []
    monkeypatch.setattr(upload_limits, "let_go_later", lambda path, size: later.append((path, size)))
    whose = browser(inside)
    put(whose)
    assert later == [(f"{whose.into.removeprefix(UPLOAD)}file", KB)]
