"""Two dashboards on one lake and one PostgreSQL: who signs in at one is known to the other, what one publishes the other shows, and
one that is killed takes nothing along."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import pytest
from command_line import ROOT
from demo_fixtures import FOLDER
from gate_fixtures import PASSWORD, Tab, script_serving
from lake_fixtures import lake  # noqa: F401  (a fixture)
from long_people import Done, Uploader

from access import accounts, db, passwords
from catalogue.load import current_plan
from etl import batch
from warehouse import store


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *given):
        return None


@pytest.fixture
def data(lake, postgres_server, tmp_path, monkeypatch):  # noqa: F811
    """Two counties' returns of all quarters but the third on record, and a filer and a leader."""
    folder = tmp_path / "var"
    monkeypatch.setenv("DASHBOARD_DATA", str(folder))
    monkeypatch.setenv("DASHBOARD_ACCOUNTS", postgres_server.fresh_database())
    monkeypatch.setenv("DASHBOARD_TODAY", "2021-10-15")
    passwords.set_cost(1, 8, 1)
    for name, role, office in (
        ("filer-210402", "filer", "210402"),
        ("filer-210403", "filer", "210403"),
        ("boss", "admin", ""),
    ):
        given = {"name": name, "person": "某人", "role": role, "office": office, "password": PASSWORD}
        accounts.create(**given, plan=current_plan(), by=None, must_change=False)
    before = [path for unit in ("东洲区", "新抚区") for path in FOLDER.glob(f"2021Q[12]/*_{unit}_*.xlsx")]
    batch.load([*(FOLDER / "2020Q4").glob("*.xlsx"), *before])
    yield folder
    db.dispose()
    passwords.set_ordinary_cost()


def asked(address: str, path: str, cookie: str = "", fields: dict[str, str] | None = None):
    """The answer, whatever its status; nobody is sent on."""
    sent = {"Accept": "text/html", "Origin": address, "Cookie": cookie}
    request = urllib.request.Request(address + path, urlencode(fields).encode() if fields else None, sent)
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as problem:
        with problem:
            return problem.code, problem.headers, problem.read().decode()


def signed_in(address: str, name: str) -> str:
    _, headers, shown = asked(address, "/sign-in")
    form = re.search(r'name="form" value="([^"]+)"', shown)[1]
    cookie = headers["Set-Cookie"].partition(";")[0]
    status, headers, told = asked(address, "/sign-in", cookie, {"form": form, "name": name, "password": PASSWORD})
    assert status == 303, told
    return next(line for line in headers.get_all("Set-Cookie") if "plan_session" in line).partition(";")[0]


def newest(address: str, cookie: str) -> int:
    status, _, told = asked(address, "/api/v1/versions", cookie)
    assert status == 200, told
    return max(row["version"] for row in json.loads(told)["rows"])


def files_its_return(address: str, folder, office: str) -> float:
    """Uploaded and submitted on the screen; when it was done."""
    done = Done()
    person = Uploader(address, folder, f"filer-{office}", done, threading.Event(), 1)
    person.account = office
    # As Streamlit names it, so that no other screen comes first.
    person.pages["filing"] = hashlib.md5(b"filing").hexdigest()
    with Tab(address, person.cookie) as tab:
        person._submit(tab, person._upload(tab, person.ask(tab, "filing"), *person._return()))
    assert (done.problems, done.counts["submissions"]) == ([], 1)
    return time.monotonic()


def test_two_dashboards_are_one_and_one_that_is_killed_takes_nothing_along(data):
    with ExitStack() as both, ThreadPoolExecutor() as begun:
        here, there = begun.map(lambda _: both.enter_context(script_serving(ROOT / "app.py", data)), range(2))
        cookie = signed_in(here, "boss")
        assert asked(there, "/", cookie)[0] == 200, "signed in at one, known to the other"
        before = newest(there, cookie)
        published = files_its_return(here, data, "210402")
        while newest(there, cookie) == before:
            assert time.monotonic() - published < 1, "on the other within a second"
        os.kill(pid_of(here), signal.SIGKILL)
        assert newest(there, cookie) == before + 1
        files_its_return(there, data, "210403")
    found = store.latest(data)
    with store.open_version(found) as con:
        told = con.execute("select reporter from receipt where period = '2021Q3' order by all").fetchall()
    assert (found.number, told) == (before + 2, [("210402",), ("210403",)])


def pid_of(address: str) -> int:
    """Of the process that listens there."""
    port = f"{int(address.rpartition(':')[2]):04X}"
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    inode = next(line[9] for line in lines if line[1].endswith(f":{port}") and line[3] == "0A")
    for pid in filter(str.isdecimal, os.listdir("/proc")):
        try:
            if any(os.readlink(f"/proc/{pid}/fd/{fd}") == f"socket:[{inode}]" for fd in os.listdir(f"/proc/{pid}/fd")):
                return int(pid)
        except OSError:
            continue
    raise LookupError(address)
