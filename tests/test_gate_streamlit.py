"""What Streamlit leaves open and the gate closes, on a real server: each is shown open without the gate."""
from __future__ import annotations

import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from gate_fixtures import Tab, kinds, script_serving, signed_in_cookie, texts
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus

from access import accounts, db, sessions
from access.tables import session
from catalogue.load import current_plan

# A page with a secret of its session, a file to download, a place for files, a part that runs by itself, and who it is.
SCRIPT = '''
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
'''


@dataclass
class House:
    address: str
    data: Path

    def enter(self, name: str) -> str:
        """A cookie's token."""
        return signed_in_cookie(self.data, name)

    def fetch(self, path: str, cookie: str = "", method: str = "GET", body: bytes | None = None, **headers: str) -> int:
        """The status of an answer."""
        asked = urllib.request.Request(self.address + path, body, {**headers, "Cookie": f"plan_session={cookie}"}, method=method)
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
            accounts.create(name=name, person="某人", role=role, office=office, password=None, plan=current_plan(), by=None)
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
    return next(m.delta.new_element.download_button.url for m in messages if m.delta.new_element.HasField("download_button"))


def upload(house: House, tab: Tab, cookie: str) -> int:
    """Put a file into that tab's Streamlit session."""
    body = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\nA,1\r\n--x--\r\n'
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    with urllib.request.urlopen(f"{house.address}/_stcore/health", timeout=20) as answer:
        form = answer.headers["Set-Cookie"].partition("=")[2].partition(";")[0]
    return house.fetch(
        f"/_stcore/upload_file/{tab.session}/file-1", f"{cookie}; _streamlit_xsrf={form}", "PUT", body, **kind, **{"X-Xsrftoken": form}
    )


# Nobody


def test_no_script_runs_for_somebody_without_a_session(house, open_house):
    with pytest.raises(InvalidStatus) as refused, Tab(house.address):
        pass
    assert refused.value.response.status_code == 403
    with Tab(open_house.address) as tab:
        assert "secret" in texts(tab.rerun())


def test_a_made_up_or_ended_session_is_shown_the_way_and_runs_no_script(house):
    ended = house.enter("xinfu")
    house.end(ended)
    for cookie in ("x" * 43, ended):
        with Tab(house.address, cookie) as tab:
            [only] = tab.answers()
            assert only.auth_redirect.url == "/sign-in?ended=1"
            with pytest.raises(ConnectionClosed) as closed:
                tab.line.recv(timeout=10)
            assert closed.value.rcvd.code == 4401


def test_downloads_uploads_and_metrics_need_a_session(house, open_house):
    for where, closed in ((house, True), (open_house, False)):
        cookie = where.enter("xinfu")
        with Tab(where.address, cookie) as tab:
            file = media(tab.rerun())
            assert where.fetch(file, cookie) == 200
            assert upload(where, tab, cookie) == 204
            assert where.fetch(file) == (401 if closed else 200)
            assert upload(where, tab, "") == (401 if closed else 204)
            assert where.fetch("/_stcore/metrics") == (401 if closed else 200)
            assert where.fetch("/_stcore/metrics", cookie) == (403 if closed else 200)
    assert house.fetch("/_stcore/metrics", house.enter("boss")) == 200


# Somebody else


def test_knowing_a_streamlit_sessions_id_is_not_enough_to_take_it_over(house, open_house):
    for where, closed in ((house, True), (open_house, False)):
        mine, other = where.enter("xinfu"), where.enter("boss")
        with Tab(where.address, mine) as tab:
            said = secret(texts(tab.rerun()))
            with Tab(where.address, other, session=tab.session) as thief:
                assert (secret(texts(thief.rerun())) == said) is not closed


def test_knowing_a_files_address_is_not_enough_to_fetch_it(house, open_house):
    for where, closed in ((house, True), (open_house, False)):
        mine, other = where.enter("xinfu"), where.enter("boss")
        with Tab(where.address, mine) as tab:
            file = media(tab.rerun())
            assert where.fetch(file, other) == (403 if closed else 200)
            with Tab(where.address, other) as theirs:  # the same content has the same address: now it is theirs too
                assert media(theirs.rerun()) == file
                assert where.fetch(file, other) == 200


