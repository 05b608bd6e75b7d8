"""A small Streamlit app on a real server, with the gate before it and without."""

from __future__ import annotations

import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest
from gate_fixtures import Tab, script_serving, signed_in_cookie

from access import accounts, db, sessions
from catalogue.load import current_plan

# A page with a secret of its session, a file to download, a place for files, a part that runs by itself, and who it is.
SCRIPT = """
import os, secrets
import streamlit as st
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx
if get_script_run_ctx(suppress_warning=True) is None:
    from starlette.middleware import Middleware
    from access.web.gate import Gate
    from access.web.routes import ROUTES
    app = st.App(__file__, routes=ROUTES, middleware=[Middleware(Gate)] if os.environ["GATED"] == "1" else [])
else:
    from access.web.gate import SESSION_KEY, bind
    who = st.user.get(SESSION_KEY)
    bind(get_script_run_ctx().session_id, who or "")
    st.text(f"secret {st.session_state.setdefault('secret', secrets.token_hex(8))}")
    st.text(f"session {who} client {st.user.get('client')} cookie {st.context.cookies.get('plan_session')}")
    st.download_button("file", b"figures of a county", "figures.csv", on_click="ignore")
    st.file_uploader("files")
    @st.fragment
    def part():
        st.text("the fragment ran")
    part()
"""


@dataclass
class House:
    address: str
    data: Path

    def enter(self, name: str) -> str:
        """A cookie's token."""
        return signed_in_cookie(self.data, name)

    def fetch(self, path: str, cookie: str = "", method: str = "GET", body: bytes | None = None, **headers: str) -> int:
        """The status of an answer."""
        asked = urllib.request.Request(
            self.address + path, body, {**headers, "Cookie": f"plan_session={cookie}"}, method=method
        )
        try:
            with urllib.request.urlopen(asked, timeout=20) as answer:
                return answer.status
        except urllib.error.HTTPError as problem:
            problem.close()
            return problem.code

    def end(self, cookie: str) -> None:
        with mock.patch.dict("os.environ", {"DASHBOARD_DATA": str(self.data)}):
            sessions.end(sessions.id_of(cookie))
            db.dispose()


def served(folder: Path, gated: str):
    (folder / "app.py").write_text(SCRIPT, "utf-8")
    with mock.patch.dict("os.environ", {"DASHBOARD_DATA": str(folder)}):
        for name, role, office in (("boss", "admin", ""), ("xinfu", "filer", "210402")):
            accounts.create(
                name=name, person="某人", role=role, office=office, password=None, plan=current_plan(), by=None
            )
        accounts.set_password("boss", "Tulip-48-green", by=None, must_change=False)
        db.dispose()
    return script_serving(folder / "app.py", folder, GATED=gated)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gated")
    with served(folder, "1") as address:
        yield House(address, folder)


@pytest.fixture(scope="module")
def open_house(tmp_path_factory):
    """The same without the gate."""
    folder = tmp_path_factory.mktemp("open")
    with served(folder, "0") as address:
        yield House(address, folder)


def secret(told: str) -> str:
    return next(line for line in told.splitlines() if line.startswith("secret"))


def media(messages) -> str:
    """The download button's address."""
    return next(
        m.delta.new_element.download_button.url for m in messages if m.delta.new_element.HasField("download_button")
    )


def upload(house: House, tab: Tab, cookie: str) -> int:
    """Put a file into that tab's Streamlit session."""
    body = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\nA,1\r\n--x--\r\n'
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    with urllib.request.urlopen(f"{house.address}/_stcore/health", timeout=20) as answer:
        form = answer.headers["Set-Cookie"].partition("=")[2].partition(";")[0]
    return house.fetch(
        f"/_stcore/upload_file/{tab.session}/file-1",
        f"{cookie}; _streamlit_xsrf={form}",
        "PUT",
        body,
        **kind,
        **{"X-Xsrftoken": form},
    )
