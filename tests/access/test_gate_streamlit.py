"""What Streamlit leaves open and the gate closes, on a real server: each is shown open without the gate."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

import pytest
from gate_fixtures import Tab, kinds, texts
from house_fixtures import House, house, media, open_house, secret, upload  # noqa: F401  (fixtures)
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus

from access import db, sessions
from access.tables import session

# Nobody


def test_no_script_runs_for_somebody_without_a_session(house, open_house):  # noqa: F811
    with pytest.raises(InvalidStatus) as refused, Tab(house.address):
        pass
    assert refused.value.response.status_code == 403
    with Tab(open_house.address) as tab:
        assert "secret" in texts(tab.rerun())


def test_a_made_up_or_ended_session_is_shown_the_way_and_runs_no_script(house):  # noqa: F811
    ended = house.enter("xinfu")
    house.end(ended)
    for cookie in ("x" * 43, ended):
        with Tab(house.address, cookie) as tab:
            [only] = tab.answers()
            assert only.auth_redirect.url == "/sign-in?ended=1"
            with pytest.raises(ConnectionClosed) as closed:
                tab.line.recv(timeout=10)
            assert closed.value.rcvd.code == 4401


def test_downloads_uploads_and_metrics_need_a_session(house, open_house):  # noqa: F811
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


def test_knowing_a_streamlit_sessions_id_is_not_enough_to_take_it_over(house, open_house):  # noqa: F811
    for where, closed in ((house, True), (open_house, False)):
        mine, other = where.enter("xinfu"), where.enter("boss")
        with Tab(where.address, mine) as tab:
            said = secret(texts(tab.rerun()))
            with Tab(where.address, other, session=tab.session) as thief:
                assert (secret(texts(thief.rerun())) == said) is not closed


def test_knowing_a_files_address_is_not_enough_to_fetch_it(house, open_house):  # noqa: F811
    for where, closed in ((house, True), (open_house, False)):
        mine, other = where.enter("xinfu"), where.enter("boss")
        with Tab(where.address, mine) as tab:
            file = media(tab.rerun())
            assert where.fetch(file, other) == (403 if closed else 200)
            with Tab(where.address, other) as theirs:  # the same content has the same address: now it is theirs too
                assert media(theirs.rerun()) == file
                assert where.fetch(file, other) == 200


def test_a_tab_that_lost_its_line_gets_its_own_session_back(house):  # noqa: F811
    mine = house.enter("xinfu")
    with Tab(house.address, mine) as tab:
        said = secret(texts(tab.rerun()))
    with Tab(house.address, mine, session=tab.session) as again:
        assert secret(texts(again.rerun())) == said
    another_of_mine = house.enter("xinfu")
    with Tab(house.address, another_of_mine, session=tab.session) as later:
        assert secret(texts(later.rerun())) != said


def test_nobody_puts_a_file_into_somebody_elses_session(house, open_house):  # noqa: F811
    for where, status in ((house, 403), (open_house, 204)):
        with Tab(where.address, where.enter("xinfu")) as tab:
            tab.rerun()
            assert upload(where, tab, where.enter("boss")) == status


def test_streamlit_learns_who_it_is_from_the_gate_and_not_from_the_client(house, open_house):  # noqa: F811
    forged = {"X-Plan-Session": "0" * 64, "X-Plan-Client": "9.9.9.9"}
    mine = house.enter("xinfu")
    with Tab(house.address, mine, **forged) as tab:
        assert f"session {sessions.id_of(mine)} client 127.0.0.1 cookie None" in texts(tab.rerun())
    with Tab(open_house.address, mine, **forged) as tab:
        assert f"session {'0' * 64} client 9.9.9.9 cookie {mine}" in texts(tab.rerun())


# Afterwards

RAN = {"new_session", "delta", "heartbeat_ack", "file_urls_response"}


@pytest.mark.parametrize("what", ["page", "fragment", "self", "file", "rest"])
def test_an_open_tab_ends_at_its_next_message_whatever_it_is(house, open_house, what):  # noqa: F811
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


def test_the_way_back_leads_to_where_they_were(house):  # noqa: F811
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
def test_a_screen_that_refreshes_itself_keeps_no_session_alive(house, alone, kept):  # noqa: F811
    mine = house.enter("xinfu")
    with Tab(house.address, mine) as tab:
        tab.rerun()
        aged(house, mine, minutes=20)
        tab.rerun(is_auto_rerun=alone)
        aged(house, mine, minutes=20)
        assert ("script_finished" in kinds(tab.rerun())) is kept


def aged(where: House, cookie: str, minutes: int) -> None:
    """As if so much time had passed since the session's last sign of life."""
    with mock.patch.dict("os.environ", {"DASHBOARD_DATA": str(where.data)}):
        with db.writing() as con:
            here = session.c.id == sessions.id_of(cookie)
            seen = con.execute(session.select().where(here)).one().seen_at
            con.execute(session.update().where(here).values(seen_at=seen - timedelta(minutes=minutes)))
        db.dispose()
