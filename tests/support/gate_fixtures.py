"""Browsers without a screen: one that calls the app directly, and one that speaks Streamlit's websocket."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any, TypeVar
from unittest import mock
from urllib.parse import urlencode

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from access import accounts, db, passwords, sessions
from access.model import Account
from access.web import bindings, refusals
from bench.browser import ROOT, wait_until_healthy
from catalogue.load import current_plan

T = TypeVar("T")
PASSWORD = "Tulip-48-green"


def signed_in_cookie(data_folder: Path, account: Account | str) -> str:
    """The token for the cookie `plan_session` of a session begun directly in the store of that data folder."""
    with mock.patch.dict(os.environ, {"DASHBOARD_DATA": str(data_folder)}):
        found = accounts.get(account) if isinstance(account, str) else account
        token, _ = sessions.start(found, "127.0.0.1")
        db.dispose()
    return token


@pytest.fixture
def two_accounts(tmp_path, monkeypatch):
    """An administrator and a county's filer, who have changed their first passwords."""
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    for name in ("DASHBOARD_ACCOUNTS", "DASHBOARD_DEMO", "DASHBOARD_ACCESS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(refusals, "_noted", {})
    monkeypatch.setattr(bindings, "_owners", OrderedDict())
    passwords.set_cost(1, 8, 1)
    for name, role, office in (("boss", "admin", ""), ("xinfu", "filer", "210402")):
        accounts.create(
            name=name, person="某人", role=role, office=office, password=PASSWORD + "1", plan=current_plan(), by=None
        )
        accounts.set_password(name, PASSWORD, by=None, must_change=False)
    yield
    db.dispose()
    passwords.set_ordinary_cost()


# Calling the app directly


def run(work: Coroutine[Any, Any, T]) -> T:
    """In a thread of its own: the browser tests leave an event loop running in the main one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


@dataclass
class Answer:
    status: int
    headers: list[tuple[str, str]]
    text: str
    content: bytes = b""

    def header(self, name: str) -> str:
        return "\n".join(value for key, value in self.headers if key == name)


@dataclass
class Browser:
    """Keeps cookies. Forms are sent as a person would: opened first, so that the form's token is there."""

    app: object
    client: str = "127.0.0.1"
    host: str = "127.0.0.1:8501"
    scheme: str = "http"
    extra: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, accept: str = "text/html", **headers: str) -> Answer:
        return self.request("GET", path, b"", {"accept": accept, **headers})

    def post(self, path: str, fields: dict[str, str], opened: str | None = None, **headers: str) -> Answer:
        """opened: the page that holds the form, where it is not at `path` itself."""
        shown = self.get(opened or path).text
        token = re.search(r'name="form" value="([^"]+)"', shown)
        return self.send(path, {"form": token[1] if token else "", **fields}, **headers)

    def send(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        kind = {"content-type": "application/x-www-form-urlencoded", "accept": "text/html"}
        return self.request("POST", path, urlencode(fields).encode(), kind | headers)

    def request(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        answer = run(self._call(method, path, body, headers))
        for line in (value for key, value in answer.headers if key == "set-cookie"):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
                if morsel["max-age"] == "0":
                    del self.cookies[name]
        return answer

    def scope(self, kind: str, path: str, headers: dict[str, str]) -> dict:
        path, _, query = path.partition("?")
        sent = {"host": self.host, **self.extra, **headers}
        if self.cookies:
            sent.setdefault("cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        return {
            "type": kind,
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "scheme": self.scheme,
            "http_version": "1.1",
            "client": (self.client, 50_000),
            "server": ("127.0.0.1", 8501),
            "headers": [(name.lower().encode(), value.encode()) for name, value in sent.items()],
        }

    async def _call(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        sent, waiting = [], [{"type": "http.request", "body": body}]

        async def receive() -> dict:
            return waiting.pop() if waiting else {"type": "http.disconnect"}

        async def send(message: dict) -> None:
            sent.append(message)

        await self.app({**self.scope("http", path, headers), "method": method}, receive, send)
        content = b"".join(message.get("body", b"") for message in sent[1:])
        pairs = [(name.decode().lower(), value.decode()) for name, value in sent[0]["headers"]]
        return Answer(sent[0]["status"], pairs, content.decode("utf-8", "replace"), content)


# Speaking to a running server


@contextmanager
def script_serving(script: Path, data: Path, **environment: str) -> Iterator[str]:
    """A Streamlit script on a free port of 127.0.0.1, with the project's configuration; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            str(script),
            "--server.address",
            "127.0.0.1",
            "--server.port",
            str(port),
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "DASHBOARD_DATA": str(data), **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


LAST = ("script_finished", "auth_redirect", "heartbeat_ack", "file_urls_response")


class Tab:
    """One browser tab's websocket to Streamlit."""

    def __init__(self, address: str, cookie: str = "", session: str = "", **headers: str) -> None:
        """session: the Streamlit session that a reconnecting tab says it had. Entering it raises InvalidStatus where it
        is refused."""
        entries = ["streamlit", "token", *([session] if session else [])]
        sent = {**headers, **({"Cookie": f"plan_session={cookie}"} if cookie else {})}
        self._opening = connect(
            f"{address.replace('http', 'ws')}/_stcore/stream",
            subprotocols=entries,
            additional_headers=sent,
            max_size=None,
            proxy=None,
            open_timeout=60,  # on a machine that is busy a tab waits to be let in as long as for a screen
        )
        self.session = ""

    def __enter__(self) -> Tab:
        self.line = self._opening.__enter__()
        return self

    def __exit__(self, *problem: object) -> None:
        self._opening.__exit__(*problem)

    def say(self, message: BackMsg) -> None:
        self.line.send(message.SerializeToString())

    def rerun(self, **state: object) -> list[ForwardMsg]:
        """Ask for a run and give what came until it was finished, or until the server closed the line."""
        message = BackMsg()
        message.rerun_script.SetInParent()
        for name, value in state.items():
            setattr(message.rerun_script, name, value)
        self.say(message)
        return self.answers()

    def answers(self, timeout: float = 30) -> list[ForwardMsg]:
        found = []
        while not found or found[-1].WhichOneof("type") not in LAST:
            found.append(ForwardMsg.FromString(self.line.recv(timeout=timeout)))
            if found[-1].WhichOneof("type") == "new_session":
                self.session = found[-1].new_session.initialize.session_id
        return found


def kinds(messages: list[ForwardMsg]) -> set[str]:
    return {message.WhichOneof("type") for message in messages}


def texts(messages: list[ForwardMsg]) -> str:
    """What a run wrote by st.text."""
    return "\n".join(
        message.delta.new_element.text.body
        for message in messages
        if message.WhichOneof("type") == "delta" and message.delta.new_element.WhichOneof("type") == "text"
    )
