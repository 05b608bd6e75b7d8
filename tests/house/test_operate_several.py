"""Several dashboards behind one port: everybody comes to the same one each time, and one that is killed is missed by nobody."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from command_line import ROOT
from gate_fixtures import Tab, signed_in_cookie
from operate_fixtures import NGINX
from pages_fixtures import on_stage

from access import db, demo
from bench.browser import wait_until_healthy
from catalogue import clock
from catalogue.load import current_plan
from ui.app.several import free_ports, main
from warehouse import store
from warehouse.write import Writer

needs_nginx = pytest.mark.skipif(NGINX is None, reason="no nginx on this machine: apt-get install nginx-light")


@pytest.fixture
def house(demo_house, tmp_path, monkeypatch):
    """Two dashboards on the sample returns; gives the address and the cookies of six accounts."""
    folder = tmp_path / "var"
    shutil.copytree(demo_house, folder)
    on_stage(folder, monkeypatch)
    names = [account.name for account in demo.ensure_demo(current_plan())][:6]
    db.dispose()
    [port] = free_ports(1)
    env = {**os.environ, "PYTHONPATH": str(ROOT), "DASHBOARD_DATA": str(folder)}
    command = [sys.executable, "-m", "ui.app.several", "--workers", "2", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True) as program:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until_healthy(address)
            yield program, address, [signed_in_cookie(folder, name) for name in names]
        finally:
            program.terminate()
            assert program.wait(40) == 0


def worker_of(address: str, cookie: str) -> int:
    """The port of the one that answers."""
    asked = urllib.request.Request(address, headers={"Cookie": f"plan_session={cookie}", "Accept": "text/html"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        assert '<div id="root">' in answer.read().decode()
        return int(answer.headers["X-Plan-Worker"].rpartition(":")[2])


def children(pid: int) -> dict[int, int]:
    """Port -> process, of the dashboards."""
    found = {}
    for child in map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()):
        words = Path(f"/proc/{child}/cmdline").read_text().split("\0")
        if "streamlit" in words:
            found[int(words[words.index("--server.port") + 1])] = child
    return found


@needs_nginx
def test_everybody_comes_to_the_same_one_and_one_that_is_killed_is_started_again(house):
    program, address, cookies = house
    for port in children(program.pid):
        wait_until_healthy(f"http://127.0.0.1:{port}")
    at = [worker_of(address, cookie) for cookie in cookies]
    assert [worker_of(address, cookie) for cookie in cookies] == at
    for cookie in cookies[:2]:
        with Tab(address, cookie) as tab:
            assert tab.rerun()[-1].WhichOneof("type") == "script_finished"
    published_by_one_and_shown_by_both(program, cookies[0])
    lost = at[0]
    os.kill(children(program.pid)[lost], signal.SIGKILL)
    assert worker_of(address, cookies[0]) != lost, "the other answers for it"
    with Tab(address, cookies[0]) as tab:
        assert tab.rerun()[-1].WhichOneof("type") == "script_finished", "and is signed in there"
    wait_until_healthy(f"http://127.0.0.1:{lost}")
    until = time.monotonic() + 20
    while worker_of(address, cookies[0]) != lost:
        assert time.monotonic() < until
        time.sleep(0.5)


def published_by_one_and_shown_by_both(program, cookie: str) -> None:
    """The versions lie in files of one folder; nobody tells the dashboards, they look."""
    dashboards = [f"http://127.0.0.1:{port}" for port in children(program.pid)]
    before = {newest(address, cookie) for address in dashboards}
    made = store.publish(store.data_folder(), current_plan(), approve_one, note="test", by="test")
    until = time.monotonic() + 1
    while {newest(address, cookie) for address in dashboards} != {made.number}:
        assert time.monotonic() < until, "within a second"
    assert before == {made.number - 1} and len(dashboards) == 2


def approve_one(writer: Writer) -> None:
    [(waiting,)] = writer.rows("select min(load_id) from receipt_state where state = 'filed'")
    writer.review(waiting, "approved", clock.now(), "test")


def newest(address: str, cookie: str) -> int:
    asked = urllib.request.Request(f"{address}/api/v1/versions", headers={"Cookie": f"plan_session={cookie}"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        return max(row["version"] for row in json.load(answer)["rows"])


@needs_nginx
def test_the_demonstration_is_offered_to_this_machine_and_to_nobody_behind_another_proxy(house):
    """As with one process: `make run WORKERS=2` is a demonstration too."""
    _, address, _ = house
    offered = 'action="/sign-in/demo"'
    assert offered in shown(f"{address}/sign-in")
    assert offered not in shown(f"{address}/sign-in", **{"X-Forwarded-For": "10.0.0.9"})
    assert offered not in shown(f"{address}/sign-in", Host="plan.example.gov.cn")


def shown(url: str, **headers: str) -> str:
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30) as answer:
        return answer.read().decode()


def test_nobody_but_this_machine_is_let_in_by_a_proxy_that_is_not_trusted(capsys):
    """Else all sign-ins would seem to come from this machine, which is never locked out."""
    assert main(["--address", "0.0.0.0", "--port", "0"]) == 2
    assert "trusted_proxies" in capsys.readouterr().err


def test_a_port_that_is_taken_is_told(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert main(["--port", str(taken.getsockname()[1])]) == 2
    assert "端口" in capsys.readouterr().err
