"""The gate, called directly: what is open, what is closed, what is passed on, and who is told what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bare_gate import APP, CLOSED, websocket
from gate_fixtures import PASSWORD, Browser, run, two_accounts  # noqa: F401  (fixture)

from access import accounts, audit, sessions, times
from access.web import bindings, cookies, refusals
from access.web.gate import Gate
from catalogue.load import current_plan

pytestmark = pytest.mark.usefixtures("two_accounts")

OPEN = ("/static/js/index.js", "/_stcore/health", "/_stcore/host-config", "/favicon.png", "/page.js", "/page.css")


def browser(name: str = "", **more) -> Browser:
    """Signed in as that account, or nobody."""
    visitor = Browser(APP, **more)
    if name:
        visitor.cookies["plan_session"] = sessions.start(accounts.get(name), visitor.client)[0]
    return visitor


def session_of(visitor: Browser) -> str:
    return sessions.id_of(visitor.cookies["plan_session"])


def test_a_file_that_was_given_to_an_account_is_kept_in_no_cache():
    """Streamlit itself would let a browser and a proxy keep it."""
    visitor = browser("xinfu")
    bindings.give("abc.xlsx", session_of(visitor))
    answer = visitor.get("/media/abc.xlsx")
    assert (answer.status, answer.header("cache-control")) == (200, "no-store")
    assert visitor.get("/static/js/index.js").header("cache-control") != "no-store"


# Without a session


@pytest.mark.parametrize("path", ["/", "/overview", "/county?unit=210402&lang=en"])
def test_a_screen_leads_to_the_sign_in_page_and_back(path):
    answer = browser().get(path)
    assert answer.status == 303
    assert answer.header("location") == "/sign-in?next=" + path.replace("?", "%3F").replace("=", "%3D").replace(
        "&", "%26"
    )
    assert answer.header("cache-control") == "no-store"


@pytest.mark.parametrize("path", CLOSED)
@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
def test_everything_that_is_not_named_open_is_closed(path, method):
    assert browser().request(method, path, b"", {"accept": "*/*"}).status == 401


@pytest.mark.parametrize("path", OPEN)
def test_what_a_sign_in_page_and_a_watchdog_need_is_open(path):
    assert browser().get(path).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/static",
        "/_stcore/health/",
        "/_stcore/healthy",
        "/page.js/x",
        "/page.css.map",
        "/sign-inn",
        "/sign-in/x",
        "//static/x",
    ],
)
def test_only_the_very_path_is_open(path):
    assert browser().get(path, accept="*/*").status == 401


@pytest.mark.parametrize("cookie", ["", "x", "a" * 43, "é"])
def test_a_made_up_cookie_is_no_session(cookie):
    visitor = browser()
    visitor.cookies["plan_session"] = cookie
    assert visitor.get("/media/x", accept="*/*").status == 401


# With one


def test_a_session_opens_the_rest_and_streamlit_learns_its_id_and_not_its_token():
    visitor = browser("xinfu", client="10.1.2.3")
    answer = visitor.get("/overview")
    assert answer.status == 200
    assert f'"x-plan-session":"{session_of(visitor)}"' in answer.text
    assert '"x-plan-client":"10.1.2.3"' in answer.text


@pytest.mark.parametrize("path", ["/overview", "/static/js/index.js"])
def test_an_identity_that_a_client_sends_is_thrown_away(path):
    forged = {"X-Plan-Session": "0" * 64, "X-Plan-Client": "1.1.1.1", "X-Plan-User": "boss"}
    answer = browser("xinfu").get(path, **forged)
    assert "0" * 64 not in answer.text and "1.1.1.1" not in answer.text and "x-plan-user" not in answer.text
    assert browser().get("/overview", **forged).status == 303


@pytest.mark.parametrize("end", ["signed out", "disabled", "another role", "idle", "old"])
def test_a_session_that_has_ended_opens_nothing(end, monkeypatch):
    visitor = browser("xinfu")
    bindings.give("x", session_of(visitor))
    assert visitor.get("/media/x", accept="*/*").status == 200
    match end:
        case "signed out":
            sessions.end(session_of(visitor))
        case "disabled":
            accounts.change("xinfu", by=None, plan=current_plan(), disabled=True)
        case "another role":
            accounts.change("xinfu", by=None, plan=current_plan(), role="leader", office="")
        case "idle":
            later(monkeypatch, minutes=31)
        case "old":
            for _ in range(25):
                later(monkeypatch, minutes=29)
                visitor.get("/media/x", accept="*/*")
    assert visitor.get("/media/x", accept="*/*").status == 401


def later(monkeypatch, minutes: int) -> None:
    now = times.utc_now() + timedelta(minutes=minutes)
    monkeypatch.setattr(times, "utc_now", lambda: now)


def test_metrics_are_for_administrators():
    assert browser("boss").get("/_stcore/metrics", accept="*/*").status == 200
    assert browser("xinfu").get("/_stcore/metrics", accept="*/*").status == 403


@pytest.mark.parametrize("path", ["/_stcore/agent/interact", "/auth/login", "/oauth2callback"])
def test_streamlits_other_doors_stay_shut_even_for_an_administrator(path):
    assert browser("boss").get(path, accept="*/*").status == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_file_goes_only_into_a_streamlit_session_of_ones_own(method):
    mine, other = browser("xinfu"), browser("boss")
    bindings.bind("tab-of-xinfu", session_of(mine))
    path = "/_stcore/upload_file/tab-of-xinfu/file"
    assert mine.request(method, path, b"", {}).status == 200
    assert other.request(method, path, b"", {}).status == 403
    assert mine.request(method, "/_stcore/upload_file/nobodys/file", b"", {}).status == 403


def test_a_binding_keeps_its_first_owner_and_forgets_with_the_session(monkeypatch):
    bindings.bind("tab", "first")
    bindings.bind("tab", "second")
    assert bindings.is_bound("tab", "first") and not bindings.is_bound("tab", "second")
    bindings.forget("first")
    assert not bindings.is_bound("tab", "first")
    monkeypatch.setattr(bindings, "MOST", 2)
    for tab in ("a", "b", "c"):
        bindings.bind(tab, "s")
    assert [bindings.is_bound(tab, "s") for tab in ("a", "b", "c")] == [False, True, True]


def test_a_password_that_is_due_leads_every_screen_to_its_page():
    accounts.set_password("xinfu", PASSWORD + "2", by=None, must_change=True)
    visitor = browser("xinfu")
    assert visitor.get("/overview").header("location") == "/password?next=/overview"
    assert visitor.get("/media/x", accept="*/*").status == 403
    assert visitor.get("/password").status == 200
    assert visitor.get("/sign-out").status == 200


# Administrators' networks, the log, the first start


def test_an_administrators_session_is_worth_nothing_outside_the_networks(tmp_path, monkeypatch):
    (tmp_path / "access.toml").write_text('admin_networks = ["10.20.0.0/16"]\n', "utf-8")
    monkeypatch.setenv("DASHBOARD_ACCESS", str(tmp_path / "access.toml"))
    assert browser("boss", client="10.20.3.4").get("/overview").status == 200
    assert browser("boss", client="10.21.3.4").get("/overview").status == 303
    assert browser("xinfu", client="10.21.3.4").get("/overview").status == 200


def test_what_is_refused_is_logged_once_a_minute_and_a_flood_does_not_fill_the_log():
    visitor = browser("xinfu", client="10.1.2.3")
    for _ in range(5):
        visitor.get("/_stcore/metrics", accept="*/*")
        browser(client="10.9.9.9").get("/media/secret.xlsx", accept="*/*")
        browser(client="10.9.9.9").get("/county/_stcore/health", accept="*/*")  # a sleeping tab asks this
    told = [(e.name, e.ip, e.object, e.detail) for e in audit.entries(event="refused")]
    assert sorted(told) == [
        ("", "10.9.9.9", "path:/media/secret.xlsx", "no session"),
        ("xinfu", "10.1.2.3", "path:/_stcore/metrics", "metrics are for administrators"),
    ]
    for number in range(100):
        browser(client="10.9.9.9").get(f"/media/{number}", accept="*/*")
    assert len(audit.entries(event="refused")) == refusals.MOST + 1


def test_before_there_is_an_administrator_every_page_says_how_to_make_one(tmp_path, monkeypatch):
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "empty"))
    for path in ("/", "/overview", "/sign-in", "/password", "/sign-out"):
        answer = browser().get(path)
        assert (answer.status, "python -m access create-admin NAME" in answer.text) == (503, True)
    assert browser().send("/sign-in", {"name": "boss", "password": PASSWORD}).status == 503
    assert browser().get("/media/x", accept="*/*").status == 503
    assert browser().get("/_stcore/health").status == 200
    assert "no administrator yet" in browser().get("/sign-in?lang=en").text


# The websocket, without Streamlit behind it


def test_a_websocket_without_a_cookie_is_refused_before_it_is_accepted():
    assert websocket(browser(), "/_stcore/stream") == ([{"type": "websocket.close"}], [])
    assert websocket(browser("xinfu"), "/other") == ([{"type": "websocket.close"}], [])


def test_streamlit_gets_neither_the_cookie_nor_the_session_of_somebody_else():
    mine, other = browser("xinfu"), browser("boss")
    mine.cookies["lang"] = "en"
    bindings.bind("tab-of-xinfu", session_of(mine))
    asked = {"Sec-WebSocket-Protocol": "streamlit, token, tab-of-xinfu"}
    for visitor, protocols in ((mine, "streamlit, token, tab-of-xinfu"), (other, "streamlit, token")):
        [scope] = websocket(visitor, "/_stcore/stream", **asked)[1]
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        assert headers["sec-websocket-protocol"] == protocols
        assert headers["x-plan-session"] == session_of(visitor)
        assert cookies.SESSION not in headers["cookie"]
    assert "lang=en" in str(websocket(mine, "/_stcore/stream")[1])


def test_a_text_ends_the_line_because_streamlit_stumbles_over_it():
    visitor, told, sent = browser("xinfu"), [], []

    async def streamlit(scope, receive, send):
        told.append(await receive())
        await send({"type": "websocket.send", "bytes": b"late"})

    async def receive():
        return {"type": "websocket.receive", "text": "x"}

    async def send(message):
        sent.append(message)

    run(Gate(streamlit)(visitor.scope("websocket", "/_stcore/stream", {}), receive, send))
    assert told == [{"type": "websocket.disconnect", "code": 1003}]
    assert sent == [{"type": "websocket.close", "code": 1003}]