def test_a_tab_that_lost_its_line_gets_its_own_session_back(house):
    mine = house.enter("xinfu")
    with Tab(house.address, mine) as tab:
        said = secret(texts(tab.rerun()))
    with Tab(house.address, mine, session=tab.session) as again:
        assert secret(texts(again.rerun())) == said
    another_of_mine = house.enter("xinfu")
    with Tab(house.address, another_of_mine, session=tab.session) as later:
        assert secret(texts(later.rerun())) != said


def test_nobody_puts_a_file_into_somebody_elses_session(house, open_house):
    for where, status in ((house, 403), (open_house, 204)):
        with Tab(where.address, where.enter("xinfu")) as tab:
            tab.rerun()
            assert upload(where, tab, where.enter("boss")) == status


def test_streamlit_learns_who_it_is_from_the_gate_and_not_from_the_client(house, open_house):
    forged = {"X-Plan-Session": "0" * 64, "X-Plan-Client": "9.9.9.9"}
    mine = house.enter("xinfu")
    with Tab(house.address, mine, **forged) as tab:
        assert f"session {sessions.id_of(mine)} client 127.0.0.1 cookie None" in texts(tab.rerun())
    with Tab(open_house.address, mine, **forged) as tab:
        assert f"session {'0' * 64} client 9.9.9.9 cookie {mine}" in texts(tab.rerun())


# Afterwards

RAN = {"new_session", "delta", "heartbeat_ack", "file_urls_response"}


@pytest.mark.parametrize("what", ["page", "fragment", "self", "file", "rest"])
def test_an_open_tab_ends_at_its_next_message_whatever_it_is(house, open_house, what):
    for where, closed in ((house, True), (open_house, False)):
        mine = where.enter("xinfu")
        with Tab(where.address, mine) as tab:
            fragment = next(m.delta.fragment_id for m in tab.rerun() if m.delta.fragment_id)
            where.end(mine)
            tab.say(message(what, fragment))
            told = tab.answers()
            # what Streamlit had still to say of the first run may come before
            assert (told[-1].WhichOneof("type") == "auth_redirect" and not kinds(told) & RAN) is closed
            if closed:
                assert told[-1].auth_redirect.url.startswith("/sign-in?ended=1")
                with pytest.raises(ConnectionClosed):
                    tab.line.recv(timeout=10)


def message(what: str, fragment: str) -> BackMsg:
    told = BackMsg()
    match what:
        case "page":
            told.rerun_script.query_string = "unit=210402"
        case "fragment":
            told.rerun_script.fragment_id = fragment
        case "self":
            told.rerun_script.fragment_id = fragment
            told.rerun_script.is_auto_rerun = True
        case "file":
            told.file_urls_request.request_id = "1"
        case "rest":
            told.app_heartbeat = True
    return told


def test_the_way_back_leads_to_where_they_were(house):
    mine = house.enter("xinfu")
    with Tab(house.address, mine) as tab:
        tab.rerun()
        house.end(mine)
        told = BackMsg()
        told.rerun_script.context_info.url = "http://127.0.0.1:8501/county"
        told.rerun_script.query_string = "unit=210402"
        tab.say(told)
        assert tab.answers()[-1].auth_redirect.url == "/sign-in?ended=1&next=/county%3Funit%3D210402"


@pytest.mark.parametrize(("alone", "kept"), [(False, True), (True, False)])
def test_a_screen_that_refreshes_itself_keeps_no_session_alive(house, alone, kept):
    mine = house.enter("xinfu")
    with Tab(house.address, mine) as tab:
        tab.rerun()
        aged(house, mine, minutes=20)
        tab.rerun(is_auto_rerun=alone)
        aged(house, mine, minutes=20)
        assert ("script_finished" in kinds(tab.rerun())) is kept


def aged(house: House, cookie: str, minutes: int) -> None:
    """As if so much time had passed since the session's last sign of life."""
    with mock.patch.dict("os.environ", {"DASHBOARD_DATA": str(house.data)}):
        with db.writing() as con:
            here = session.c.id == sessions.id_of(cookie)
            seen = con.execute(session.select().where(here)).one().seen_at
            con.execute(session.update().where(here).values(seen_at=seen - timedelta(minutes=minutes)))
        db.dispose()
